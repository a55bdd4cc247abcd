package io.openuptimes.store.nodes;

/**
 * How nodes keep an eye on each other. Milliseconds.
 *
 * @param syncMs from one sync to the next
 * @param ttlMs after so long without one a node counts as dead, and others take over what it held. Longer than a command
 *     may take, and so short that they have it within ten seconds
 * @param forgetMs after so long a dead node is not listed any more
 */
public record NodeTiming(long syncMs, long ttlMs, long forgetMs) {

    public static final NodeTiming USUAL = new NodeTiming(500, 7_000, 600_000);

    /** Nobody waits for a node that is alone: it tells of itself for its own pages. */
    public static final NodeTiming ALONE = new NodeTiming(2_000, 7_000, 600_000);
}
