package io.openuptimes.web;

import io.openuptimes.bus.EventId;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happened lately, the newest ten thousand, for event streams to be resumed and for those that fall behind.
 *
 * <p>Each item has a place, a number that grows by one. Several items may have one id: they came from one message.
 */
final class EventLog {

    static final int CAPACITY = 10_000;

    private final @Nullable EventItem[] ring = new EventItem[CAPACITY];
    private long first;
    private long end;
    /** Whatever came after this one is in the log; null before there is any. */
    private @Nullable EventId base;

    /** The place of the oldest item. Whoever is further back has missed something. */
    long first() {
        return first;
    }

    /** The place of the item that comes next. */
    long end() {
        return end;
    }

    EventItem get(long place) {
        return Objects.requireNonNull(ring[(int) (place % CAPACITY)]);
    }

    void append(EventItem item) {
        if (end - first == CAPACITY) {
            base = get(first).id();
            first++;
        }
        ring[(int) (end % CAPACITY)] = item;
        end++;
    }

    /** A service is hidden now: who resumes a stream without a key does not hear of what it did before. */
    void conceal(String serviceId) {
        for (long place = first; place < end; place++) {
            get(place).conceal(serviceId);
        }
    }

    /** Things are different now without any item that says so: everybody has missed something. */
    void restart(EventId from) {
        Arrays.fill(ring, null);
        end++;
        first = end;
        base = from;
    }

    /**
     * The place from which somebody who knows everything up to an event goes on. There may still be items at or after it
     * that this one knows: another instance may be a little ahead.
     *
     * @return -1 if something in between is not in the log any more, or the event is of another run
     */
    long after(EventId known) {
        EventId from = base;
        if (from == null || !from.run().equals(known.run()) || known.number() < from.number()) {
            return -1;
        }
        long low = first;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (get(middle).id().number() > known.number()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
