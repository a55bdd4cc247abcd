package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * A problem of one entry in a list.
 *
 * @param index of the entry, from 0
 * @param name of the entry; null if it has none that can be shown
 * @param what the problem, without its place in the list
 * @param kind category of the problem
 */
public record EntryProblem(int index, @Nullable String name, Problem what, Kind kind) {

    /** The field with the problem. */
    public String field() {
        return what.field();
    }

    /** Text that follows the field's name. */
    public String problem() {
        return what.text();
    }

    /** Categories, most basic first; if there are several, the whole request fails for the first. */
    public enum Kind {
        /** The entry itself is invalid. */
        INVALID,
        /** The entry is outside the caller's permission. */
        FORBIDDEN,
        /** The entry conflicts with stored data. */
        CONFLICT
    }
}
