package io.openuptimes.store.link;

import java.util.concurrent.TimeUnit;

/** How many replicas a server has, or had before it said for the first time, a few seconds ago, that there are fewer. */
final class ReplicaCount {

    /** Where one has been made the master, that is known by then. */
    private static final long REMEMBERED_NS = TimeUnit.SECONDS.toNanos(5);

    private int most;
    private boolean fewer;
    private long fewerSince;

    /** What the server has just said. */
    void saw(int count) {
        saw(count, System.nanoTime());
    }

    /**
     * @param now as {@link System#nanoTime} tells it
     */
    void saw(int count, long now) {
        if (count >= most || (fewer && now - fewerSince > REMEMBERED_NS)) {
            most = count;
            fewer = false;
        } else if (!fewer) {
            fewer = true;
            fewerSince = now;
        }
    }

    /** How many there should be. */
    int get() {
        return most;
    }
}
