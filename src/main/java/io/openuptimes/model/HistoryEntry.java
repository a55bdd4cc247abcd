package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * A past check in the history.
 *
 * @param timestamp start of the check, epoch milliseconds
 * @param outcome of the check
 * @param responseTime milliseconds
 * @param statusCode 0 if there was no answer
 * @param error empty when up
 * @param peer server that a failed check reached, without its certificate; null when up, if no server was reached, and if
 *     unknown
 */
public record HistoryEntry(
        long timestamp,
        Outcome outcome,
        int responseTime,
        int statusCode,
        String error,
        @Nullable Peer peer) {

    /** Without a peer. */
    public HistoryEntry(long timestamp, Outcome outcome, int responseTime, int statusCode, String error) {
        this(timestamp, outcome, responseTime, statusCode, error, null);
    }
}
