package io.openuptimes.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A past check in the history.
 *
 * @param timestamp start of the check's first attempt, epoch milliseconds
 * @param outcome of the last attempt
 * @param responseTime of the last attempt, milliseconds
 * @param statusCode 0 if there was no answer
 * @param error empty when up
 * @param peer server that a failed check reached, without its certificate; null when up, if no server was reached, and if
 *     unknown
 * @param attempts earlier ones, which have all failed
 */
public record HistoryEntry(
        long timestamp,
        Outcome outcome,
        int responseTime,
        int statusCode,
        String error,
        @Nullable Peer peer,
        List<FailedAttempt> attempts) {

    /** With one attempt. */
    public HistoryEntry(
            long timestamp, Outcome outcome, int responseTime, int statusCode, String error, @Nullable Peer peer) {
        this(timestamp, outcome, responseTime, statusCode, error, peer, List.of());
    }

    /** With one attempt, and without a peer. */
    public HistoryEntry(long timestamp, Outcome outcome, int responseTime, int statusCode, String error) {
        this(timestamp, outcome, responseTime, statusCode, error, null);
    }
}
