package io.openuptimes.check.type;

import io.openuptimes.check.net.Attempt;
import io.openuptimes.check.net.Failure;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Peer;
import io.openuptimes.model.Phases;
import org.jspecify.annotations.Nullable;

/**
 * What a check saw, without any judgement.
 *
 * @param startedAt epoch milliseconds
 * @param failure why there is no answer: neither {@code UP} nor {@code STATUS}; null if there is one
 * @param problem the failure in short, without URL, host or address; empty for an answer
 * @param deniedBy the egress rule that denied the check; null for other failures
 * @param statusCode of the last answer, complete or not; 0 if there is none
 * @param duration of the check in milliseconds, without time spent in a queue
 * @param phases breakdown of that time
 * @param peer server of the last connection; null if there was no connection
 */
public record Observation(
        long startedAt,
        @Nullable Outcome failure,
        String problem,
        @Nullable String deniedBy,
        int statusCode,
        int duration,
        Phases phases,
        @Nullable Peer peer) {

    /**
     * What an attempt saw.
     *
     * @param failure null if there is an answer
     */
    public static Observation of(Attempt<?> ended, @Nullable Failure failure, int statusCode, @Nullable Peer peer) {
        return new Observation(
                ended.startedAt(),
                failure == null ? null : failure.outcome(),
                failure == null ? "" : failure.text(),
                failure == null ? null : failure.deniedBy(),
                statusCode,
                ended.millis(),
                ended.phases(),
                peer);
    }

    /** A check that was not attempted. */
    public static Observation unmade(long now, Outcome failure, String problem) {
        return new Observation(now, failure, problem, null, 0, 0, Phases.NONE, null);
    }
}
