package io.openuptimes.web.access;

import com.github.benmanes.caffeine.cache.Cache;
import io.openuptimes.runtime.Caches;
import io.openuptimes.web.http.Quota;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One token bucket per client: a rate in requests per second, with a burst of twice that.
 *
 * <p>A bucket that is full again carries no information and is forgotten. Thread-safe.
 */
final class RateLimiter {

    private static final double NANOS = 1e9;
    /** A burst is this many seconds' worth of requests. An unused bucket is full after the same time. */
    private static final int BURST_S = 2;

    private final int perSecond;
    private final LongSupplier nanoClock;
    private final Cache<String, Bucket> buckets;

    private static final class Bucket {
        final double perSecond;
        double tokens;
        long filledAt;

        /** A full bucket. */
        Bucket(double perSecond, long now) {
            this.perSecond = perSecond;
            this.tokens = burst();
            this.filledAt = now;
        }

        private double burst() {
            return BURST_S * perSecond;
        }

        private Quota quota(int waitSeconds) {
            double full = burst();
            int untilFull = (int) Math.ceil((full - tokens) / perSecond);
            return new Quota((int) full, (int) tokens, Math.max(1, untilFull), waitSeconds);
        }

        synchronized Quota take(long now, int rate) {
            tokens = Math.min(burst(), tokens + (now - filledAt) / NANOS * perSecond);
            filledAt = now;
            int wait = 0;
            if (tokens >= 1) {
                tokens -= 1;
            } else {
                wait = Math.max(1, (int) Math.ceil((1 - tokens) / rate));
            }
            return quota(wait);
        }
    }

    /**
     * @param perSecond requests per second and client; 0 for no limit
     * @param maxClients number of clients remembered
     * @param nanoClock as {@link System#nanoTime}
     */
    RateLimiter(int perSecond, int maxClients, LongSupplier nanoClock) {
        this.perSecond = perSecond;
        this.nanoClock = nanoClock;
        this.buckets = Caches.atMost(maxClients)
                .expireAfterAccess(BURST_S, TimeUnit.SECONDS)
                .ticker(nanoClock::getAsLong)
                .build();
    }

    /**
     * Counts a request.
     *
     * @return what is left, and whether the request is allowed
     */
    Quota take(String client) {
        return take(client, 0);
    }

    /**
     * Counts a request of a client that may have an individual limit.
     *
     * @param own requests per second for this client; 0 for the general limit
     * @return as {@link #take(String)}
     */
    Quota take(String client, int own) {
        int rate = own == 0 ? perSecond : own;
        return rate == 0 ? Quota.NONE : takeToken(client, rate);
    }

    private Quota takeToken(String client, int rate) {
        long now = nanoClock.getAsLong();
        return buckets.get(client, absent -> new Bucket(rate, now)).take(now, rate);
    }

    long clients() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }
}
