package io.openuptimes.health;

import io.openuptimes.model.Outcome;
import io.openuptimes.model.Policy;
import io.openuptimes.model.RetryBackoff;
import io.openuptimes.model.RetryOn;
import io.openuptimes.model.Status;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A service's complete {@link Policy}: the rules by which its results become its status.
 *
 * @param retries attempts after a failed one
 * @param retryInterval time between two attempts, milliseconds
 * @param doubles whether that time doubles with each attempt
 * @param networkOnly whether only failures without a complete answer are retried
 * @param failureThreshold failed checks in a row after which the service is down
 * @param successThreshold successful checks in a row after which it is up again
 * @param confirmElsewhere whether another node of the location is asked before the service is down
 * @param degradedAfter response time above which it is degraded, milliseconds; 0 for never
 * @param flapCount changes within {@code flapTime} above which it is flapping; 0 for never
 * @param flapTime the time within which changes are counted, milliseconds
 * @param maxAge how long a result is current, see {@link io.openuptimes.model.Service#maxAge}; 0 for without limit
 */
public record Rules(
        int retries,
        long retryInterval,
        boolean doubles,
        boolean networkOnly,
        int failureThreshold,
        int successThreshold,
        boolean confirmElsewhere,
        int degradedAfter,
        int flapCount,
        long flapTime,
        long maxAge) {

    /** Every result is the status. */
    public static final Rules PLAIN = new Rules(0, 0, false, false, 1, 1, false, 0, 0, 0, 0);

    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_MS = 60_000;

    /** The rules of a policy without missing members; results are current without limit. */
    public static Rules of(Policy complete) {
        return new Rules(
                given(complete.retries()),
                given(complete.retryInterval()) * SECOND_MS,
                complete.retryBackoff() == RetryBackoff.EXPONENTIAL,
                complete.retryOn() == RetryOn.NETWORK,
                given(complete.failureThreshold()),
                given(complete.successThreshold()),
                Boolean.TRUE.equals(complete.confirmElsewhere()),
                given(complete.degradedAfter()),
                given(complete.flapCount()),
                given(complete.flapMinutes()) * MINUTE_MS,
                0);
    }

    /**
     * The same rules with results that stay current for some time.
     *
     * @param age milliseconds
     */
    public Rules withMaxAge(long age) {
        return new Rules(
                retries,
                retryInterval,
                doubles,
                networkOnly,
                failureThreshold,
                successThreshold,
                confirmElsewhere,
                degradedAfter,
                flapCount,
                flapTime,
                age);
    }

    private static int given(@Nullable Integer value) {
        return Objects.requireNonNull(value);
    }

    /** How many attempts may follow a first one that ended like this. */
    public int retriesAfter(Outcome outcome) {
        boolean retried =
                outcome.isFailure() && outcome != Outcome.DENIED && (!networkOnly || outcome.isNetworkFailure());
        return retried ? retries : 0;
    }

    /**
     * The time between two attempts, milliseconds: never more than half the service's interval.
     *
     * @param made number of attempts so far, from 1
     * @param interval of the service, milliseconds
     */
    public long pause(int made, long interval) {
        long pause = doubles ? retryInterval << Math.min(made - 1, 20) : retryInterval;
        return Math.min(pause, interval / 2);
    }

    /**
     * Whether a failure would change the status if no further attempt was made, so that it is worth one.
     *
     * @param before the state that the result follows
     */
    public boolean isDecisive(HealthState before) {
        return before.known() != Status.DOWN && before.failures() + 1 >= failureThreshold;
    }
}
