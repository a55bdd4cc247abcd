package io.openuptimes.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the results of a service's checks become its status. {@link PolicyFields} describes the members; null is the
 * default of the settings.
 *
 * @param retries attempts after a failed one before the failure counts, 0 to 10
 * @param retryInterval seconds between two attempts
 * @param retryBackoff how that time develops
 * @param retryOn which failures are retried
 * @param failureThreshold failed checks in a row after which it is down
 * @param successThreshold successful checks in a row after which it is up again
 * @param confirmElsewhere whether another node of the location must find it down, too
 * @param degradedAfter response time in milliseconds above which it is degraded; 0 for never
 * @param flapCount changes of the status within {@code flapMinutes} above which it is flapping; 0 for never
 * @param flapMinutes the time within which changes are counted
 */
public record Policy(
        @Nullable Integer retries,
        @Nullable Integer retryInterval,
        @Nullable RetryBackoff retryBackoff,
        @Nullable RetryOn retryOn,
        @Nullable Integer failureThreshold,
        @Nullable Integer successThreshold,
        @Nullable Boolean confirmElsewhere,
        @Nullable Integer degradedAfter,
        @Nullable Integer flapCount,
        @Nullable Integer flapMinutes) {

    /** All defaults. */
    public static final Policy NONE = new Policy(null, null, null, null, null, null, null, null, null, null);

    /** The defaults if the settings give none. */
    public static final Policy DEFAULT = new Policy(1, 2, RetryBackoff.LINEAR, RetryOn.ANY, 1, 1, true, 0, 6, 30);

    /** Every result counts at once. */
    public static final Policy PLAIN = new Policy(0, 1, RetryBackoff.LINEAR, RetryOn.ANY, 1, 1, false, 0, 0, 1);

    /** The same policy, with the values of another in place of missing ones. */
    public Policy orElse(Policy defaults) {
        return equals(NONE)
                ? defaults
                : new Policy(
                        Objects.requireNonNullElse(retries, defaults.retries),
                        Objects.requireNonNullElse(retryInterval, defaults.retryInterval),
                        Objects.requireNonNullElse(retryBackoff, defaults.retryBackoff),
                        Objects.requireNonNullElse(retryOn, defaults.retryOn),
                        Objects.requireNonNullElse(failureThreshold, defaults.failureThreshold),
                        Objects.requireNonNullElse(successThreshold, defaults.successThreshold),
                        Objects.requireNonNullElse(confirmElsewhere, defaults.confirmElsewhere),
                        Objects.requireNonNullElse(degradedAfter, defaults.degradedAfter),
                        Objects.requireNonNullElse(flapCount, defaults.flapCount),
                        Objects.requireNonNullElse(flapMinutes, defaults.flapMinutes));
    }
}
