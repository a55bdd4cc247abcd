package io.openuptimes.runtime;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The process's time of day. It follows the machine's clock but never goes back or jumps when that clock is set: it
 * continues, a tenth faster or slower, until both agree again. So results stay in order and lose no hour, nothing
 * suddenly looks an hour old, and a clock that is set wrong and corrected soon after leaves hardly a trace. At a tenth,
 * two results of a service are still about an interval apart, and an hour is made up for in ten.
 *
 * <p>It jumps if the machine's clock is ahead by more than {@link #FOLLOWED}: the machine has slept, or did not know
 * the time when it started, and being wrong for days would be worse than a gap.
 *
 * <p>Safe for use by any thread.
 */
public final class SteadyClock extends Clock {

    /** Maximum lead of the machine's clock that is followed gradually, milliseconds. */
    public static final long FOLLOWED = TimeUnit.HOURS.toMillis(2);

    /** Maximum lead that {@link #notBefore} accepts, milliseconds. */
    public static final long AHEAD = TimeUnit.HOURS.toMillis(24);

    private static final long SLEW = 10;

    /** Difference that may arise without the clock being set, from drift and from the time that reading takes. */
    private static final long JITTER_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long DRIFT = 1_000;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int LOOKS = 5;

    private final Clock wall;
    private final LongSupplier nanos;
    private final LongConsumer stepped;

    /** Readings of both clocks at the last look, nanoseconds. */
    private long nanosAt;

    private long wallAt;
    /** Lead of the machine's clock over this one, nanoseconds; negative if it is behind. */
    private long offset;

    private long told;

    /**
     * @param wall the machine's clock
     * @param nanos a monotonic clock such as {@link System#nanoTime()}
     * @param stepped called with the milliseconds by which the machine's clock was set, whenever that is noticed
     */
    public SteadyClock(Clock wall, LongSupplier nanos, LongConsumer stepped) {
        this.wall = wall;
        this.nanos = nanos;
        this.stepped = stepped;
        this.nanosAt = nanos.getAsLong();
        this.wallAt = nanosOf(wall);
        this.told = toMillis(wallAt);
    }

    /** Follows the machine's clock without a listener. */
    public static SteadyClock system() {
        return new SteadyClock(Clock.systemUTC(), System::nanoTime, step -> {});
    }

    /** Must be called at least every few seconds, otherwise drift is mistaken for a step. */
    @Override
    public long millis() {
        long step;
        long now;
        synchronized (this) {
            step = look();
            told = Math.max(told, toMillis(wallAt - offset));
            now = told;
        }
        if (step != 0) {
            stepped.accept(step);
        }
        return now;
    }

    /** Lead of the machine's clock over this one, milliseconds; negative if it is behind. */
    public long offset() {
        long now = millis();
        synchronized (this) {
            return toMillis(wallAt) - now;
        }
    }

    /**
     * Moves the clock forward to a time that stored data has already reached; the machine's clock may have been set
     * back while the process was not running.
     *
     * @param epochMillis ignored if more than {@link #AHEAD} ahead
     * @return milliseconds by which it was ahead of this clock; 0 if it was not
     */
    public long notBefore(long epochMillis) {
        long ahead = epochMillis - millis();
        if (ahead > 0 && ahead <= AHEAD) {
            synchronized (this) {
                offset = wallAt - TimeUnit.MILLISECONDS.toNanos(epochMillis);
            }
        }
        return Math.max(0, ahead);
    }

    /** @return milliseconds by which the machine's clock has been set since the last look, usually 0 */
    private long look() {
        for (int i = 0; i < LOOKS; i++) {
            long before = nanos.getAsLong();
            long wallNow = nanosOf(wall);
            long took = nanos.getAsLong() - before;
            if (took >= 0 && took < LOOK_NS) { // otherwise the two readings do not belong together
                return take(before, wallNow);
            }
        }
        return 0;
    }

    private long take(long nanosNow, long wallNow) {
        long passed = Math.max(0, nanosNow - nanosAt);
        long step = wallNow - wallAt - passed;
        nanosAt = nanosNow;
        wallAt = wallNow;
        long most = passed / SLEW;
        offset -= Math.max(-most, Math.min(most, offset));
        if (Math.abs(step) <= JITTER_NS + passed / DRIFT) {
            return 0;
        }
        offset += step;
        if (offset > TimeUnit.MILLISECONDS.toNanos(FOLLOWED)) {
            offset = 0;
        }
        return toMillis(step);
    }

    private static long nanosOf(Clock clock) {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    private static long toMillis(long nanos) {
        return Math.floorDiv(nanos, 1_000_000L);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("it tells milliseconds, in no zone");
    }
}
