package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * A change of a service's status, recorded once.
 *
 * @param serviceId of the service
 * @param from previous status
 * @param to new status
 * @param at timestamp of the check that found it, epoch milliseconds
 * @param since when the new status began, epoch milliseconds: with the first of the checks in a row that changed it
 * @param cause outcome of that check
 * @param error short description; empty when up
 * @param peer server that a failed check reached, for callers with a key; null as in {@link HistoryEntry#peer}
 */
public record Transition(
        String serviceId,
        Status from,
        Status to,
        long at,
        long since,
        Outcome cause,
        String error,
        @Nullable Peer peer) {

    /** Found by the first check. */
    public Transition(
            String serviceId, Status from, Status to, long at, Outcome cause, String error, @Nullable Peer peer) {
        this(serviceId, from, to, at, at, cause, error, peer);
    }
}
