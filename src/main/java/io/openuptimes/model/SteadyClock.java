package io.openuptimes.model;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The time of day as this process tells it: the machine's, as long as nobody sets that. It never goes back, and does not
 * leap by an hour because somebody has set the machine's clock: it goes on from where it was, and runs a tenth faster or
 * slower until both agree again. So results stay in order and lose no hour, nothing looks an hour old at once, and a clock
 * that is set wrong and right again soon after has hardly left a trace. A tenth, since two results of a service are then
 * still told apart by about its interval, and an hour is made up for in ten.
 *
 * <p>It leaps where the machine's clock is ahead by more than {@link #FOLLOWED}: then the machine has slept, or did not
 * know the time when it was started, and to be wrong for days would be worse than a gap.
 *
 * <p>For any thread.
 */
public final class SteadyClock extends Clock {

    /** How far the machine's clock may be ahead and is still followed slowly, milliseconds. */
    public static final long FOLLOWED = TimeUnit.HOURS.toMillis(2);

    /** How far ahead {@link #notBefore} may set it, milliseconds. */
    public static final long AHEAD = TimeUnit.HOURS.toMillis(24);

    private static final long SLEW = 10;

    /** What a clock is off without having been set: by its drift since the last look, and by how long a look takes. */
    private static final long JITTER_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long DRIFT = 1_000;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int LOOKS = 5;

    private final Clock wall;
    private final LongSupplier nanos;
    private final LongConsumer stepped;

    /** When it was looked at last, by the one clock and by the other, nanoseconds. */
    private long nanosAt;

    private long wallAt;
    /** How far the machine's clock is ahead of what is told, nanoseconds; negative: behind. */
    private long offset;

    private long told;

    /**
     * @param wall the machine's clock
     * @param nanos counts on whatever the clock says, as {@link System#nanoTime()} does
     * @param stepped told by how many milliseconds the machine's clock has been set, whenever that is seen
     */
    public SteadyClock(Clock wall, LongSupplier nanos, LongConsumer stepped) {
        this.wall = wall;
        this.nanos = nanos;
        this.stepped = stepped;
        this.nanosAt = nanos.getAsLong();
        this.wallAt = nanosOf(wall);
        this.told = toMillis(wallAt);
    }

    /** The machine's clock, of whose steps nobody is told. */
    public static SteadyClock system() {
        return new SteadyClock(Clock.systemUTC(), System::nanoTime, step -> {});
    }

    /** To be asked at least every few seconds, else drift is taken for a step. */
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

    /** How far the machine's clock is ahead of this one, milliseconds; negative if it is behind. */
    public long offset() {
        long now = millis();
        synchronized (this) {
            return toMillis(wallAt) - now;
        }
    }

    /**
     * Goes on from there, if it is before that: what is written already may be of a time that the machine's clock has not
     * come to, since that was set back while the process did not run.
     *
     * @param epochMillis passed over if it is more than {@link #AHEAD} ahead
     * @return by how many milliseconds it was ahead of this clock; 0 if it was not
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

    /** @return by how many milliseconds the machine's clock has been set since the last look, mostly 0 */
    private long look() {
        for (int i = 0; i < LOOKS; i++) {
            long before = nanos.getAsLong();
            long wallNow = nanosOf(wall);
            long took = nanos.getAsLong() - before;
            if (took >= 0 && took < LOOK_NS) { // else there is no telling which time belongs to which
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
