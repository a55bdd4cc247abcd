package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * The checks of one step of time, summed up. Response times are milliseconds, over the checks that found the service
 * up; quantiles are values that were measured, by the nearest rank.
 *
 * @param timestamp when the step begins, epoch milliseconds
 * @param checks how many, at least one
 * @param up how many of them found the service up
 * @param spread null where none did
 */
public record ResponseTimes(
        long timestamp, int checks, int up, @Nullable Spread spread) {

    public record Spread(int min, int p50, int p95, int max) {}
}
