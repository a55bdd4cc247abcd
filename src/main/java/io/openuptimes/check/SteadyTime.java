package io.openuptimes.check;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time that the schedule goes by: the wall clock's at the start, from then on counted by a clock that nobody sets.
 * So a wall clock that is set forward or back neither makes checks due all at once nor holds them up. Milliseconds.
 *
 * <p>Where the process stood still (the machine slept, say), the time in between is left out, so that everything goes on
 * in its old order rather than all at once. One event loop only.
 */
final class SteadyTime {

    /** Who looks at it at least once a second has slept, if it was this long. */
    static final long STANDSTILL_MS = 5_000;

    private final LongSupplier nanos;
    private final long startNanos;
    private final long start;
    private long seen;
    private long leftOut;

    /**
     * @param wall says what time it is at the start
     * @param nanos counts on, as {@link System#nanoTime()} does
     */
    SteadyTime(Clock wall, LongSupplier nanos) {
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
        this.start = wall.millis();
    }

    long now() {
        return start + passed() - leftOut;
    }

    /**
     * To be asked at least once a second.
     *
     * @return how long the process stood still since it was asked last, which is left out of {@link #now()}; else 0
     */
    long standstill() {
        long passed = passed();
        long gap = passed - seen;
        seen = passed;
        if (gap >= 0 && gap < STANDSTILL_MS) {
            return 0;
        }
        leftOut += gap;
        return Math.max(0, gap);
    }

    private long passed() {
        return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - startNanos);
    }
}
