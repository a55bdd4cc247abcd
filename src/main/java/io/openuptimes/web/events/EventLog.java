package io.openuptimes.web.events;

import io.openuptimes.bus.EventId;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The latest ten thousand events, from which event streams resume and catch up.
 *
 * <p>Each item has a position, which increases by one, and an ID greater than that of its predecessor. A provisional
 * transition has no ID of its own: it is kept under that of its predecessor.
 */
public final class EventLog {

    static final int CAPACITY = 10_000;

    /** How far another node may be ahead of this one, clock difference included. */
    private static final long AHEAD_MS = 60_000;

    private final LongSupplier clock;
    private final @Nullable EventItem[] ring = new EventItem[CAPACITY];
    private long first;
    private long end;
    /** The log is complete after this event; null before it starts. */
    private @Nullable EventId base;

    private int concealments;

    /**
     * @param clock epoch milliseconds
     */
    EventLog(LongSupplier clock) {
        this.clock = clock;
    }

    /** Position of the oldest item. A reader behind it has missed events. */
    long first() {
        return first;
    }

    /** Position of the next item. */
    long end() {
        return end;
    }

    EventItem get(long place) {
        return Objects.requireNonNull(ring[(int) (place % CAPACITY)]);
    }

    /** Whether the log has started. */
    boolean isOpen() {
        return base != null;
    }

    /** Appends an item unless the log already reaches its ID. */
    void append(EventItem item) {
        EventId last = last();
        if (last == null || item.id().isAfter(last)) {
            add(item);
        }
    }

    /**
     * Appends a provisional transition.
     *
     * @param item with the ID of {@link #last}
     */
    void appendProvisional(EventItem item) {
        add(item);
    }

    /** ID of the newest item, or that from which the log started; null before it starts. */
    @Nullable
    EventId last() {
        return end == first ? base : get(end - 1).id();
    }

    private void add(EventItem item) {
        if (end - first == CAPACITY) {
            base = get(first).id();
            first++;
        }
        ring[(int) (end % CAPACITY)] = item;
        end++;
    }

    /** Withdraws the states of newly hidden services from the public. */
    void conceal(Set<String> serviceIds) {
        for (long place = first; place < end; place++) {
            get(place).conceal(serviceIds);
        }
        concealments++;
    }

    /** Number of withdrawals; public renderings from before the latest one must not be used. */
    int concealments() {
        return concealments;
    }

    /** Starts over after a change without events: every reader has missed something. */
    void restart(EventId from) {
        Arrays.fill(ring, null);
        end++;
        first = end;
        base = from;
    }

    /**
     * The position at which a reader that knows everything up to an event continues. It may already know items from
     * there on, because another instance or node can be slightly ahead. Provisional transitions after that event are
     * repeated, because the reader cannot say whether it knows them.
     *
     * @return -1 if the log no longer reaches back that far, or the event cannot exist yet
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
        while (low > first && get(low - 1).isProvisional() && get(low - 1).id().equals(known)) {
            low--;
        }
        // IDs come from the store's clock, which may have been set back since
        EventId last = end == first ? from : get(end - 1).id();
        long now = Math.max(clock.getAsLong(), last.millis());
        return low == end && known.millis() > now + AHEAD_MS ? -1 : low;
    }
}
