package io.openuptimes.check;

import io.openuptimes.model.Service;
import io.openuptimes.model.StableHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which services are due, and since when. In memory, without a clock or a timer of its own.
 *
 * <p>A service's phase is the hash of its id within its interval: services are spread evenly, a restart finds the same
 * phases, and nothing starts in a burst. A paused service is known here and never due. Times are epoch milliseconds.
 */
final class Schedule {

    /** A service that is due. {@code missed}: whole intervals that went by without a check since it was. */
    record Due(Service service, long dueAt, long missed) {}

    private static final class Entry implements Comparable<Entry> {

        Service service;
        long dueAt;
        /** Taken out of the schedule; it leaves the queue when its turn comes, which costs less than a search. */
        boolean removed;

        Entry(Service service, long dueAt) {
            this.service = service;
            this.dueAt = dueAt;
        }

        @Override
        public int compareTo(Entry other) {
            return Long.compare(dueAt, other.dueAt);
        }
    }

    private final int defaultInterval;
    private final Map<String, Entry> entries = new HashMap<>();
    private int removedInQueue;
    private final PriorityQueue<Entry> queue = new PriorityQueue<>();

    /**
     * @param defaultInterval seconds, for services that set none
     */
    Schedule(int defaultInterval) {
        this.defaultInterval = defaultInterval;
    }

    int size() {
        return entries.size();
    }

    /** How many of them are paused. */
    int paused() {
        return (int) entries.values().stream()
                .filter(entry -> entry.service.paused())
                .count();
    }

    @Nullable
    Service find(String serviceId) {
        Entry entry = entries.get(serviceId);
        return entry == null ? null : entry.service;
    }

    List<Service> services() {
        return entries.values().stream().map(entry -> entry.service).toList();
    }

    /** Takes over a whole list; services that are checked as before keep their times. */
    void replaceAll(Collection<Service> services, long now) {
        Map<String, Entry> before = new HashMap<>(entries);
        entries.clear();
        queue.clear();
        List<Entry> kept = new ArrayList<>(services.size());
        for (Service service : services) {
            Entry entry = entry(before.get(service.id()), service, now);
            entries.put(service.id(), entry);
            if (!service.paused()) {
                kept.add(entry);
            }
        }
        queue.addAll(kept);
    }

    /**
     * Adds or changes one. If its checks stay as they were it is due when it was, even if that is over; else at its next
     * slot after now. Whoever wants it checked at once does so.
     */
    void put(Service service, long now) {
        Entry known = entries.get(service.id());
        Entry entry = entry(known, service, now);
        if (entry == known) {
            return;
        }
        remove(service.id());
        entries.put(service.id(), entry);
        if (!service.paused()) {
            queue.add(entry);
        }
    }

    /** The known one for the service as it is now, or a new one if its checks are others. */
    private Entry entry(@Nullable Entry known, Service service, long now) {
        if (known == null
                || known.service.paused() != service.paused()
                || intervalMs(known.service) != intervalMs(service)
                || !known.service.isCheckedLike(service)) {
            return new Entry(service, nextSlot(service, now));
        }
        known.service = service;
        return known;
    }

    /** Sets all times anew, as after a start at that time. */
    void realign(long now) {
        queue.clear();
        for (Entry entry : entries.values()) {
            entry.dueAt = nextSlot(entry.service, now);
            if (!entry.service.paused()) {
                queue.add(entry);
            }
        }
    }

    void remove(String serviceId) {
        Entry entry = entries.remove(serviceId);
        if (entry != null && !entry.service.paused()) {
            entry.removed = true;
            removedInQueue++;
            if (removedInQueue > entries.size() + 1_000) {
                queue.removeIf(queued -> queued.removed);
                removedInQueue = 0;
            }
        }
    }

    /**
     * Takes the next service that is due and sets its next time: the first slot of its phase after now.
     *
     * @return null if none is due
     */
    @Nullable
    Due poll(long now) {
        Entry entry = head();
        if (entry == null || entry.dueAt > now) {
            return null;
        }
        queue.poll();
        long dueAt = entry.dueAt;
        long interval = intervalMs(entry.service);
        long missed = (now - dueAt) / interval;
        entry.dueAt = dueAt + (missed + 1) * interval;
        queue.add(entry);
        return new Due(entry.service, dueAt, missed);
    }

    /** When the next service is due; {@link Long#MAX_VALUE} if there is none. */
    long nextDueAt() {
        Entry entry = head();
        return entry == null ? Long.MAX_VALUE : entry.dueAt;
    }

    private @Nullable Entry head() {
        Entry entry = queue.peek();
        while (entry != null && entry.removed) {
            queue.poll();
            entry = queue.peek();
        }
        return entry;
    }

    private long intervalMs(Service service) {
        Integer own = service.interval();
        return 1000L * (own == null ? defaultInterval : own);
    }

    private long nextSlot(Service service, long now) {
        long interval = intervalMs(service);
        long phase = StableHash.mod(service.id(), (int) interval);
        long slot = now - Math.floorMod(now - phase, interval);
        return slot + interval;
    }
}
