package io.openuptimes.web.events;

import io.openuptimes.bus.EventId;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What happened lately, the newest ten thousand, for event streams to be resumed and for those that fall behind.
 *
 * <p>Each item has a place, a number that grows by one, and an id that is after that of the one before.
 */
public final class EventLog {

    static final int CAPACITY = 10_000;

    /** By how much another node may be ahead of this one, its clock included. */
    private static final long AHEAD_MS = 60_000;

    private final LongSupplier clock;
    private final @Nullable EventItem[] ring = new EventItem[CAPACITY];
    private long first;
    private long end;
    /** Whatever came after this one is in the log; null before there is any. */
    private @Nullable EventId base;

    private int concealments;

    /**
     * @param clock tells the time of day, epoch milliseconds
     */
    EventLog(LongSupplier clock) {
        this.clock = clock;
    }

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

    /** Whether it has begun. */
    boolean isOpen() {
        return base != null;
    }

    /** An item that is not after the last one is in the log already, and passed over. */
    void append(EventItem item) {
        EventId last = end == first ? base : get(end - 1).id();
        if (last != null && !item.id().isAfter(last)) {
            return;
        }
        if (end - first == CAPACITY) {
            base = get(first).id();
            first++;
        }
        ring[(int) (end % CAPACITY)] = item;
        end++;
    }

    /** Takes what services did from the public, because they are hidden now. */
    void conceal(Set<String> serviceIds) {
        for (long place = first; place < end; place++) {
            get(place).conceal(serviceIds);
        }
        concealments++;
    }

    /** How often items were concealed: what was rendered of them for the public before is not to be used after. */
    int concealments() {
        return concealments;
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
     * that this one knows: another instance or another node may be a little ahead.
     *
     * @return -1 if something in between is not in the log any more, or there can be no such event yet
     */
    long after(EventId known) {
        EventId from = base;
        if (from == null || from.isAfter(known)) {
            return -1;
        }
        long low = first;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (get(middle).id().isAfter(known)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        // the clock that ids are of, the server's, may have been set back since
        EventId last = end == first ? from : get(end - 1).id();
        long now = Math.max(clock.getAsLong(), last.millis());
        return low == end && known.millis() > now + AHEAD_MS ? -1 : low;
    }
}
