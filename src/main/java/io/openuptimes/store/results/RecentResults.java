package io.openuptimes.store.results;

import io.openuptimes.store.data.RecordCommands.Fenced;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What has been written in the last seconds: a server acknowledges before its replicas have it, and loses it if one of
 * these takes its place just then. Written again, it does no harm where it is there.
 */
final class RecentResults {

    private static final long KEPT_NS = TimeUnit.SECONDS.toNanos(10);

    /** In all that are alike together. */
    static final class Bound {
        private final int max;
        private final Runnable evicted;
        private int kept;

        /**
         * @param max results, 0 to keep none
         * @param evicted told of each that goes before its time
         */
        Bound(int max, Runnable evicted) {
            this.max = max;
            this.evicted = evicted;
        }
    }

    private record Kept(Fenced result, long at) {}

    private final Bound bound;
    private final Deque<Kept> kept = new ArrayDeque<>();

    RecentResults(Bound bound) {
        this.bound = bound;
    }

    void add(Fenced result) {
        if (bound.max == 0) {
            return;
        }
        long now = System.nanoTime();
        kept.addLast(new Kept(result, now));
        bound.kept++;
        forget(now);
    }

    /** Forgets what is too old. */
    void forget() {
        if (!kept.isEmpty()) {
            forget(System.nanoTime());
        }
    }

    private void forget(long now) {
        while (!kept.isEmpty()) {
            boolean old = now - kept.getFirst().at() > KEPT_NS;
            if (!old && bound.kept <= bound.max) {
                return;
            }
            kept.removeFirst();
            bound.kept--;
            if (!old) {
                bound.evicted.run();
            }
        }
    }

    /** All of it, the oldest first; it is not kept any more. */
    List<Fenced> take() {
        forget();
        List<Fenced> results = new ArrayList<>(kept.size());
        kept.forEach(one -> results.add(one.result()));
        bound.kept -= kept.size();
        kept.clear();
        return results;
    }
}
