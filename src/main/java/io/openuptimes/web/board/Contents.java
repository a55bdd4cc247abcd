package io.openuptimes.web.board;

import io.openuptimes.model.DatedCertificate;
import io.openuptimes.model.Locations;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.model.Warning;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A board's contents: entries by id and by name, and counts per state, in total and per group, updated with every
 * change. It may be built on any thread before it is handed to a board, which then owns it.
 */
public final class Contents {

    private final ById byId = new ById();
    private final Segments segments;
    private final AlikeNames alikeNames = new AlikeNames();
    private final Totals totals = new Totals();
    private StaleLog staleLog = new StaleLog();

    private Contents(Segments segments) {
        this.segments = segments;
    }

    /**
     * A service without a status counts as not checked yet. Takes about a second for a million services.
     *
     * @param certificates of services that have presented one
     * @param rule decides which services are stale
     * @param now epoch milliseconds
     */
    public static Contents of(
            Collection<Service> services,
            Collection<ServiceStatus> statuses,
            Collection<SeenCertificate> certificates,
            StaleRule rule,
            long now) {
        Map<String, DatedCertificate> dated = new HashMap<>(certificates.size() * 4 / 3 + 1);
        certificates.forEach(seen -> dated.put(seen.serviceId(), seen.at(now)));
        Map<String, ServiceStatus> known = new HashMap<>(statuses.size() * 4 / 3 + 1);
        statuses.forEach(status -> known.put(status.serviceId(), status));
        List<BoardEntry> entries = new ArrayList<>(services.size());
        for (Service service : services) {
            ServiceStatus status = known.get(service.id());
            Located located = Located.of(service, location -> known.get(Locations.idAt(service.id(), location)));
            BoardEntry entry = new BoardEntry(
                    service,
                    status == null ? ServiceStatus.unchecked(service.id()) : status,
                    located == null ? null : located.at(now, rule, service));
            entry.marks(Marks.NONE.stale(now >= rule.staleFrom(entry)));
            entry.certificate(dated.get(service.id()));
            entries.add(entry);
        }
        Collections.sort(
                entries,
                (a, b) ->
                        ByName.INSTANCE.compare(a.service().name(), b.service().name()));
        Contents contents = new Contents(Segments.of(entries, 0));
        for (BoardEntry entry : entries) {
            contents.byId.put(entry);
            contents.alikeNames.add(entry);
            contents.totals.arrived(entry);
            contents.mind(entry, rule);
            contents.log(entry);
        }
        return contents;
    }

    static Contents empty() {
        return new Contents(new Segments());
    }

    /** Services that became stale or fresh again, including those that were stale when this was built. */
    StaleLog staleLog() {
        return staleLog;
    }

    /** Continues the log of the previous contents if it leads to the same state. */
    void goOnWith(StaleLog before) {
        if (staleLog.isLike(before)) {
            staleLog = before;
        }
    }

    ById byId() {
        return byId;
    }

    AlikeNames alikeNames() {
        return alikeNames;
    }

    Segments segments() {
        return segments;
    }

    Counts counts(boolean withHidden) {
        return totals.of(withHidden);
    }

    /** In group order. */
    NavigableMap<String, Tally> groups() {
        return totals.groups();
    }

    void add(BoardEntry entry, StaleRule rule, long version) {
        byId.put(entry);
        alikeNames.add(entry);
        segments.insert(entry, version);
        totals.arrived(entry);
        mind(entry, rule);
        log(entry);
    }

    /** Logs the stale state and warning of an entry that was added or is being removed. */
    private void log(BoardEntry entry) {
        if (entry.isStale()) {
            staleLog.turned(entry.service().id());
        }
        Warning warning = entry.warning();
        if (warning != null) {
            staleLog.warned(entry.service().id(), null, warning);
        }
        String qualification = qualification(entry.status());
        if (!qualification.isEmpty()) {
            staleLog.qualified(entry.service().id(), "", qualification);
        }
    }

    /** What callers see of a status besides its transitions. */
    private static String qualification(ServiceStatus status) {
        String flapping = status.flapping() ? "flapping" : "";
        if (status.isDegraded() || (status.isChecked() && status.status() == Status.UNKNOWN)) {
            return status.outcome().word() + flapping;
        }
        return flapping;
    }

    /** Locations of all services that are not paused. */
    Set<String> locations() {
        return totals.locations();
    }

    void remove(BoardEntry entry, long version) {
        byId.remove(entry.service().id());
        alikeNames.remove(entry);
        segments.remove(entry, version);
        totals.left(entry);
        log(entry);
        for (boolean withHidden : new boolean[] {true, false}) {
            Counts counts = counts(withHidden);
            if (entry.status().lastChecked() >= counts.updated()) {
                counts.updated(segments.updated(withHidden));
            }
        }
    }

    /**
     * Sets a new status, new marks, or both; the service stays the same.
     *
     * @param status null for the current one
     * @return whether the entry's status or marks differ from before
     */
    boolean update(BoardEntry entry, @Nullable ServiceStatus status, Marks marks, StaleRule rule, long version) {
        Segment segment = entry.segment();
        boolean same = entry.marks().equals(marks) && (status == null || isCountedAlike(status, entry.status()));
        if (!same) {
            totals.remove(entry);
            segment.tally().remove(entry);
        }
        if (status != null) {
            String before = qualification(entry.status());
            String now = qualification(status);
            if (!before.equals(now)) {
                staleLog.qualified(entry.service().id(), before, now);
            }
            entry.status(status);
        }
        if (entry.isStale() != marks.stale()) {
            staleLog.turned(entry.service().id());
        }
        entry.marks(marks);
        if (same) {
            totals.seen(entry);
            segment.tally().seen(entry);
        } else {
            totals.add(entry);
            segment.tally().add(entry);
        }
        segment.touched(version, false);
        mind(entry, rule);
        return !same;
    }

    private static boolean isCountedAlike(ServiceStatus one, ServiceStatus other) {
        return one.status() == other.status()
                && one.isDegraded() == other.isDegraded()
                && one.flapping() == other.flapping()
                && one.confirming() == other.confirming()
                && (one.status() != Status.UNKNOWN || one.outcome() == other.outcome());
    }

    /**
     * Sets a new certificate, or updates its remaining days.
     *
     * @return whether its warning has changed, including its number of days
     */
    boolean certify(BoardEntry entry, @Nullable DatedCertificate certificate, StaleRule rule, long version) {
        Warning before = entry.warning();
        Segment segment = entry.segment();
        totals.remove(entry);
        segment.tally().remove(entry);
        entry.certificate(certificate);
        totals.add(entry);
        segment.tally().add(entry);
        segment.touched(version, false);
        mind(entry, rule);
        Warning now = entry.warning();
        if (Objects.equals(before, now)) {
            return false;
        }
        staleLog.warned(entry.service().id(), before, now);
        return true;
    }

    /** Sets the states at its locations. */
    void locate(BoardEntry entry, Located located, StaleRule rule, long version) {
        entry.located(located);
        entry.segment().touched(version, false);
        mind(entry, rule);
    }

    /**
     * Schedules the segment's next look: when the entry or a location's state may become stale, or when the day ends.
     */
    private void mind(BoardEntry entry, StaleRule rule) {
        Segment segment = entry.segment();
        DatedCertificate certificate = entry.certificate();
        if (certificate != null) {
            segment.staleFrom(Math.min(segment.staleFrom(), certificate.until()));
        }
        Located located = entry.located();
        if (located != null) {
            segment.staleFrom(Math.min(segment.staleFrom(), located.staleFrom(rule, entry.service())));
        }
        if (!entry.isStale()) {
            segment.staleFrom(Math.min(segment.staleFrom(), rule.staleFrom(entry)));
        }
    }
}
