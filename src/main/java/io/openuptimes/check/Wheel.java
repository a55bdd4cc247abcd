package io.openuptimes.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A timer wheel: entries by due time, in reused buckets of {@value #BUCKET_MS} ms. Adding, removing and finding due
 * entries takes constant time, even with a million of them.
 *
 * <p>Due entries wait in a queue, the earliest bucket first, until they are taken. Times are milliseconds.
 */
final class Wheel {

    static final int BUCKET_MS = 10;

    /** Eighty seconds. Entries that are due later stay in their bucket while the wheel passes it. */
    private static final int BUCKETS = 8_192;

    private final Link[] buckets = new Link[BUCKETS];
    private final Link line = new Link();
    private int inLine;
    private int size;
    /** The bucket, counted from the epoch, up to which entries are due; it may hold some that are not due yet. */
    private long turned = Long.MIN_VALUE;

    private long turnedAt = Long.MIN_VALUE;

    Wheel() {
        for (int i = 0; i < BUCKETS; i++) {
            buckets[i] = new Link();
        }
    }

    /** Adds an entry by its due time, which must not change while the wheel holds the entry. */
    void add(Entry entry) {
        long bucket = bucketOf(entry.dueAt);
        if (bucket < turned) {
            enqueue(entry);
        } else {
            bucket(bucket).append(entry);
        }
        size++;
    }

    void remove(Entry entry) {
        entry.leave();
        size--;
        if (entry.due) {
            entry.due = false;
            inLine--;
        }
    }

    int size() {
        return size;
    }

    /** Number of due entries not taken yet, as of the last turn. */
    int due() {
        return inLine;
    }

    /** Due time of the first of these; {@link Long#MAX_VALUE} if there is none. */
    long oldest() {
        return line.next() instanceof Entry first ? first.dueAt : Long.MAX_VALUE;
    }

    /** Queues the entries that are due by now. */
    void turn(long now) {
        if (now == turnedAt) {
            return;
        }
        turnedAt = now;
        long newest = bucketOf(now);
        if (turned == Long.MIN_VALUE || newest - turned >= BUCKETS) {
            turnAll(now);
        } else {
            for (long bucket = turned; bucket <= newest; bucket++) {
                Link head = bucket(bucket);
                for (Link link = head.next(); link instanceof Entry entry; ) {
                    link = entry.next();
                    if (entry.dueAt <= now) {
                        entry.leave();
                        enqueue(entry);
                    }
                }
            }
        }
        turned = Math.max(turned, newest);
    }

    /** After a full turn or more, the order of buckets is not the order of due times. */
    private void turnAll(long now) {
        List<Entry> due = new ArrayList<>();
        for (Link head : buckets) {
            for (Link link = head.next(); link instanceof Entry entry; link = entry.next()) {
                if (entry.dueAt <= now) {
                    due.add(entry);
                }
            }
        }
        due.sort(Comparator.comparingLong(entry -> entry.dueAt));
        for (Entry entry : due) {
            entry.leave();
            enqueue(entry);
        }
    }

    /** Takes the first entry of the queue. */
    @Nullable
    Entry take() {
        if (!(line.next() instanceof Entry first)) {
            return null;
        }
        remove(first);
        return first;
    }

    /**
     * When the next entry is due; at most {@code limit}.
     *
     * @param limit how far to look; determines the cost
     */
    long nextDueAt(long limit) {
        if (inLine > 0) {
            return Math.min(limit, oldest());
        }
        if (size == 0) {
            return limit;
        }
        long next = limit;
        long first = turned == Long.MIN_VALUE ? 0 : turned;
        for (long bucket = first; bucket < first + BUCKETS; bucket++) {
            long end = (bucket + 1) * BUCKET_MS;
            for (Link link = bucket(bucket).next(); link instanceof Entry entry; link = entry.next()) {
                next = Math.min(next, entry.dueAt);
            }
            if ((turned != Long.MIN_VALUE && next < end) || end >= limit) {
                break;
            }
        }
        return next;
    }

    private void enqueue(Entry entry) {
        entry.due = true;
        line.append(entry);
        inLine++;
    }

    private static long bucketOf(long time) {
        return Math.floorDiv(time, (long) BUCKET_MS);
    }

    private Link bucket(long bucket) {
        return buckets[(int) Math.floorMod(bucket, (long) BUCKETS)];
    }

    /** A link of a ring; initially a ring of its own. */
    static class Link {
        private Link previous = this;
        private Link next = this;

        final void leave() {
            previous.next = next;
            next.previous = previous;
            previous = this;
            next = this;
        }

        /** Inserts a link at the end of the ring headed by this one. */
        final void append(Link link) {
            link.previous = previous;
            link.next = this;
            previous.next = link;
            previous = link;
        }

        final Link next() {
            return next;
        }
    }
}
