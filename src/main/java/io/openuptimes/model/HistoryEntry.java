package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * A past check as the history keeps it.
 *
 * @param timestamp when the check started, epoch milliseconds
 * @param outcome how it ended
 * @param responseTime milliseconds
 * @param statusCode 0 where there was none
 * @param error empty when up
 * @param peer the server that a failed check reached, without its certificate; null where it reached none, where that is
 *     not known, and when up
 */
public record HistoryEntry(
        long timestamp,
        Outcome outcome,
        int responseTime,
        int statusCode,
        String error,
        @Nullable Peer peer) {

    /** Without the server. */
    public HistoryEntry(long timestamp, Outcome outcome, int responseTime, int statusCode, String error) {
        this(timestamp, outcome, responseTime, statusCode, error, null);
    }
}
