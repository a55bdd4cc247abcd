package io.openuptimes.web.board;

import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts of a board's services per state, in total and per group, and per location. They are updated incrementally:
 * remove an entry before changing it and add it again afterwards.
 */
final class Totals {

    private final Tally all = new Tally();
    private final NavigableMap<String, Tally> groups = new TreeMap<>(GroupOrder.BY_NAME.forwards());
    /** Number of unpaused services per location. */
    private final NavigableMap<String, Integer> locations = new TreeMap<>();

    Counts of(boolean withHidden) {
        return all.of(withHidden);
    }

    /** In group order. */
    NavigableMap<String, Tally> groups() {
        return groups;
    }

    /** Locations of all services that are not paused. */
    Set<String> locations() {
        return locations.keySet();
    }

    /** Adds a service, or a changed one after {@link #left}. */
    void arrived(BoardEntry entry) {
        add(entry);
        locate(entry, 1);
    }

    /** Removes a service, or one whose fields are about to change. */
    void left(BoardEntry entry) {
        remove(entry);
        locate(entry, -1);
        if (group(entry).of(true).total() == 0) {
            groups.remove(entry.service().group());
        }
    }

    /** Call after an entry's state has changed. */
    void add(BoardEntry entry) {
        all.add(entry);
        group(entry).add(entry);
    }

    /** Call before an entry's state changes. */
    void remove(BoardEntry entry) {
        all.remove(entry);
        group(entry).remove(entry);
    }

    /** Notes a new check with the same result. */
    void seen(BoardEntry entry) {
        all.seen(entry);
    }

    private Tally group(BoardEntry entry) {
        return groups.computeIfAbsent(entry.service().group(), name -> new Tally());
    }

    private void locate(BoardEntry entry, int by) {
        if (!entry.service().paused()) {
            for (String location : entry.service().locations()) {
                locations.merge(location, by, (many, more) -> many + more == 0 ? null : many + more);
            }
        }
    }
}
