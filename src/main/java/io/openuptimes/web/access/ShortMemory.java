package io.openuptimes.web.access;

import com.github.benmanes.caffeine.cache.Cache;
import io.openuptimes.runtime.Caches;
import io.openuptimes.web.http.ApiException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches store lookups for less than a second, so that entries that end in the store end here within one.
 *
 * <p>An entry's age counts from before the store was asked. Concurrent lookups of one entry share a request. Absent
 * entries are not cached. Keys are hashes of secrets, never secrets. Thread-safe; a future may complete on any thread.
 */
public final class ShortMemory<V> {

    static final long TTL = TimeUnit.MILLISECONDS.toNanos(900);

    private final int capacity;
    private final LongSupplier nanoClock;
    private final Cache<String, Known<V>> known;
    private final Map<String, Lookup<V>> lookups = new HashMap<>();

    private record Known<V>(V value, long askedAt) {
        @Override
        public String toString() {
            return "Known";
        }
    }

    private record Lookup<V>(long askedAt, Promise<Optional<V>> promise) {}

    /**
     * @param capacity maximum number of cached entries, and of pending lookups
     * @param nanoClock as {@link System#nanoTime}
     */
    public ShortMemory(int capacity, LongSupplier nanoClock) {
        this.capacity = capacity;
        this.nanoClock = nanoClock;
        this.known = Caches.atMost(capacity).build();
    }

    /** The cached value; null if there is none. */
    @Nullable
    V fresh(String hash) {
        Known<V> found = known.getIfPresent(hash);
        return found != null && isFresh(found.askedAt()) ? found.value() : null;
    }

    /** Whether a lookup now would join a pending one. */
    synchronized boolean isAsked(String hash) {
        return current(hash) != null;
    }

    /** The store's answer, at most a second old. */
    public Future<Optional<V>> find(String hash, Supplier<Future<Optional<V>>> store) {
        Lookup<V> lookup;
        synchronized (this) {
            V value = fresh(hash);
            if (value != null) {
                return Future.succeededFuture(Optional.of(value));
            }
            Lookup<V> current = current(hash);
            if (current != null) {
                return current.promise().future();
            }
            if (lookups.size() >= capacity) {
                return Future.failedFuture(new ApiException(503, "Too many credentials are being checked; try again"));
            }
            lookup = new Lookup<>(nanoClock.getAsLong(), Promise.promise());
            lookups.put(hash, lookup);
        }
        store.get().onComplete(answer -> {
            settle(hash, lookup, answer.succeeded() ? answer.result().orElse(null) : null);
            lookup.promise().handle(answer);
        });
        return lookup.promise().future();
    }

    /** Drops the entry; a pending lookup will not be cached. */
    synchronized void forget(String hash) {
        known.invalidate(hash);
        lookups.remove(hash);
    }

    public synchronized void forgetAll() {
        known.invalidateAll();
        lookups.clear();
    }

    private synchronized void settle(String hash, Lookup<V> lookup, @Nullable V value) {
        // not if it was forgotten or looked up again in the meantime
        if (lookups.remove(hash, lookup) && value != null) {
            known.put(hash, new Known<>(value, lookup.askedAt()));
        }
    }

    private @Nullable Lookup<V> current(String hash) {
        Lookup<V> lookup = lookups.get(hash);
        return lookup != null && isFresh(lookup.askedAt()) ? lookup : null;
    }

    private boolean isFresh(long askedAt) {
        return nanoClock.getAsLong() - askedAt < TTL;
    }

    long size() {
        known.cleanUp();
        return known.estimatedSize();
    }
}
