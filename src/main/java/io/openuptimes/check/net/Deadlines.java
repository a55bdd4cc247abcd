package io.openuptimes.check.net;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of an event loop's checks, in a timer wheel. Almost every check sets and cancels a deadline; here that
 * costs a few writes to memory, whereas timers would be sorted among thousands. The wheel turns only while there are
 * deadlines. A deadline fires up to {@value #TICK_MS} ms late, never early.
 */
final class Deadlines {

    static final long TICK_MS = 10;
    private static final int BUCKETS = 1024;

    /** Something with at most one deadline at a time. */
    abstract static class Deadline {

        private @Nullable Deadline before;
        private @Nullable Deadline after;
        private long tick;
        private @Nullable Deadlines set;

        /** Called when the deadline passes. */
        abstract void passed();

        /** Does nothing if the deadline has passed or was never set. */
        final void cancel() {
            if (set != null) {
                set.remove(this);
            }
        }
    }

    private static final class Bucket extends Deadline {

        Bucket() {
            super.before = this;
            super.after = this;
        }

        @Override
        void passed() {
            throw new IllegalStateException("a bucket has no deadline");
        }
    }

    private final EventLoop loop;
    private final LongSupplier nanos;
    private final long startedAt;
    private final Standstill standstill = new Standstill();
    private final Bucket[] buckets;
    private final Runnable turn = this::turn;
    private long tick;
    private int size;
    private boolean turning;

    /**
     * @param loop the event loop that this belongs to
     */
    Deadlines(EventLoop loop) {
        this(loop, BUCKETS, System::nanoTime);
    }

    /**
     * @param buckets number of ticks in a turn of the wheel
     * @param nanos as {@link System#nanoTime}
     */
    Deadlines(EventLoop loop, int buckets, LongSupplier nanos) {
        this.loop = loop;
        this.nanos = nanos;
        this.startedAt = nanos.getAsLong();
        this.buckets = new Bucket[buckets];
        for (int i = 0; i < buckets; i++) {
            this.buckets[i] = new Bucket();
        }
    }

    /** Sets a deadline in this many milliseconds; it must not be set already. */
    void set(Deadline deadline, long millis) {
        if (!turning) {
            turning = true;
            tick = now();
            standstill.begins(nanos.getAsLong());
            schedule();
        }
        deadline.set = this;
        deadline.tick = Math.max(tick + 1, (elapsedMillis() + millis) / TICK_MS + 1);
        insert(buckets[(int) (deadline.tick % buckets.length)], deadline);
        size++;
    }

    /** Total nanoseconds during which the event loop was suspended while there were deadlines. */
    long stoodStill() {
        return standstill.total(nanos.getAsLong());
    }

    /** All pending deadlines. */
    List<Deadline> all() {
        List<Deadline> all = new ArrayList<>(size);
        for (Bucket bucket : buckets) {
            for (Deadline at = next(bucket); at != bucket; at = next(at)) {
                all.add(at);
            }
        }
        return all;
    }

    private void turn() {
        List<Deadline> due = null;
        standstill.seen(nanos.getAsLong());
        long now = now();
        for (long to = Math.min(now, tick + buckets.length); tick < to; ) {
            tick++;
            Bucket bucket = buckets[(int) (tick % buckets.length)];
            for (Deadline at = next(bucket); at != bucket; at = next(at)) {
                if (at.tick <= now) {
                    due = due == null ? new ArrayList<>() : due;
                    due.add(at);
                }
            }
        }
        tick = now;
        if (due != null) {
            tell(due);
        }
        turning = size > 0;
        if (turning) {
            schedule();
        } else {
            standstill.ends();
        }
    }

    private void tell(List<Deadline> due) {
        for (Deadline deadline : due) {
            if (deadline.set != null) { // not cancelled by a callback before it
                remove(deadline);
                deadline.passed();
            }
        }
    }

    private void schedule() {
        var unused = loop.schedule(turn, TICK_MS, TimeUnit.MILLISECONDS);
    }

    private long elapsedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - startedAt);
    }

    private long now() {
        return elapsedMillis() / TICK_MS;
    }

    private static void insert(Bucket bucket, Deadline deadline) {
        Deadline first = next(bucket);
        deadline.before = bucket;
        deadline.after = first;
        first.before = deadline;
        ((Deadline) bucket).after = deadline;
    }

    private void remove(Deadline deadline) {
        Deadline before = deadline.before;
        Deadline after = deadline.after;
        if (before != null && after != null) {
            before.after = after;
            after.before = before;
        }
        deadline.before = null;
        deadline.after = null;
        deadline.set = null;
        size--;
    }

    @SuppressWarnings("NullAway") // a deadline in a bucket has neighbours
    private static Deadline next(Deadline of) {
        return of.after;
    }
}
