package io.openuptimes.check;

import io.openuptimes.model.Locations;
import io.openuptimes.model.Partition;
import io.openuptimes.model.Service;
import io.openuptimes.model.StableHash;
import io.openuptimes.model.Viewpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which services are due, and since when. In memory, without a clock or a timer of its own.
 *
 * <p>A service's phase is the hash of its id within its interval: services are spread evenly, a restart finds the same
 * phases, and nothing starts in a burst. All services are known here; a paused one is never due, and neither is one
 * whose partition another node holds, or that is checked from other locations than this node's. Times are epoch
 * milliseconds.
 */
final class Schedule {

    /** A slot that nobody used, since its node was gone, is used up to so late. */
    static final long GRACE_MS = 15_000;

    /** A check that started so shortly before a slot was of that slot: clocks are read to the millisecond. */
    private static final long TOLERANCE_MS = 50;

    /**
     * A service that is due.
     *
     * @param missed whole intervals that went by without a check since it was
     * @param host the {@link HostKey} of where the check goes
     */
    record Due(Service service, long dueAt, long missed, long host) {}

    /** The slot of services that are checked from other locations only. */
    private static final int ELSEWHERE = -1;

    private final int defaultInterval;
    private final @Nullable String location;
    private final List<Map<String, Entry>> partitions = new ArrayList<>(Partition.COUNT);
    private final boolean[] held = new boolean[Partition.SLOTS];
    private final Wheel wheel = new Wheel();
    private int size;
    private int paused;
    /** Of those that will be due some time. */
    private long checksPerGigasecond;

    private int loads;
    private long wallAhead;

    /**
     * @param defaultInterval seconds, for services that set none
     * @param location of this node, null for none
     */
    Schedule(int defaultInterval, @Nullable String location) {
        this.defaultInterval = defaultInterval;
        this.location = location;
        for (int partition = 0; partition < Partition.COUNT; partition++) {
            partitions.add(new HashMap<>());
        }
    }

    int size() {
        return size;
    }

    /** How many of them are paused. */
    int paused() {
        return paused;
    }

    /** How many of them will be due some time: neither paused nor another node's. */
    int held() {
        return wheel.size();
    }

    /** How many checks are due in a second, on the whole. */
    double perSecond() {
        return checksPerGigasecond / 1e9;
    }

    private long perGigasecond(Entry entry) {
        return 1_000_000_000_000L / intervalMs(entry.service);
    }

    /** Whether it is this node that checks the services of a slot. */
    boolean holds(int slot) {
        return slot >= 0 && held[slot];
    }

    /** Which slot a node must hold to check a service; negative where it is checked from other locations only. */
    int slot(Service service) {
        if (service.locations().isEmpty()) {
            return Partition.of(service.id());
        }
        return isCheckedHere(service) ? Partition.there(Partition.of(service.id())) : ELSEWHERE;
    }

    private boolean isCheckedHere(Service service) {
        return location != null && service.locations().contains(location);
    }

    /** From where a check of a service is seen; null for one without locations, or that has others than this node's. */
    @Nullable
    Viewpoint viewpoint(Service service) {
        return location != null && isCheckedHere(service) ? Viewpoint.of(service, location, defaultInterval) : null;
    }

    @Nullable
    Service find(String serviceId) {
        Entry entry = entry(serviceId);
        return entry == null ? null : entry.service;
    }

    private @Nullable Entry entry(String serviceId) {
        return partitions.get(Partition.of(serviceId)).get(serviceId);
    }

    /** Where the checks of a service go. */
    long host(Service service) {
        Entry entry = entry(service.id());
        return entry != null && entry.service.equals(service) ? entry.host() : HostKey.of(service.url());
    }

    List<Service> services() {
        return entries().map(entry -> entry.service).toList();
    }

    private Stream<Entry> entries() {
        return partitions.stream().flatMap(services -> services.values().stream());
    }

    /**
     * Phases are those of the wall clock, so that all nodes have the same.
     *
     * @param millis by how much that is ahead of the times that are given here
     */
    void wallIsAhead(long millis) {
        wallAhead = millis;
    }

    /** A new list is on its way; what of it comes is told by {@link #loaded}, and {@link #notIn} says what does not. */
    int beginLoad() {
        return ++loads;
    }

    /** Services that are checked as before keep their times. */
    void loaded(Service service, int load, long now) {
        put(service, now).load = load;
    }

    /** The ids of what was there and did not come with that load. */
    List<String> notIn(int load) {
        return entries()
                .filter(entry -> entry.load != load)
                .map(entry -> entry.service.id())
                .toList();
    }

    /**
     * Adds or changes one. If its checks stay as they were it is due when it was, even if that is over; else at its next
     * slot after now. Whoever wants it checked at once does so.
     */
    Entry put(Service service, long now) {
        int slot = slot(service);
        Map<String, Entry> services = partitions.get(Partition.of(service.id()));
        Entry known = services.get(service.id());
        if (known != null && known.slot == slot && isCheckedAlike(known.service, service)) {
            known.service = service;
            return known;
        }
        remove(service.id());
        Entry entry = new Entry(service, slot, slotAfter(service, now));
        services.put(service.id(), entry);
        size++;
        if (service.paused()) {
            paused++;
        } else if (holds(slot)) {
            wheel.add(entry);
            checksPerGigasecond += perGigasecond(entry);
        }
        return entry;
    }

    /** One that is new or different is to be checked at once, by the node that holds it or is about to. */
    void putFresh(Service service, long now) {
        Entry entry = put(service, now);
        if (!holds(entry.slot)) {
            entry.freshSince = now;
        }
    }

    private boolean isCheckedAlike(Service known, Service service) {
        return known.paused() == service.paused()
                && intervalMs(known) == intervalMs(service)
                && known.isCheckedLike(service);
    }

    void remove(String serviceId) {
        Entry entry = partitions.get(Partition.of(serviceId)).remove(serviceId);
        if (entry == null) {
            return;
        }
        size--;
        if (entry.service.paused()) {
            paused--;
        } else if (holds(entry.slot)) {
            wheel.remove(entry);
            checksPerGigasecond -= perGigasecond(entry);
        }
    }

    /**
     * From now on the services of a slot are due here. Each is at its first slot after its last check: if that is
     * over, but not for longer than {@value #GRACE_MS} ms, at once.
     *
     * @param lastChecks when the last check of a service started, here if it has locations, by the wall clock; services that have never been
     *     checked may be left out
     * @return of how many services the slot is missed
     */
    long gain(int slot, Map<String, Long> lastChecks, long now) {
        if (held[slot]) {
            return 0;
        }
        held[slot] = true;
        long missed = 0;
        List<Entry> late = new ArrayList<>();
        for (Entry entry : partitions.get(Partition.ofSlot(slot)).values()) {
            if (entry.slot != slot || entry.service.paused()) {
                continue;
            }
            entry.dueAt = dueAt(entry, lastChecks.getOrDefault(checkedAs(entry), 0L), now);
            entry.freshSince = 0;
            checksPerGigasecond += perGigasecond(entry);
            if (entry.dueAt > now) {
                wheel.add(entry);
            } else if (now - entry.dueAt <= GRACE_MS) {
                late.add(entry);
            } else {
                missed++;
                entry.dueAt = slotAfter(entry.service, now);
                wheel.add(entry);
            }
        }
        late.sort(Comparator.comparingLong(entry -> entry.dueAt));
        late.forEach(wheel::add);
        return missed;
    }

    /** By which the last check of it is known. */
    private String checkedAs(Entry entry) {
        String id = entry.service.id();
        return location != null && Partition.isThere(entry.slot) ? Locations.idAt(id, location) : id;
    }

    /** From now on they are not. */
    void lose(int slot) {
        if (held[slot]) {
            held[slot] = false;
            for (Entry entry : partitions.get(Partition.ofSlot(slot)).values()) {
                if (entry.slot == slot && !entry.service.paused()) {
                    wheel.remove(entry);
                    checksPerGigasecond -= perGigasecond(entry);
                }
            }
        }
    }

    /** Finds out what is due. */
    void turn(long now) {
        wheel.turn(now);
    }

    /**
     * Takes the next service that is due, the one that has been for the longest time first, and sets its next time: the
     * first slot of its phase after now.
     *
     * @return null if none is due
     */
    @Nullable
    Due poll(long now) {
        wheel.turn(now);
        Entry entry = wheel.take();
        if (entry == null) {
            return null;
        }
        long dueAt = entry.dueAt;
        long interval = intervalMs(entry.service);
        long missed = (now - dueAt) / interval;
        entry.dueAt = dueAt + (missed + 1) * interval;
        wheel.add(entry);
        return new Due(entry.service, dueAt, missed, entry.host());
    }

    /** When the next service is due; {@code limit} if that is later, or there is none. */
    long nextDueAt(long limit) {
        return wheel.nextDueAt(limit);
    }

    /** Services that were due at the last {@link #turn} or {@link #poll} and have not been taken. */
    int overdue() {
        return wheel.due();
    }

    /** How long the first of them has been waiting, 0 if there is none. */
    long oldestOverdue(long now) {
        return Math.max(0, now - wheel.oldest());
    }

    /** Since when the first of them is due; {@link Long#MAX_VALUE} if there is none. */
    long oldestDueAt() {
        return wheel.oldest();
    }

    /** How many checks are due within so many milliseconds. */
    long checksWithin(long millis) {
        return entries()
                .filter(entry -> holds(entry.slot) && !entry.service.paused())
                .mapToLong(entry -> millis / intervalMs(entry.service))
                .sum();
    }

    private long intervalMs(Service service) {
        return 1000L * service.intervalOr(defaultInterval);
    }

    private long dueAt(Entry entry, long lastCheck, long now) {
        Service service = entry.service;
        if (entry.freshSince > lastCheck - wallAhead) {
            return now; // it came when nobody had its partition
        }
        long last = lastCheck - wallAhead + TOLERANCE_MS;
        // what is said to be later has been told by a clock that was set since
        boolean usable = lastCheck > 0 && last < now + intervalMs(service);
        return slotAfter(service, usable ? last : now);
    }

    private long slotAfter(Service service, long time) {
        long interval = intervalMs(service);
        long phase = StableHash.mod(service.id(), (int) interval);
        return time - Math.floorMod(time + wallAhead - phase, interval) + interval;
    }
}
