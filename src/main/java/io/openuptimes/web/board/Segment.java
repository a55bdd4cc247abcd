package io.openuptimes.web.board;

import java.util.Arrays;

/**
 * A few hundred consecutive entries in name order, the unit of searching, rendering and sweeping. Versions are those of
 * the board.
 */
public final class Segment {

    static final int MAX = 512;
    static final int FILLED = 256;

    private BoardEntry[] entries;
    private int size;
    private Tally tally = new Tally();
    private long version;
    private long servicesVersion;
    private long staleFrom = Long.MAX_VALUE;

    /**
     * @param entries in order, at most {@link #MAX}; owned by the segment from now on
     */
    Segment(BoardEntry[] entries, long version) {
        this.entries = entries;
        this.size = entries.length;
        touched(version, true);
        recount();
    }

    public int size() {
        return size;
    }

    public BoardEntry get(int index) {
        return entries[index];
    }

    /** Counts of its entries. */
    public Tally tally() {
        return tally;
    }

    /** Changes with any change to the segment. */
    long version() {
        return version;
    }

    /** Changes when a service changes, but not with its state. */
    long servicesVersion() {
        return servicesVersion;
    }

    void touched(long newVersion, boolean services) {
        version = newVersion;
        if (services) {
            servicesVersion = newVersion;
        }
    }

    String firstName() {
        return entries[0].service().name();
    }

    /**
     * Index of the first entry with this name or a later one.
     *
     * @param behind whether to skip entries with this name
     */
    int place(String name, boolean behind) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = ByName.INSTANCE.compare(entries[middle].service().name(), name);
            if (order < 0 || (behind && order == 0)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    void insert(BoardEntry entry) {
        int at = place(entry.service().name(), true);
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, Math.min(MAX, size + size / 2 + 4));
        }
        System.arraycopy(entries, at, entries, at + 1, size - at);
        entries[at] = entry;
        size++;
        entry.segment(this);
        tally.add(entry);
    }

    void remove(BoardEntry entry) {
        int at = 0;
        while (entries[at] != entry) {
            at++;
        }
        size--;
        System.arraycopy(entries, at + 1, entries, at, size - at);
        entries[size] = null;
        tally.remove(entry);
        if (entry.status().lastChecked() >= tally.of(true).updated()
                || entry.status().lastChecked() >= tally.of(false).updated()) {
            recount();
        }
    }

    /** Removes and returns the second half. */
    Segment split(long newVersion) {
        int half = size / 2;
        Segment rest = new Segment(Arrays.copyOfRange(entries, half, size), newVersion);
        rest.staleFrom = staleFrom;
        entries = Arrays.copyOf(entries, half);
        size = half;
        touched(newVersion, true);
        recount();
        return rest;
    }

    void recount() {
        tally = new Tally();
        for (int i = 0; i < size; i++) {
            entries[i].segment(this);
            tally.add(entries[i]);
        }
    }

    /** Nothing in the segment becomes stale before this time, epoch milliseconds. */
    long staleFrom() {
        return staleFrom;
    }

    void staleFrom(long millis) {
        staleFrom = millis;
    }
}
