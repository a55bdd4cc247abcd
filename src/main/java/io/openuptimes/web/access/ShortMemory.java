package io.openuptimes.web.access;

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
 * Remembers what the store knows for less than a second, so that what ends there is dead here within one.
 *
 * <p>The time counts from before the store was asked. Lookups of the same thing at the same time share one. What is not
 * there is not remembered. Names are hashes of secrets, never secrets. Thread-safe; a future may complete on any
 * thread.
 */
public final class ShortMemory<V> {

    static final long TTL = TimeUnit.MILLISECONDS.toNanos(900);

    private final int capacity;
    private final LongSupplier nanoClock;
    private final Lru<Known<V>> known;
    private final Map<String, Lookup<V>> lookups = new HashMap<>();

    private record Known<V>(V value, long askedAt) {
        @Override
        public String toString() {
            return "Known";
        }
    }

    private record Lookup<V>(long askedAt, Promise<Optional<V>> promise) {}

    /**
     * @param capacity entries that are remembered, and lookups under way, at most
     * @param nanoClock as {@link System#nanoTime}
     */
    public ShortMemory(int capacity, LongSupplier nanoClock) {
        this.capacity = capacity;
        this.nanoClock = nanoClock;
        this.known = new Lru<>(capacity);
    }

    /** What is known of it now, without asking; null for nothing. */
    synchronized @Nullable V fresh(String hash) {
        Known<V> found = known.get(hash);
        return found != null && isFresh(found.askedAt()) ? found.value() : null;
    }

    /** Whether asking for it now would join a lookup under way. */
    synchronized boolean isAsked(String hash) {
        return current(hash) != null;
    }

    /** What the store says, or said less than a second ago. */
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

    /** Ask anew next time; a lookup under way is not remembered. */
    synchronized void forget(String hash) {
        known.remove(hash);
        lookups.remove(hash);
    }

    public synchronized void forgetAll() {
        known.clear();
        lookups.clear();
    }

    private synchronized void settle(String hash, Lookup<V> lookup, @Nullable V value) {
        // not where it was forgotten or asked anew meanwhile
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

    synchronized int size() {
        return known.size();
    }
}
