package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * Counts of the checks of an hour or a day.
 *
 * @param checks number of checks
 * @param up number of checks that found the service up
 * @param milliseconds sum of the response times of those; the duration of a failure says nothing about the service
 */
public record CheckCounts(long checks, long up, long milliseconds) {

    public static final CheckCounts NONE = new CheckCounts(0, 0, 0);

    /** The mean response time in milliseconds, rounded; null if no check found the service up. */
    public @Nullable Long responseTime() {
        return up == 0 ? null : Math.round((double) milliseconds / up);
    }
}
