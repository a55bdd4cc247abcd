package io.openuptimes.web.board;

import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import java.util.Locale;

/**
 * A service's state in filters and counts: its status, unknown if that is stale, or paused.
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

    /** For a service that is not paused. */
    public static Shown of(Status status) {
        return switch (status) {
            case UP -> UP;
            case DOWN -> DOWN;
            case UNKNOWN -> UNKNOWN;
        };
    }

    /** The API's word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
