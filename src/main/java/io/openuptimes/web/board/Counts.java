package io.openuptimes.web.board;

import io.openuptimes.model.Overall;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;

/** Counts of services per state, and the time of their newest check. */
public final class Counts {

    private int up;
    private int down;
    private int unknown;
    private int paused;
    private int stale;
    private int blind;
    private int warned;
    private long updated;

    public void add(BoardEntry entry) {
        count(entry, 1);
        seen(entry);
    }

    /** Keeps the newest check's time, which may be another entry's. */
    void remove(BoardEntry entry) {
        count(entry, -1);
    }

    /** Counts a service that is no longer an entry. */
    void add(Service service, ServiceStatus status, Marks marks, boolean isWarned) {
        if (isWarned) {
            warned++;
        }
        count(Shown.of(service, status, marks.stale()), marks, 1);
        updated = Math.max(updated, status.lastChecked());
    }

    private void count(BoardEntry entry, int by) {
        count(Shown.of(entry), entry.marks(), by);
        if (entry.isWarned()) {
            warned += by;
        }
    }

    private void count(Shown state, Marks marks, int by) {
        switch (state) {
            case UP -> up += by;
            case DOWN -> down += by;
            case UNKNOWN -> unknown += by;
            case PAUSED -> paused += by;
        }
        if (marks.stale()) {
            stale += by;
        }
        if (marks.blind()) {
            blind += by;
        }
    }

    void seen(BoardEntry entry) {
        updated = Math.max(updated, entry.status().lastChecked());
    }

    void updated(long newest) {
        updated = newest;
    }

    public int total() {
        return up + down + unknown + paused;
    }

    /** Number of services in that state. */
    public int of(Shown state) {
        return switch (state) {
            case UP -> up;
            case DOWN -> down;
            case UNKNOWN -> unknown;
            case PAUSED -> paused;
        };
    }

    /** Unknown services whose last result is too old to count. */
    public int stale() {
        return stale;
    }

    /** Services with a blind mark, see {@link Marks}. */
    public int blind() {
        return blind;
    }

    /** Services with a warning, in any state. */
    public int warned() {
        return warned;
    }

    /** Ignores paused services. */
    public Overall overall() {
        return Overall.of(up, down, unknown);
    }

    /** The newest {@code lastChecked}, epoch milliseconds; 0 for none. */
    public long updated() {
        return updated;
    }

    /** Appends members of a JSON object: {@code "total":3,"up":2} and so on. */
    public void appendTo(StringBuilder json) {
        json.append("\"total\":").append(total());
        json.append(",\"up\":").append(up);
        json.append(",\"down\":").append(down);
        json.append(",\"unknown\":").append(unknown);
        json.append(",\"paused\":").append(paused);
        json.append(",\"stale\":").append(stale);
        json.append(",\"blind\":").append(blind);
        json.append(",\"warnings\":").append(warned);
    }
}
