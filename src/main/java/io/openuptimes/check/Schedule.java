package io.openuptimes.check;

import io.openuptimes.health.HealthState;
import io.openuptimes.health.HealthTable;
import io.openuptimes.model.Locations;
import io.openuptimes.model.Partition;
import io.openuptimes.model.Service;
import io.openuptimes.model.Viewpoint;
import io.openuptimes.runtime.StableHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Determines which services are due, and since when. In memory, without a clock or timer of its own.
 *
 * <p>A service's phase is the hash of its id within its interval: services are spread evenly, a restart keeps the same
 * phases, and nothing starts in a burst. The schedule knows all services; a service is never due while it is paused,
 * while another node owns its partition, or if it is checked only from other locations. Times are epoch milliseconds.
 */
final class Schedule {

    /** A check missed because its node was gone is still made if it is at most this late. */
    static final long GRACE_MS = 15_000;

    /** A check that started this much before its due time counts for it; clocks have a resolution of a millisecond. */
    private static final long TOLERANCE_MS = 50;

    /**
     * A due service.
     *
     * @param missed whole intervals that passed without a check since it was due
     * @param host the {@link HostKey} of the target
     */
    record Due(Service service, long dueAt, long missed, long host) {}

    /** In place of a lease, for services that are checked only from other locations. */
    private static final int ELSEWHERE = -1;

    private final int defaultInterval;
    private final @Nullable String location;
    private final List<Map<String, Entry>> partitions = new ArrayList<>(Partition.COUNT);
    private final boolean[] held = new boolean[Partition.LEASES];
    private final Wheel wheel = new Wheel();
    private int size;
    private int paused;
    /** Rate of the services that are scheduled. */
    private long checksPerGigasecond;

    private final HealthTable table = new HealthTable();
    private int loads;
    private long wallAhead;

    /**
     * @param defaultInterval seconds, for services without an interval
     * @param location of this node; null for none
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

    /** Number of paused services. */
    int paused() {
        return paused;
    }

    /** Number of scheduled services: neither paused nor owned by another node. */
    int held() {
        return wheel.size();
    }

    /** Average rate of due checks per second. */
    double perSecond() {
        return checksPerGigasecond / 1e9;
    }

    private long perGigasecond(Entry entry) {
        return 1_000_000_000_000L / intervalMs(entry.service);
    }

    /** Whether this node holds a lease. */
    boolean holds(int lease) {
        return lease >= 0 && held[lease];
    }

    /** The lease that a node must hold to check a service; negative if it is checked only from other locations. */
    int lease(Service service) {
        if (service.locations().isEmpty()) {
            return Partition.of(service.id());
        }
        return isCheckedHere(service) ? Partition.leaseAtLocation(Partition.of(service.id())) : ELSEWHERE;
    }

    private boolean isCheckedHere(Service service) {
        return location != null && service.locations().contains(location);
    }

    /** The location that a check counts for; null if the service has no locations or none of this node. */
    @Nullable
    Viewpoint viewpoint(Service service) {
        return location != null && isCheckedHere(service) ? Viewpoint.of(service, location, defaultInterval) : null;
    }

    @Nullable
    Service find(String serviceId) {
        Entry entry = entry(serviceId);
        return entry == null ? null : entry.service;
    }

    @Nullable
    Entry entry(String serviceId) {
        return partitions.get(Partition.of(serviceId)).get(serviceId);
    }

    /** The {@link HostKey} of a service's target. */
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
     * Aligns phases with the wall clock, so that all nodes use the same ones.
     *
     * @param millis how far the wall clock is ahead of the times passed to this class
     */
    void wallIsAhead(long millis) {
        wallAhead = millis;
    }

    /** Starts a new load; {@link #loaded} adds its services, and {@link #notIn} returns those that it lacks. */
    int beginLoad() {
        return ++loads;
    }

    /** Services whose checks have not changed keep their times. */
    void loaded(Service service, int load, long now) {
        put(service, now).load = load;
    }

    /** Ids of services that the load did not contain. */
    List<String> notIn(int load) {
        return entries()
                .filter(entry -> entry.load != load)
                .map(entry -> entry.service.id())
                .toList();
    }

    /**
     * Adds or changes a service. If its checks have not changed, its due time stays, even if it has passed; otherwise
     * it is due at the next time of its phase. An immediate check is up to the caller.
     */
    Entry put(Service service, long now) {
        int lease = lease(service);
        Map<String, Entry> services = partitions.get(Partition.of(service.id()));
        Entry known = services.get(service.id());
        if (known != null && known.lease == lease && isCheckedAlike(known.service, service)) {
            known.service = service;
            return known;
        }
        int health = -1;
        if (known != null && known.lease == lease) {
            health = known.health; // moves to the new entry
            known.health = -1;
        }
        remove(service.id());
        Entry entry = new Entry(service, lease, phaseAfter(service, now));
        entry.health = health;
        services.put(service.id(), entry);
        size++;
        if (service.paused()) {
            paused++;
        } else if (holds(lease)) {
            wheel.add(entry);
            checksPerGigasecond += perGigasecond(entry);
        }
        return entry;
    }

    /** Marks a new or changed service for an immediate check by its current or next owner. */
    Entry putFresh(Service service, long now) {
        Entry entry = put(service, now);
        if (!holds(entry.lease)) {
            entry.freshSince = now;
        }
        return entry;
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
        forgetHealth(entry);
        if (entry.service.paused()) {
            paused--;
        } else if (holds(entry.lease)) {
            wheel.remove(entry);
            checksPerGigasecond -= perGigasecond(entry);
        }
    }

    /**
     * Schedules the services of a new lease. Each is due in its phase after its last check: at once if that time has
     * passed by no more than {@value #GRACE_MS} ms.
     *
     * @param states of the services, at this location if they have locations; times are those of the wall clock.
     *     Services that have never been checked may be missing
     * @return number of services that have missed a check
     */
    long gain(int lease, Map<String, HealthState> states, long now) {
        if (held[lease]) {
            return 0;
        }
        held[lease] = true;
        long missed = 0;
        List<Entry> late = new ArrayList<>();
        for (Entry entry : partitions.get(Partition.ofLease(lease)).values()) {
            if (entry.lease != lease) {
                continue;
            }
            HealthState state = states.get(checkedAs(entry));
            if (state != null) {
                health(entry, state);
            }
            if (entry.service.paused()) {
                continue;
            }
            entry.dueAt = dueAt(entry, state == null ? 0 : state.lastChecked(), now);
            entry.freshSince = 0;
            checksPerGigasecond += perGigasecond(entry);
            if (entry.dueAt > now) {
                wheel.add(entry);
            } else if (now - entry.dueAt <= GRACE_MS) {
                late.add(entry);
            } else {
                missed++;
                entry.dueAt = phaseAfter(entry.service, now);
                wheel.add(entry);
            }
        }
        late.sort(Comparator.comparingLong(entry -> entry.dueAt));
        late.forEach(wheel::add);
        return missed;
    }

    /** Whether this node's checks of the service are recorded under this id. */
    boolean isCheckedAs(Entry entry, String id) {
        return checkedAs(entry).equals(id);
    }

    /** The id under which its last check is recorded. */
    private String checkedAs(Entry entry) {
        String id = entry.service.id();
        return location != null && Partition.isAtLocation(entry.lease) ? Locations.idAt(id, location) : id;
    }

    /** Whether this node checks the service periodically, so that its due time is that of the next check. */
    boolean isScheduled(Entry entry) {
        return holds(entry.lease) && !entry.service.paused();
    }

    /** Removes the services of a lease from the schedule. */
    void lose(int lease) {
        if (held[lease]) {
            held[lease] = false;
            for (Entry entry : partitions.get(Partition.ofLease(lease)).values()) {
                if (entry.lease == lease) {
                    forgetHealth(entry);
                }
                if (entry.lease == lease && !entry.service.paused()) {
                    wheel.remove(entry);
                    checksPerGigasecond -= perGigasecond(entry);
                }
            }
        }
    }

    /**
     * The state that a service's next verdict starts from, at this location if it has locations; null if this node does
     * not hold the service's lease or has not read the state.
     */
    @Nullable
    HealthState health(Entry entry) {
        return entry.health < 0 ? null : table.get(entry.health);
    }

    /** Sets that state; ignored unless this node holds the service's lease. */
    void health(Entry entry, HealthState state) {
        if (!holds(entry.lease)) {
            return;
        }
        if (entry.health < 0) {
            entry.health = table.add(state);
        } else {
            table.set(entry.health, state);
        }
    }

    private void forgetHealth(Entry entry) {
        if (entry.health >= 0) {
            table.free(entry.health);
            entry.health = -1;
        }
    }

    /** Updates which services are due. */
    void turn(long now) {
        wheel.turn(now);
    }

    /**
     * Takes the service that has been due the longest and schedules its next check at the first time of its phase after
     * now.
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

    /** When the next service is due; {@code limit} if that is later or there is none. */
    long nextDueAt(long limit) {
        return wheel.nextDueAt(limit);
    }

    /** Number of services that were due at the last {@link #turn} or {@link #poll} and have not been taken. */
    int overdue() {
        return wheel.due();
    }

    /** How long the oldest of them has been due; 0 if there is none. */
    long oldestOverdue(long now) {
        return Math.max(0, now - wheel.oldest());
    }

    /** When the oldest of them became due; {@link Long#MAX_VALUE} if there is none. */
    long oldestDueAt() {
        return wheel.oldest();
    }

    /** Number of checks due within this time. */
    long checksWithin(long millis) {
        return entries()
                .filter(entry -> holds(entry.lease) && !entry.service.paused())
                .mapToLong(entry -> millis / intervalMs(entry.service))
                .sum();
    }

    /** Milliseconds between two checks. */
    /** How long a result of the service stays current, milliseconds. */
    long maxAge(Service service) {
        return service.maxAge(defaultInterval);
    }

    long intervalMs(Service service) {
        return 1000L * service.intervalOr(defaultInterval);
    }

    private long dueAt(Entry entry, long lastCheck, long now) {
        Service service = entry.service;
        if (entry.freshSince > lastCheck - wallAhead) {
            return now; // created while no node owned its partition
        }
        long last = lastCheck - wallAhead + TOLERANCE_MS;
        // a later time stems from a clock that has been set back since
        boolean usable = lastCheck > 0 && last < now + intervalMs(service);
        return phaseAfter(service, usable ? last : now);
    }

    private long phaseAfter(Service service, long time) {
        long interval = intervalMs(service);
        long phase = StableHash.mod(service.id(), (int) interval);
        return time - Math.floorMod(time + wallAhead - phase, interval) + interval;
    }
}
