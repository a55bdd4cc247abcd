package io.openuptimes.runtime;

import java.util.function.LongSupplier;

/**
 * Lets a fixed number of events pass per period, which starts with the first event, and counts the rest. Thread-safe.
 */
public final class Throttle {

    /** Returned by {@link #pass} if the event must not pass. */
    public static final long HELD_BACK = -1;

    private final int perPeriod;
    private final long periodNanos;
    private final LongSupplier nanoClock;
    private long start;
    private int passed;
    private long heldBack;

    /**
     * @param perPeriod at least 1
     * @param nanoClock as {@link System#nanoTime}
     */
    public Throttle(int perPeriod, long periodNanos, LongSupplier nanoClock) {
        this.perPeriod = perPeriod;
        this.periodNanos = periodNanos;
        this.nanoClock = nanoClock;
    }

    /**
     * @return the number of events held back since the last one that passed, or {@link #HELD_BACK}
     */
    public synchronized long pass() {
        long now = nanoClock.getAsLong();
        if (passed == 0 || now - start >= periodNanos) {
            start = now;
            passed = 0;
        }
        if (passed == perPeriod) {
            heldBack++;
            return HELD_BACK;
        }
        passed++;
        long before = heldBack;
        heldBack = 0;
        return before;
    }
}
