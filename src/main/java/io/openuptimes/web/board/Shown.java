package io.openuptimes.web.board;

import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import java.util.Locale;

/**
 * The state of a service by which lists are filtered and counted: its status, unknown where that is stale, or that it is
 * paused.
 */
public enum Shown {
    UP,
    DOWN,
    UNKNOWN,
    PAUSED;

    public static Shown of(BoardEntry entry) {
        return of(entry.service(), entry.status(), entry.isStale());
    }

    static Shown of(Service service, ServiceStatus status, boolean stale) {
        if (service.paused()) {
            return PAUSED;
        }
        return of(stale ? Status.UNKNOWN : status.status());
    }

    /** Of a service that is not paused. */
    public static Shown of(Status status) {
        return switch (status) {
            case UP -> UP;
            case DOWN -> DOWN;
            case UNKNOWN -> UNKNOWN;
        };
    }

    /** The word that the API uses. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
