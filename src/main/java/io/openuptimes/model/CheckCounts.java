package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * What is counted of the checks of an hour or a day.
 *
 * @param checks how many
 * @param up how many of them found the service up
 * @param milliseconds the response times of those, added up: how long a failure took says nothing of the service
 */
public record CheckCounts(long checks, long up, long milliseconds) {

    public static final CheckCounts NONE = new CheckCounts(0, 0, 0);

    /** The mean response time in whole milliseconds, rounded; null where no check found the service up. */
    public @Nullable Long responseTime() {
        return up == 0 ? null : Math.round((double) milliseconds / up);
    }
}
