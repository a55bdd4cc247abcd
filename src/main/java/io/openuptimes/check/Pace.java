package io.openuptimes.check;

/**
 * Limits how fast a check loop catches up after a start, a takeover or a suspension: {@value #MOST} times its normal
 * rate, so that targets see no burst. A tenth of a second's checks, or a few if the rate is low, may start at once.
 */
final class Pace {

    private static final double MOST = 1.4;
    private static final double AT_ONCE_MS = 100;
    private static final double LEAST_AT_ONCE = 32;

    private double room = LEAST_AT_ONCE;
    private long at = Long.MIN_VALUE;

    /**
     * Advances the clock.
     *
     * @param now milliseconds
     * @param perSecond average rate of due checks
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

    /** Counts the start of a check. */
    void take() {
        room--;
    }
}
