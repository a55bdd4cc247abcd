package io.openuptimes.web.list;

import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.Shown;
import java.util.Locale;

/** The sort keys of service lists. All but the name and group are numbers, which makes sorting fast. */
public enum SortKey {
    NAME,
    GROUP,
    STATUS,
    RESPONSE_TIME,
    LAST_CHECKED,
    SINCE;

    /** For a service without a value; sorts last in either direction. */
    static final long NONE = -1;

    /** The word used in the API. */
    String word() {
        String[] parts = name().toLowerCase(Locale.ROOT).split("_", 2);
        return parts.length == 1
                ? parts[0]
                : parts[0] + Character.toUpperCase(parts[1].charAt(0)) + parts[1].substring(1);
    }

    /** The sort value, not negative, or {@link #NONE}; 0 for name and group, which are not numeric. */
    long value(BoardEntry entry) {
        return switch (this) {
            case NAME, GROUP -> 0;
            case STATUS -> rank(entry);
            case RESPONSE_TIME -> entry.wasChecked() ? entry.status().responseTime() : NONE;
            case LAST_CHECKED -> entry.wasChecked() ? entry.status().lastChecked() : NONE;
            case SINCE -> entry.wasChecked() ? entry.status().since() : NONE;
        };
    }

    /** Services that need attention sort first. */
    private static int rank(BoardEntry entry) {
        return switch (Shown.of(entry)) {
            case DOWN -> 0;
            case UNKNOWN -> 1;
            case UP -> 2;
            case PAUSED -> 3;
        };
    }
}
