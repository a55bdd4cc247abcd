package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * Share of the known time during which the service was up, 0 to 1; null if nothing is known of the period.
 *
 * @param day the last 24 hours
 * @param week the last 7 times 24 hours
 * @param month the last 30 times 24 hours
 */
public record Uptime(
        @Nullable Double day,
        @Nullable Double week,
        @Nullable Double month) {

    public static final Uptime UNKNOWN = new Uptime(null, null, null);
}
