package io.openuptimes.check;

/**
 * How fast a lane catches up with what it is late with, after a start, a takeover or a standstill: {@value #MOST} times
 * as fast as its checks are due on the whole, so that what has waited is no burst for the targets. A tenth of a second's
 * checks, and a few more where there are few, may start at once.
 */
final class Pace {

    private static final double MOST = 1.4;
    private static final double AT_ONCE_MS = 100;
    private static final double LEAST_AT_ONCE = 32;

    private double room = LEAST_AT_ONCE;
    private long at = Long.MIN_VALUE;

    /**
     * Time goes by.
     *
     * @param now milliseconds
     * @param perSecond how many checks are due in a second, on the whole
     */
    void at(long now, double perSecond) {
        double perMs = MOST * perSecond / 1_000;
        double most = Math.max(LEAST_AT_ONCE, AT_ONCE_MS * perMs);
        long since = at == Long.MIN_VALUE ? 0 : Math.max(0, now - at);
        room = Math.min(most, room + since * perMs);
        at = now;
    }

    boolean hasRoom() {
        return room >= 1;
    }

    /** A check starts. */
    void take() {
        room--;
    }
}
