package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * Aggregated checks of one time step. Response times are milliseconds of checks that found the service up; quantiles use
 * the nearest-rank method, so they are measured values.
 *
 * @param timestamp start of the step, epoch milliseconds
 * @param checks number of checks, at least one
 * @param up number of checks that found the service up
 * @param spread null if none did
 */
public record ResponseTimes(
        long timestamp, int checks, int up, @Nullable Spread spread) {

    public record Spread(int min, int p50, int p95, int max) {}
}
