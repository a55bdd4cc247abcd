package io.openuptimes.web;

import io.openuptimes.model.Overall;

/** How many services are in which state, and the newest check of them. */
final class Counts {

    private int up;
    private int down;
    private int unknown;
    private int paused;
    private long updated;

    /** Of all services that an audience sees. */
    static Counts of(Iterable<BoardEntry> entries, boolean withHidden) {
        Counts counts = new Counts();
        for (BoardEntry entry : entries) {
            if (withHidden || entry.service().visible()) {
                counts.add(entry);
            }
        }
        return counts;
    }

    void add(BoardEntry entry) {
        switch (Shown.of(entry)) {
            case UP -> up++;
            case DOWN -> down++;
            case UNKNOWN -> unknown++;
            case PAUSED -> paused++;
        }
        updated = Math.max(updated, entry.status().lastChecked());
    }

    int total() {
        return up + down + unknown + paused;
    }

    /** Paused services do not count. */
    Overall overall() {
        return Overall.of(up, down, unknown);
    }

    /** The newest {@code lastChecked}, epoch milliseconds; 0 if there is none. */
    long updated() {
        return updated;
    }

    /** {@code "total":3,"up":2} and so on, the members of a JSON object. */
    void appendTo(StringBuilder json) {
        json.append("\"total\":").append(total());
        json.append(",\"up\":").append(up);
        json.append(",\"down\":").append(down);
        json.append(",\"unknown\":").append(unknown);
        json.append(",\"paused\":").append(paused);
    }
}
