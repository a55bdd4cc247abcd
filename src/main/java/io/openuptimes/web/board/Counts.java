package io.openuptimes.web.board;

import io.openuptimes.model.Outcome;
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
    private int degraded;
    private int flapping;
    private int egress;
    private int resolver;
    private int parent;
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
        count(Shown.of(service, status, marks.stale()), status, marks, 1);
        updated = Math.max(updated, status.lastChecked());
    }

    private void count(BoardEntry entry, int by) {
        count(Shown.of(entry), entry.status(), entry.marks(), by);
        if (entry.isWarned()) {
            warned += by;
        }
    }

    private void count(Shown state, ServiceStatus status, Marks marks, int by) {
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
        if (state == Shown.PAUSED) {
            return;
        }
        if (state == Shown.UP && status.isDegraded()) {
            degraded += by;
        }
        if (status.flapping()) {
            flapping += by;
        }
        if (state == Shown.UNKNOWN && !marks.stale()) {
            countReason(status.outcome(), by);
        }
    }

    private void countReason(Outcome outcome, int by) {
        if (outcome == Outcome.EGRESS) {
            egress += by;
        } else if (outcome == Outcome.RESOLVER) {
            resolver += by;
        } else if (outcome == Outcome.PARENT) {
            parent += by;
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

    /** Services that are up, but not as they should be. */
    public int degraded() {
        return degraded;
    }

    /** Services that are not paused and whose status has changed too often recently. */
    public int flapping() {
        return flapping;
    }

    /** Services with a warning, in any state. */
    public int warned() {
        return warned;
    }

    /** Ignores paused services. */
    public Overall overall() {
        return Overall.of(up, down, unknown, degraded);
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
        json.append(",\"degraded\":").append(degraded);
        json.append(",\"flapping\":").append(flapping);
        json.append(",\"reasons\":{\"egress\":").append(egress);
        json.append(",\"resolver\":").append(resolver);
        json.append(",\"parent\":").append(parent);
        json.append('}');
    }
}
