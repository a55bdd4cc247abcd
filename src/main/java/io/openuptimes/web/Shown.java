package io.openuptimes.web;

import java.util.Locale;

/** The state of a service by which lists are filtered and counted: its status, or that it is paused. */
enum Shown {
    UP,
    DOWN,
    UNKNOWN,
    PAUSED;

    static Shown of(BoardEntry entry) {
        if (entry.service().paused()) {
            return PAUSED;
        }
        return switch (entry.status().status()) {
            case UP -> UP;
            case DOWN -> DOWN;
            case UNKNOWN -> UNKNOWN;
        };
    }

    /** The word that the API uses. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
