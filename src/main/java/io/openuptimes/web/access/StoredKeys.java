package io.openuptimes.web.access;

import static io.openuptimes.bus.AccessMessage.FIND_KEY;
import static io.openuptimes.bus.AccessMessage.TOUCH_KEY;

import com.github.benmanes.caffeine.cache.Cache;
import io.openuptimes.bus.AccessMessage.FindKey;
import io.openuptimes.bus.AccessMessage.TouchKey;
import io.openuptimes.bus.Bus;
import io.openuptimes.model.ApiKey;
import io.openuptimes.runtime.Caches;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Looks up keys in the store, cached for less than a second. */
final class StoredKeys {

    static final int REMEMBERED = 10_000;

    private static final long TIMEOUT = 5_000;
    private static final long TOUCH_INTERVAL = 60_000;

    private final Bus bus;
    private final LongSupplier clock;
    private final ShortMemory<Caller> memory;
    /** When the last use was recorded, by key id; epoch milliseconds. */
    private final Cache<String, Long> touched = Caches.atMost(REMEMBERED).build();

    /**
     * @param clock epoch milliseconds
     * @param nanoClock as {@link System#nanoTime}
     */
    StoredKeys(Bus bus, LongSupplier clock, LongSupplier nanoClock) {
        this.bus = bus;
        this.clock = clock;
        this.memory = new ShortMemory<>(REMEMBERED, nanoClock);
    }

    @Nullable
    Caller fresh(String hash) {
        return memory.fresh(hash);
    }

    boolean hasExpired(Caller caller) {
        return caller.limits().isExpired(clock.getAsLong());
    }

    boolean isAsked(String hash) {
        return memory.isAsked(hash);
    }

    /**
     * @param id the ID that is part of the key
     * @param hash SHA-256 of the key
     * @return empty if there is no such key; fails if the store is unavailable
     */
    Future<Optional<Caller>> find(String id, String hash) {
        return memory.find(
                hash, () -> bus.request(FIND_KEY, new FindKey(id), TIMEOUT).map(found -> verified(found.key(), hash)));
    }

    /** Like {@link #find}, but bypasses the cache. */
    Future<Optional<Caller>> findAnew(String id, String hash) {
        memory.forget(hash);
        return find(id, hash);
    }

    /** Makes this node reject revoked keys at once. */
    void forgetAll() {
        memory.forgetAll();
    }

    private Optional<Caller> verified(@Nullable ApiKey key, String hash) {
        if (key == null || !Secrets.equal(key.hash(), hash)) {
            return Optional.empty();
        }
        touch(key);
        return Optional.of(Caller.of(key));
    }

    /** Records the last use to the minute; a write per request would not be worth it. */
    private void touch(ApiKey key) {
        long now = clock.getAsLong();
        Long last = touched.getIfPresent(key.id());
        if (now - Math.max(key.lastUsed(), last == null ? 0 : last) >= TOUCH_INTERVAL) {
            touched.put(key.id(), now);
            bus.send(TOUCH_KEY, new TouchKey(key.id(), now));
        }
    }
}
