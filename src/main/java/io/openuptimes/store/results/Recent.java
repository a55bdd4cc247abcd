package io.openuptimes.store.results;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What has been written in the last seconds: a server acknowledges before its replicas have it, and loses it if one of
 * these takes its place just then. Written again, it does no harm where it is there. What was written in the seconds
 * before the newest is kept until another server may have taken its place, which takes a while.
 *
 * @param <T> what is written
 */
final class Recent<T> {

    static final long KEPT_NS = TimeUnit.SECONDS.toNanos(10);
    /** Also of the newest: a failover that takes longer is none. */
    static final long FAILOVER_NS = KEPT_NS + TimeUnit.SECONDS.toNanos(60);

    /** In all that are alike together. */
    static final class Bound {
        private final int max;
        private final LongSupplier nanos;
        private final Runnable evicted;
        private int kept;

        /**
         * @param max of them, 0 to keep none
         * @param nanos counts on, as {@link System#nanoTime()} does
         * @param evicted told of each that goes before its time
         */
        Bound(int max, LongSupplier nanos, Runnable evicted) {
            this.max = max;
            this.nanos = nanos;
            this.evicted = evicted;
        }
    }

    private record Kept<T>(T written, long at) {}

    private final Bound bound;
    private final Deque<Kept<T>> kept = new ArrayDeque<>();

    Recent(Bound bound) {
        this.bound = bound;
    }

    void add(T written) {
        if (bound.max == 0) {
            return;
        }
        long now = bound.nanos.getAsLong();
        kept.addLast(new Kept<>(written, now));
        bound.kept++;
        forget(now, KEPT_NS);
    }

    /** Forgets what is too old. */
    void forget() {
        if (!kept.isEmpty()) {
            forget(bound.nanos.getAsLong(), FAILOVER_NS);
        }
    }

    private void forget(long now, long maxAge) {
        while (!kept.isEmpty()) {
            long age = now - kept.getFirst().at();
            if (age <= maxAge && bound.kept <= bound.max) {
                return;
            }
            kept.removeFirst();
            bound.kept--;
            if (age <= KEPT_NS) {
                bound.evicted.run();
            }
        }
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }

    /** All of it, the oldest first. */
    List<T> all() {
        return kept.stream().map(Kept::written).toList();
    }

    /** The same, less what is too old; it is not kept any more. */
    List<T> take() {
        forget();
        List<T> all = all();
        bound.kept -= kept.size();
        kept.clear();
        return all;
    }
}
