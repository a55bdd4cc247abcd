package io.openuptimes.web.board;

import java.util.Arrays;

/**
 * Some hundreds of entries that follow one another in the order of names: what is searched, rendered and swept as one.
 * Versions are the board's.
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
     * @param entries in order, at most {@link #MAX}; taken over
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

    /** What is in it. */
    public Tally tally() {
        return tally;
    }

    /** Changes whenever anything in it does. */
    long version() {
        return version;
    }

    /** Changes when a service in it does, whatever their states are. */
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
     * The place of the first entry that comes after a name, or that has it.
     *
     * @param behind whether one that has it is passed over
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

    /** The second half, which is in this one no more. */
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

    /** Before this time nothing in it gets stale, epoch milliseconds. */
    long staleFrom() {
        return staleFrom;
    }

    void staleFrom(long millis) {
        staleFrom = millis;
    }
}
