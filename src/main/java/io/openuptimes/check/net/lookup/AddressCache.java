package io.openuptimes.check.net.lookup;

import io.openuptimes.runtime.BoundedMap;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Caches the addresses of the newest {@value #MAX_NAMES} names until their TTL expires. */
final class AddressCache {

    static final int MAX_NAMES = 50_000;
    private static final long MAX_TTL_S = TimeUnit.DAYS.toSeconds(1);

    private record Entry(List<InetAddress> addresses, long until) {}

    private final LongSupplier nanos;
    private final LongAdder evicted = new LongAdder();
    private final BoundedMap<String, Entry> entries = BoundedMap.insertionOrder(MAX_NAMES, evicted::increment);

    /**
     * @param nanos as {@link System#nanoTime}
     */
    AddressCache(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Nullable
    List<InetAddress> get(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            return null;
        }
        if (nanos.getAsLong() - entry.until >= 0) {
            entries.remove(name);
            return null;
        }
        return entry.addresses;
    }

    /**
     * @param ttl seconds; entries with 0 are not cached
     */
    void put(String name, List<InetAddress> addresses, long ttl) {
        entries.remove(name); // reinsert as the newest
        if (ttl > 0) {
            long until = nanos.getAsLong() + TimeUnit.SECONDS.toNanos(Math.min(ttl, MAX_TTL_S));
            entries.put(name, new Entry(List.copyOf(addresses), until));
        }
    }

    /** Number of names evicted by newer ones; callable from any thread. */
    long evicted() {
        return evicted.sum();
    }

    void clear() {
        entries.clear();
    }
}
