package io.openuptimes.store.nodes;

/**
 * Heartbeat timing, in milliseconds.
 *
 * @param syncMs interval between syncs
 * @param ttlMs a node without a sync for this long counts as dead, and others take over its partitions. Longer than the
 *     command timeout, and short enough for a takeover within ten seconds
 * @param forgetMs a dead node is no longer listed after this time
 */
public record NodeTiming(long syncMs, long ttlMs, long forgetMs) {

    public static final NodeTiming USUAL = new NodeTiming(500, 7_000, 600_000);

    /** For a single node. Nobody waits for it; it syncs only for its own pages. */
    public static final NodeTiming ALONE = new NodeTiming(2_000, 7_000, 600_000);
}
