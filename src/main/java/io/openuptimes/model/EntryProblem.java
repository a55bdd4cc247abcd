package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * A problem of one entry in a list.
 *
 * @param index of the entry, from 0
 * @param name of the entry; null if it has none that can be shown
 * @param field with the problem
 * @param problem text that follows the field's name
 * @param kind category of the problem
 */
public record EntryProblem(int index, @Nullable String name, String field, String problem, Kind kind) {

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
