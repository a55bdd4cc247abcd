package io.openuptimes.web.board;

import io.openuptimes.model.DatedCertificate;
import io.openuptimes.model.Locations;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is on a board: entries by id and by name, and how many are in which state, altogether and in each group. Counts
 * are kept with every change. It may be made on any thread, before it is given to a board; from then on it is the
 * board's.
 */
public final class Contents {

    private final ById byId = new ById();
    private final Segments segments;
    private final AlikeNames alikeNames = new AlikeNames();
    private final Tally tally = new Tally();
    private StaleLog staleLog = new StaleLog();
    /** How many services that are not paused are checked from each location. */
    private final NavigableMap<String, Integer> locations = new TreeMap<>();

    /** How many services have shown one. */
    private int certificates;

    private final NavigableMap<String, Tally> groups = new TreeMap<>(GroupNames.FORWARDS);

    private Contents(Segments segments) {
        this.segments = segments;
    }

    /**
     * A service without a status counts as not checked yet. Takes about a second for a million.
     *
     * @param certificates of those that have shown one
     * @param rule says which are stale
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
            entry.stale(now >= rule.staleFrom(entry));
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
            contents.tally.add(entry);
            contents.group(entry).add(entry);
            contents.arrived(entry, rule);
        }
        return contents;
    }

    static Contents empty() {
        return new Contents(new Segments());
    }

    /** Who became stale or fresh again; those that were stale when it was made are in it as well. */
    StaleLog staleLog() {
        return staleLog;
    }

    /** What was on the board before this says who is stale, too: it is gone on with, if that is the same. */
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
        return tally.of(withHidden);
    }

    /** In the order of the groups. */
    NavigableMap<String, Tally> groups() {
        return groups;
    }

    private Tally group(BoardEntry entry) {
        return groups.computeIfAbsent(entry.service().group(), name -> new Tally());
    }

    void add(BoardEntry entry, StaleRule rule, long version) {
        byId.put(entry);
        alikeNames.add(entry);
        segments.insert(entry, version);
        tally.add(entry);
        group(entry).add(entry);
        arrived(entry, rule);
    }

    private void arrived(BoardEntry entry, StaleRule rule) {
        locate(entry, 1);
        certify(entry, 1);
        mind(entry, rule);
        log(entry);
    }

    /** It is not what it was, or will not be what it is. */
    private void log(BoardEntry entry) {
        if (entry.isStale()) {
            staleLog.turned(entry.service().id());
        }
        if (entry.isWarned()) {
            staleLog.warned(entry.service().id());
        }
    }

    private void certify(BoardEntry entry, int by) {
        if (entry.certificate() != null) {
            certificates += by;
        }
    }

    /** Whether some service has shown a certificate, so that callers with a key see more than others. */
    boolean hasCertificates() {
        return certificates > 0;
    }

    private void locate(BoardEntry entry, int by) {
        if (!entry.service().paused()) {
            for (String location : entry.service().locations()) {
                locations.merge(location, by, (many, more) -> many + more == 0 ? null : many + more);
            }
        }
    }

    /** Those from which a service is checked that is not paused. */
    Set<String> locations() {
        return locations.keySet();
    }

    void remove(BoardEntry entry, long version) {
        byId.remove(entry.service().id());
        alikeNames.remove(entry);
        segments.remove(entry, version);
        tally.remove(entry);
        locate(entry, -1);
        certify(entry, -1);
        log(entry);
        Tally group = group(entry);
        group.remove(entry);
        if (group.of(true).total() == 0) {
            groups.remove(entry.service().group());
        }
        for (boolean withHidden : new boolean[] {true, false}) {
            Counts counts = tally.of(withHidden);
            if (entry.status().lastChecked() >= counts.updated()) {
                counts.updated(segments.updated(withHidden));
            }
        }
    }

    /**
     * Another status, or another age of the same; the service stays what it is.
     *
     * @return whether it counts as something else now
     */
    boolean update(BoardEntry entry, @Nullable ServiceStatus status, boolean stale, StaleRule rule, long version) {
        Segment segment = entry.segment();
        Tally group = group(entry);
        boolean same = entry.isStale() == stale
                && (status == null || status.status() == entry.status().status());
        if (!same) {
            tally.remove(entry);
            segment.tally().remove(entry);
            group.remove(entry);
        }
        if (status != null) {
            entry.status(status);
        }
        if (entry.isStale() != stale) {
            entry.stale(stale);
            staleLog.turned(entry.service().id());
        }
        if (same) {
            tally.seen(entry);
            segment.tally().seen(entry);
        } else {
            tally.add(entry);
            segment.tally().add(entry);
            group.add(entry);
        }
        segment.touched(version, false);
        mind(entry, rule);
        return !same;
    }

    /**
     * Another certificate, or another day.
     *
     * @return whether it has a warning that it had not, or the other way round
     */
    boolean certify(BoardEntry entry, @Nullable DatedCertificate certificate, StaleRule rule, long version) {
        boolean warned = entry.isWarned();
        Segment segment = entry.segment();
        List<Tally> tallies = List.of(tally, segment.tally(), group(entry));
        tallies.forEach(counted -> counted.remove(entry));
        certify(entry, -1);
        entry.certificate(certificate);
        certify(entry, 1);
        tallies.forEach(counted -> counted.add(entry));
        segment.touched(version, false);
        mind(entry, rule);
        if (entry.isWarned() == warned) {
            return false;
        }
        staleLog.warned(entry.service().id());
        return true;
    }

    /** Something else is known of its locations. */
    void locate(BoardEntry entry, Located located, StaleRule rule, long version) {
        entry.located(located);
        entry.segment().touched(version, false);
        mind(entry, rule);
    }

    /** Its segment is looked at when it, or what was found at a location, might get stale, and when the day ends. */
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
