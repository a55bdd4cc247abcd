package io.openuptimes.web.board;

import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many services of a board are in which state, altogether and in each group, and how many are checked from which
 * location. Kept with every change: whoever changes an entry takes it out before and puts it in again after that.
 */
final class Totals {

    private final Tally all = new Tally();
    private final NavigableMap<String, Tally> groups = new TreeMap<>(GroupOrder.BY_NAME.forwards());
    /** How many services that are not paused are checked from each. */
    private final NavigableMap<String, Integer> locations = new TreeMap<>();

    Counts of(boolean withHidden) {
        return all.of(withHidden);
    }

    /** In the order of the groups. */
    NavigableMap<String, Tally> groups() {
        return groups;
    }

    /** Those from which a service is checked that is not paused. */
    Set<String> locations() {
        return locations.keySet();
    }

    /** A service is new, or is back with other fields. */
    void arrived(BoardEntry entry) {
        add(entry);
        locate(entry, 1);
    }

    /** A service is gone, or is going to have other fields. */
    void left(BoardEntry entry) {
        remove(entry);
        locate(entry, -1);
        if (group(entry).of(true).total() == 0) {
            groups.remove(entry.service().group());
        }
    }

    /** The state of an entry is another one now. */
    void add(BoardEntry entry) {
        all.add(entry);
        group(entry).add(entry);
    }

    /** The state of an entry is going to be another one. */
    void remove(BoardEntry entry) {
        all.remove(entry);
        group(entry).remove(entry);
    }

    /** It was checked again, with the same result. */
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
