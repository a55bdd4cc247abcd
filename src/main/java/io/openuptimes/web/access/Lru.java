package io.openuptimes.web.access;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** A bounded map that evicts the least recently used entry. Not thread-safe. */
final class Lru<V> extends LinkedHashMap<String, V> {

    private final int capacity;

    Lru(int capacity) {
        super(16, 0.75f, true);
        this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > capacity;
    }

    /** Drops stale entries, oldest first, only a few per call so that no caller waits long. */
    void dropStale(Predicate<V> stale) {
        Iterator<V> oldestFirst = values().iterator();
        for (int i = 0; i < 4 && oldestFirst.hasNext(); i++) {
            if (!stale.test(oldestFirst.next())) {
                return;
            }
            oldestFirst.remove();
        }
    }
}
