package io.openuptimes.store.link;

import java.util.concurrent.TimeUnit;

/** How many replicas a server has, or had a few seconds ago. */
final class ReplicaCount {

    /** Where one has been made the master, it is known by then. */
    private static final long REMEMBERED_NS = TimeUnit.SECONDS.toNanos(5);

    private int most;
    private long seenAt = System.nanoTime();

    /** What the server has just said. */
    void saw(int count) {
        long now = System.nanoTime();
        if (count >= most || now - seenAt > REMEMBERED_NS) {
            most = count;
            seenAt = now;
        }
    }

    /** The most that there were in the last seconds. */
    int get() {
        return most;
    }
}
