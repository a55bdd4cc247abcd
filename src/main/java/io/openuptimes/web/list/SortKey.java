package io.openuptimes.web.list;

import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.Shown;
import java.util.Locale;

/** By what a list of services is sorted. Each but the names is a number, so that sorting many takes little time. */
public enum SortKey {
    NAME,
    GROUP,
    STATUS,
    RESPONSE_TIME,
    LAST_CHECKED,
    SINCE;

    /** Of a service that has no such value: those come last, whatever the direction. */
    static final long NONE = -1;

    /** The word that the API uses. */
    String word() {
        String[] parts = name().toLowerCase(Locale.ROOT).split("_", 2);
        return parts.length == 1
                ? parts[0]
                : parts[0] + Character.toUpperCase(parts[1].charAt(0)) + parts[1].substring(1);
    }

    /** The value that counts, not negative, or {@link #NONE}; for names and groups, which are no numbers, 0. */
    long value(BoardEntry entry) {
        return switch (this) {
            case NAME, GROUP -> 0;
            case STATUS -> rank(entry);
            case RESPONSE_TIME -> entry.wasChecked() ? entry.status().responseTime() : NONE;
            case LAST_CHECKED -> entry.wasChecked() ? entry.status().lastChecked() : NONE;
            case SINCE -> entry.wasChecked() ? entry.status().since() : NONE;
        };
    }

    /** What needs attention comes first. */
    private static int rank(BoardEntry entry) {
        return switch (Shown.of(entry)) {
            case DOWN -> 0;
            case UNKNOWN -> 1;
            case UP -> 2;
            case PAUSED -> 3;
        };
    }
}
