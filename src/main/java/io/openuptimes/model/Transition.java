package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * A change of a service's status, recorded once.
 *
 * @param serviceId the service
 * @param from its status before
 * @param to its status after
 * @param at the timestamp of the check that showed it, epoch milliseconds
 * @param cause the outcome of that check
 * @param error what went wrong, empty when up
 * @param peer the server that a failed check reached, for callers with a key; null as in {@link HistoryEntry#peer}
 */
public record Transition(
        String serviceId,
        Status from,
        Status to,
        long at,
        Outcome cause,
        String error,
        @Nullable Peer peer) {}
