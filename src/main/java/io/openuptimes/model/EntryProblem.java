package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one of many entries.
 *
 * @param index of the entry, from 0
 * @param name that the entry has, null if it has none that can be shown
 * @param field that is wrong
 * @param problem with it, to be read after the field
 * @param kind what forbids it
 */
public record EntryProblem(int index, @Nullable String name, String field, String problem, Kind kind) {

    /** What forbids an entry, the plainest first: of several, the first is what the whole request fails for. */
    public enum Kind {
        /** The entry itself is not valid. */
        INVALID,
        /** It is beyond the services that the caller may change. */
        FORBIDDEN,
        /** What is stored. */
        CONFLICT
    }
}
