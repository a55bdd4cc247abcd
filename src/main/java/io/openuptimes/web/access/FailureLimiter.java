package io.openuptimes.web.access;

import com.github.benmanes.caffeine.cache.Cache;
import io.openuptimes.runtime.Caches;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Limits failed credentials per address and minute. The minute starts with the first failure.
 *
 * <p>An attempt is counted before its outcome is known, so that concurrent attempts cannot exceed the limit, and
 * refunded if it succeeds. Thread-safe.
 */
final class FailureLimiter {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final int perMinute;
    private final LongSupplier nanoClock;
    private final Cache<String, Minute> minutes;

    /** An address's attempts in a minute that begins with the first; dropped when the minute ends. */
    private static final class Minute {
        final long start;
        final AtomicInteger attempts = new AtomicInteger();

        Minute(long start) {
            this.start = start;
        }
    }

    /**
     * @param maxAddresses number of addresses remembered
     * @param nanoClock as {@link System#nanoTime}
     */
    FailureLimiter(int perMinute, int maxAddresses, LongSupplier nanoClock) {
        this.perMinute = perMinute;
        this.nanoClock = nanoClock;
        this.minutes = Caches.atMost(maxAddresses)
                .expireAfterWrite(MINUTE, TimeUnit.NANOSECONDS)
                .ticker(nanoClock::getAsLong)
                .build();
    }

    /** Seconds until this address may try again, at least 1; 0 if it may now. */
    int retryAfter(String address) {
        Minute minute = minutes.getIfPresent(address);
        return minute == null || minute.attempts.get() < perMinute ? 0 : secondsLeft(minute);
    }

    private int secondsLeft(Minute minute) {
        long left = MINUTE - (nanoClock.getAsLong() - minute.start);
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(left + 999_999_999));
    }

    /** Counts an attempt and returns 0 if one is left; otherwise as {@link #retryAfter}. */
    int take(String address) {
        Minute minute = minutes.get(address, absent -> new Minute(nanoClock.getAsLong()));
        int before = minute.attempts.getAndUpdate(attempts -> Math.min(perMinute, attempts + 1));
        return before < perMinute ? 0 : secondsLeft(minute);
    }

    /** Refunds an attempt that succeeded. */
    void giveBack(String address) {
        Minute minute = minutes.getIfPresent(address);
        if (minute != null) {
            minute.attempts.updateAndGet(attempts -> Math.max(0, attempts - 1));
        }
    }

    long addresses() {
        minutes.cleanUp();
        return minutes.estimatedSize();
    }
}
