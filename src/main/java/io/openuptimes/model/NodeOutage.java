package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * A time during which failed checks of a node say nothing about their services.
 *
 * @param reason {@link Outcome#EGRESS} or {@link Outcome#RESOLVER}
 * @param beganAt epoch milliseconds
 * @param endedAt epoch milliseconds; null if it has not ended
 */
public record NodeOutage(
        Outcome reason, long beganAt, @Nullable Long endedAt) {

    /** Whether the node's own network is still lost. */
    public boolean lasts() {
        return endedAt == null;
    }
}
