package io.openuptimes.web.http;

import java.util.function.Supplier;

/** Bounds the members and elements of an object, nested ones included. */
final class MemberLimit {

    /** A service has fewer than two hundred, even with all its headers and labels. */
    private static final int MAX = 1_000;

    private final Supplier<String> field;
    private int count;

    /**
     * @param field the object's name in refusals
     */
    MemberLimit(Supplier<String> field) {
        this.field = field;
    }

    /**
     * Counts a member before it is stored.
     *
     * @throws ApiException 400 if there are too many
     */
    void count() {
        if (++count > MAX) {
            throw Errors.invalid(field.get(), "must have at most " + MAX + " members in all");
        }
    }

    /** Starts the next object. */
    void reset() {
        count = 0;
    }
}
