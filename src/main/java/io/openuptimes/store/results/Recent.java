package io.openuptimes.store.results;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Recently written entries. A server acknowledges a write before its replicas have it, so a failover may lose it;
 * writing it again is harmless if it was not lost. The entries of the last seconds before the newest one are kept until
 * any failover has been completed, even if nothing newer is written.
 *
 * @param <T> type of the entries
 */
final class Recent<T> {

    static final long KEPT_NS = TimeUnit.SECONDS.toNanos(10);
    /** Applies to the newest entries too; no failover takes longer. */
    static final long FAILOVER_NS = KEPT_NS + TimeUnit.SECONDS.toNanos(60);

    /** A limit on entries, shared by several instances. */
    static final class Bound {
        private final int max;
        private final LongSupplier nanos;
        private final Runnable evicted;
        private int kept;

        /**
         * @param max maximum number of entries, 0 to keep none
         * @param nanos monotonic, see {@link System#nanoTime()}
         * @param evicted called for each entry that is dropped early
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

    /** Drops expired entries. */
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

    /** All entries, oldest first. */
    List<T> all() {
        return kept.stream().map(Kept::written).toList();
    }

    /** Removes and returns all entries that have not expired, oldest first. */
    List<T> take() {
        forget();
        List<T> all = all();
        bound.kept -= kept.size();
        kept.clear();
        return all;
    }
}
