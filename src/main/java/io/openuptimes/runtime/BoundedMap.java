package io.openuptimes.runtime;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A map that evicts its eldest entry when it exceeds its capacity. Not thread-safe.
 *
 * <p>A new entry is always kept and the evicted one is predictable, which rate limits and sequence numbers rely on. A
 * Caffeine cache may drop a new entry in favor of one that was used more often, and takes 35 to 50 bytes more per
 * entry. Prefer Caffeine where several threads share a cache and may lose any entry of it.
 */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

    private final int capacity;
    private final Runnable onEviction;

    private BoundedMap(int capacity, boolean accessOrder, Runnable onEviction) {
        super(16, 0.75f, accessOrder);
        this.capacity = capacity;
        this.onEviction = onEviction;
    }

    /** Evicts the entry that was inserted first. Replacing a value keeps the entry's place, see {@link #putLast}. */
    public static <K, V> BoundedMap<K, V> insertionOrder(int capacity) {
        return insertionOrder(capacity, () -> {});
    }

    /**
     * As {@link #insertionOrder(int)}.
     *
     * @param onEviction called for each entry evicted for lack of room; must not change the map
     */
    public static <K, V> BoundedMap<K, V> insertionOrder(int capacity, Runnable onEviction) {
        return new BoundedMap<>(capacity, false, onEviction);
    }

    /** Evicts the least recently used entry; {@link #get} and {@link #put} count as use. */
    public static <K, V> BoundedMap<K, V> accessOrder(int capacity) {
        return new BoundedMap<>(capacity, true, () -> {});
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        boolean full = size() > capacity;
        if (full) {
            onEviction.run();
        }
        return full;
    }

    /** Inserts the entry, or replaces it and makes it the youngest. */
    public void putLast(K key, V value) {
        remove(key);
        put(key, value);
    }

    /** Drops stale entries, eldest first, only a few per call so that no caller waits long. */
    public void dropStale(Predicate<V> stale) {
        Iterator<V> eldestFirst = values().iterator();
        for (int i = 0; i < 4 && eldestFirst.hasNext(); i++) {
            if (!stale.test(eldestFirst.next())) {
                return;
            }
            eldestFirst.remove();
        }
    }
}
