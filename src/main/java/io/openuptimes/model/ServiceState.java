package io.openuptimes.model;

/**
 * What a service's state log says about a stretch of time. Codes are stored and never reused.
 *
 * <p>Uptime is the share of {@link #UP} in the time that was {@link #UP} or {@link #DOWN}; the others are neither.
 */
public enum ServiceState {
    /** Before the first entry of the log. */
    NONE(0),
    UP(1),
    DOWN(2),
    /** Checks said nothing about the service, or nobody checked it. */
    UNKNOWN(3),
    /** In a maintenance window. */
    MAINTENANCE(4),
    PAUSED(5);

    private static final ServiceState[] BY_CODE = values();

    private final int code;

    ServiceState(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The state with this code; {@link #UNKNOWN} for one of a later version. */
    public static ServiceState ofCode(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : UNKNOWN;
    }

    public static ServiceState of(Status status) {
        return switch (status) {
            case UP -> UP;
            case DOWN -> DOWN;
            case UNKNOWN -> UNKNOWN;
        };
    }

    /** Whether the time counts towards uptime. */
    public boolean isKnown() {
        return this == UP || this == DOWN;
    }
}
