package io.openuptimes.web.board;

import io.openuptimes.model.Locations;
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

    private final NavigableMap<String, Tally> groups = new TreeMap<>(GroupNames.FORWARDS);

    private Contents(Segments segments) {
        this.segments = segments;
    }

    /**
     * A service without a status counts as not checked yet. Takes about a second for a million.
     *
     * @param rule says which are stale
     * @param now epoch milliseconds
     */
    public static Contents of(
            Collection<Service> services, Collection<ServiceStatus> statuses, StaleRule rule, long now) {
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
            contents.locate(entry, 1);
            contents.mind(entry, rule);
            if (entry.isStale()) {
                contents.staleLog.turned(entry.service().id());
            }
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
        locate(entry, 1);
        mind(entry, rule);
        if (entry.isStale()) {
            staleLog.turned(entry.service().id());
        }
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
        if (entry.isStale()) {
            staleLog.turned(entry.service().id());
        }
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

    /** Something else is known of its locations. */
    void locate(BoardEntry entry, Located located, StaleRule rule, long version) {
        entry.located(located);
        entry.segment().touched(version, false);
        mind(entry, rule);
    }

    /** Its segment is looked at when it, or what was found at one of its locations, might get stale. */
    private void mind(BoardEntry entry, StaleRule rule) {
        Located located = entry.located();
        if (located != null) {
            Segment segment = entry.segment();
            segment.staleFrom(Math.min(segment.staleFrom(), located.staleFrom(rule, entry.service())));
        }
        if (!entry.isStale()) {
            Segment segment = entry.segment();
            segment.staleFrom(Math.min(segment.staleFrom(), rule.staleFrom(entry)));
        }
    }
}
