package io.openuptimes.web.http;

import java.util.function.Supplier;

/** Bounds how many members and elements an object has, those of objects and arrays in it included. */
final class MemberLimit {

    /** A service has less than two hundred, with all headers and labels that it may have. */
    private static final int MAX = 1_000;

    private final Supplier<String> field;
    private int count;

    /**
     * @param field names the object in a refusal
     */
    MemberLimit(Supplier<String> field) {
        this.field = field;
    }

    /**
     * Counts one, before it is kept.
     *
     * @throws ApiException 400 if there are too many
     */
    void count() {
        if (++count > MAX) {
            throw Errors.invalid(field.get(), "must have at most " + MAX + " members in all");
        }
    }

    /** Begins another object. */
    void reset() {
        count = 0;
    }
}
