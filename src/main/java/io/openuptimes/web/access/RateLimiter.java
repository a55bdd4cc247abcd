package io.openuptimes.web.access;

import java.util.function.LongSupplier;

/**
 * A token bucket a client: so many requests a second, with a burst of twice that.
 *
 * <p>A bucket that has filled up again says nothing and is forgotten; when there are more clients than can be
 * remembered, the one unseen for the longest time goes first. Thread-safe.
 */
final class RateLimiter {

    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double burst;
    private final LongSupplier nanoClock;
    private final Lru<Bucket> buckets;

    private static final class Bucket {
        double tokens;
        long filledAt;

        Bucket(double tokens, long filledAt) {
            this.tokens = tokens;
            this.filledAt = filledAt;
        }
    }

    /**
     * @param perSecond requests a second for one client; 0 for no limit
     * @param maxClients how many are remembered
     * @param nanoClock as {@link System#nanoTime}
     */
    RateLimiter(int perSecond, int maxClients, LongSupplier nanoClock) {
        this.perSecond = perSecond;
        this.burst = 2.0 * perSecond;
        this.nanoClock = nanoClock;
        this.buckets = new Lru<>(maxClients);
    }

    /**
     * Counts a request.
     *
     * @return 0 if it may go on, otherwise the seconds after which one may, at least 1
     */
    int take(String client) {
        return perSecond == 0 ? 0 : takeToken(client);
    }

    private synchronized int takeToken(String client) {
        long now = nanoClock.getAsLong();
        Bucket bucket = buckets.get(client);
        if (bucket == null) {
            buckets.dropStale(other -> tokens(other, now) >= burst);
            bucket = new Bucket(burst, now);
            buckets.put(client, bucket);
        }
        bucket.tokens = tokens(bucket, now);
        bucket.filledAt = now;
        if (bucket.tokens >= 1) {
            bucket.tokens -= 1;
            return 0;
        }
        return Math.max(1, (int) Math.ceil((1 - bucket.tokens) / perSecond));
    }

    private double tokens(Bucket bucket, long now) {
        return Math.min(burst, bucket.tokens + (now - bucket.filledAt) / NANOS * perSecond);
    }

    synchronized int clients() {
        return buckets.size();
    }
}
