package io.openuptimes.check.net.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.openuptimes.runtime.Caches;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Caches the addresses of at most {@value #MAX_NAMES} names until their TTL expires. */
final class AddressCache {

    static final int MAX_NAMES = 50_000;
    private static final Duration MAX_TTL = Duration.ofDays(1);

    private record Entry(List<InetAddress> addresses, Duration ttl) {}

    private final LongAdder evicted = new LongAdder();
    private final Cache<String, Entry> entries;

    /**
     * @param nanos as {@link System#nanoTime}
     */
    AddressCache(LongSupplier nanos) {
        entries = Caches.atMost(MAX_NAMES)
                .expireAfter(Expiry.writing((String name, Entry entry) -> entry.ttl()))
                .ticker(nanos::getAsLong)
                .evictionListener((name, entry, cause) -> {
                    if (cause == RemovalCause.SIZE) {
                        evicted.increment();
                    }
                })
                .build();
    }

    @Nullable
    List<InetAddress> get(String name) {
        Entry entry = entries.getIfPresent(name);
        return entry == null ? null : entry.addresses();
    }

    /**
     * @param ttl seconds; entries with 0 are not cached
     */
    void put(String name, List<InetAddress> addresses, long ttl) {
        if (ttl > 0) {
            Duration kept = Duration.ofSeconds(Math.min(ttl, MAX_TTL.toSeconds()));
            entries.put(name, new Entry(List.copyOf(addresses), kept));
        } else {
            entries.invalidate(name);
        }
    }

    /** Number of names evicted for lack of room; callable from any thread. */
    long evicted() {
        return evicted.sum();
    }

    void clear() {
        entries.invalidateAll();
    }
}
