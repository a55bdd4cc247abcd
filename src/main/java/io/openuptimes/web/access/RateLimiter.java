package io.openuptimes.web.access;

import io.openuptimes.runtime.BoundedMap;
import io.openuptimes.web.http.Quota;
import java.util.function.LongSupplier;

/**
 * One token bucket per client: a rate in requests per second, with a burst of twice that.
 *
 * <p>A full bucket carries no information and is forgotten. If there are too many clients, the least recently seen one
 * is dropped first. Thread-safe.
 */
final class RateLimiter {

    private static final double NANOS = 1e9;

    private final int perSecond;
    private final LongSupplier nanoClock;
    private final BoundedMap<String, Bucket> buckets;

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

        double burst() {
            return 2 * perSecond;
        }

        Quota quota(int waitSeconds) {
            double full = burst();
            int untilFull = (int) Math.ceil((full - tokens) / perSecond);
            return new Quota((int) full, (int) tokens, Math.max(1, untilFull), waitSeconds);
        }

        double tokens(long now) {
            return Math.min(burst(), tokens + (now - filledAt) / NANOS * perSecond);
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
        this.buckets = BoundedMap.accessOrder(maxClients);
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

    private synchronized Quota takeToken(String client, int rate) {
        long now = nanoClock.getAsLong();
        Bucket bucket = buckets.get(client);
        if (bucket == null) {
            buckets.dropStale(other -> other.tokens(now) >= other.burst());
            bucket = new Bucket(rate, now);
            buckets.put(client, bucket);
        }
        bucket.tokens = bucket.tokens(now);
        bucket.filledAt = now;
        int wait = 0;
        if (bucket.tokens >= 1) {
            bucket.tokens -= 1;
        } else {
            wait = Math.max(1, (int) Math.ceil((1 - bucket.tokens) / rate));
        }
        return bucket.quota(wait);
    }

    synchronized int clients() {
        return buckets.size();
    }
}
