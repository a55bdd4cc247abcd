package io.openuptimes.store.link;

import java.util.concurrent.TimeUnit;

/** A server's number of replicas. A decrease takes effect only after a few seconds. */
final class ReplicaCount {

    /** A promotion is known by then. */
    private static final long REMEMBERED_NS = TimeUnit.SECONDS.toNanos(5);

    private int most;
    private boolean fewer;
    private long fewerSince;

    /** Records the count that the server just reported. */
    void saw(int count) {
        saw(count, System.nanoTime());
    }

    /**
     * @param now see {@link System#nanoTime}
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

    /** The expected number of replicas. */
    int get() {
        return most;
    }
}
