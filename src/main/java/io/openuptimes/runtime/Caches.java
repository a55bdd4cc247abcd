package io.openuptimes.runtime;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** Bounded caches, safe for use by several threads. */
public final class Caches {

    private Caches() {}

    /**
     * A builder of a cache that evicts on the thread that inserts, so that it never holds more entries for long. It may
     * evict any entry, even the newest one; those used often or recently are kept the longest.
     *
     * @param entries maximum number
     */
    public static Caffeine<Object, Object> atMost(long entries) {
        return Caffeine.newBuilder().maximumSize(entries).executor(Runnable::run);
    }

    /** Loads the library's classes, which takes up to 100 ms: too long for an event loop. */
    public static void warmUp() {
        Cache<String, String> cache = atMost(1).build();
        cache.put("", "");
        cache.invalidateAll();
    }
}
