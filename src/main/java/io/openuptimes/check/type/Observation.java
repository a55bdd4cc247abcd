package io.openuptimes.check.type;

import io.openuptimes.check.net.Attempt;
import io.openuptimes.check.net.Failure;
import io.openuptimes.check.net.OwnFault;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Peer;
import io.openuptimes.model.Phases;
import org.jspecify.annotations.Nullable;

/**
 * What a check saw, before {@link io.openuptimes.check.Judgement}.
 *
 * @param startedAt epoch milliseconds
 * @param failure why there is no answer, never {@code UP} or {@code STATUS}; null if there is one
 * @param problem short text of the failure, without URL, host or address; empty for an answer
 * @param deniedBy the egress rule that denied the check; null for other failures
 * @param statusCode of the last answer, complete or not; 0 if there is none
 * @param duration of the check, without time in a queue, milliseconds
 * @param phases breakdown of the duration
 * @param peer server of the last connection; null if there was no connection
 * @param ownFault what may be at fault instead of the target
 */
public record Observation(
        long startedAt,
        @Nullable Outcome failure,
        String problem,
        @Nullable String deniedBy,
        int statusCode,
        int duration,
        Phases phases,
        @Nullable Peer peer,
        OwnFault ownFault) {

    /**
     * The observation of an attempt.
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
                peer,
                failure == null ? OwnFault.NONE : failure.ownFault());
    }

    /** The same check, with another failure. */
    public Observation failing(Failure other) {
        return new Observation(
                startedAt,
                other.outcome(),
                other.text(),
                other.deniedBy(),
                statusCode,
                duration,
                phases,
                peer,
                other.ownFault());
    }

    /** A check that was not attempted. */
    public static Observation unmade(long now, Outcome failure, String problem) {
        return new Observation(now, failure, problem, null, 0, 0, Phases.NONE, null, OwnFault.NONE);
    }
}
