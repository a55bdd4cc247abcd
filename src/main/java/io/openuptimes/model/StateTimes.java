package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * How long a service was in each state during some period, in milliseconds. Time before the service's first result is
 * in none of them.
 */
public record StateTimes(long up, long down, long unknown, long maintenance, long paused) {

    public static final StateTimes NONE = new StateTimes(0, 0, 0, 0, 0);

    /**
     * @param milliseconds in this state
     */
    public static StateTimes of(ServiceState state, long milliseconds) {
        return switch (state) {
            case NONE -> NONE;
            case UP -> new StateTimes(milliseconds, 0, 0, 0, 0);
            case DOWN -> new StateTimes(0, milliseconds, 0, 0, 0);
            case UNKNOWN -> new StateTimes(0, 0, milliseconds, 0, 0);
            case MAINTENANCE -> new StateTimes(0, 0, 0, milliseconds, 0);
            case PAUSED -> new StateTimes(0, 0, 0, 0, milliseconds);
        };
    }

    public StateTimes plus(StateTimes other) {
        return new StateTimes(
                up + other.up,
                down + other.down,
                unknown + other.unknown,
                maintenance + other.maintenance,
                paused + other.paused);
    }

    /** The time that counts. */
    public long known() {
        return up + down;
    }

    /** The share of {@link #known} time that was up, 0 to 1; null if there is none. */
    public @Nullable Double uptime() {
        return known() == 0 ? null : (double) up / known();
    }
}
