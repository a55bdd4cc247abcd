package io.openuptimes.web.access;

import io.openuptimes.runtime.BoundedMap;
import java.util.concurrent.TimeUnit;
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
    private final BoundedMap<String, Minute> minutes;

    private static final class Minute {
        final long start;
        int attempts;

        Minute(long start) {
            this.start = start;
        }
    }

    /**
     * @param maxAddresses number of addresses remembered; beyond that, the least recently seen one is forgotten
     * @param nanoClock as {@link System#nanoTime}
     */
    FailureLimiter(int perMinute, int maxAddresses, LongSupplier nanoClock) {
        this.perMinute = perMinute;
        this.nanoClock = nanoClock;
        this.minutes = BoundedMap.accessOrder(maxAddresses);
    }

    /** Seconds until this address may try again, at least 1; 0 if it may now. */
    synchronized int retryAfter(String address) {
        long now = nanoClock.getAsLong();
        Minute minute = minutes.get(address);
        if (minute == null || minute.attempts < perMinute || now - minute.start >= MINUTE) {
            return 0;
        }
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(MINUTE - (now - minute.start) + 999_999_999));
    }

    /** Counts an attempt and returns 0 if one is left; otherwise as {@link #retryAfter}. */
    synchronized int take(String address) {
        int seconds = retryAfter(address);
        if (seconds > 0) {
            return seconds;
        }
        long now = nanoClock.getAsLong();
        Minute minute = minutes.get(address);
        if (minute == null || now - minute.start >= MINUTE) {
            minutes.remove(address); // reinserted last, as the youngest entry
            minutes.dropStale(other -> now - other.start >= MINUTE);
            minute = new Minute(now);
            minutes.put(address, minute);
        }
        minute.attempts++;
        return 0;
    }

    /** Refunds an attempt that succeeded. */
    synchronized void giveBack(String address) {
        Minute minute = minutes.get(address);
        if (minute != null && minute.attempts > 0) {
            minute.attempts--;
        }
    }

    synchronized int addresses() {
        return minutes.size();
    }
}
