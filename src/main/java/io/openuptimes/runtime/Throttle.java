package io.openuptimes.runtime;

import java.util.function.LongSupplier;

/** Lets so many pass in a period of time, which starts with the first, and counts the others. Thread-safe. */
public final class Throttle {

    /** {@link #pass} says so to what does not pass. */
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
     * @return how many were held back since the last that passed, or {@link #HELD_BACK}
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
