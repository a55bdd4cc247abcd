package io.openuptimes.runtime;

import java.time.Duration;
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

    /** Lets one event, such as a log line, pass per period. */
    public static Throttle oncePer(Duration period) {
        return new Throttle(1, period.toNanos(), System::nanoTime);
    }

    /** Like {@link #pass}, for callers that do not need the number of events held back. */
    public boolean passes() {
        return pass() != HELD_BACK;
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
