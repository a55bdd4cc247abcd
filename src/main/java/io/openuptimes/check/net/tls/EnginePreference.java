package io.openuptimes.check.net.tls;

import com.github.benmanes.caffeine.cache.Cache;
import io.openuptimes.model.Target;
import io.openuptimes.runtime.Caches;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/**
 * Remembers, for some hours, the servers with which the JDK's engine succeeded twice in a row after BoringSSL had
 * failed; handshakes with them start with the JDK's engine. One success is not enough: an overloaded or failing server
 * may send an alert to one handshake and accept the next, with either engine.
 *
 * <p>Shared by all event loops.
 */
final class EnginePreference {

    static final long MILLIS = TimeUnit.HOURS.toMillis(6);
    private static final int ENOUGH_CURES = 2;
    /** An evicted server's next checks need two handshakes each. */
    static final int MOST_SERVERS = 10_000;

    private record Server(String host, int port) {
        static Server of(Target target) {
            return new Server(target.host(), target.port());
        }
    }

    /**
     * Consecutive successes of the JDK's engine after a BoringSSL failure; they count for some hours after the last.
     */
    private final Cache<Server, Integer> cures;

    EnginePreference(Clock clock) {
        cures = Caches.atMost(MOST_SERVERS)
                .expireAfterWrite(MILLIS, TimeUnit.MILLISECONDS)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    boolean isJdk(Target target) {
        return cures(target) >= ENOUGH_CURES;
    }

    /** Returns whether a BoringSSL success must be reported with {@link #forget}. */
    boolean isSuspect(Target target) {
        return cures(target) > 0;
    }

    private int cures(Target target) {
        if (cures.estimatedSize() == 0) { // as usual
            return 0;
        }
        Integer known = cures.getIfPresent(Server.of(target));
        return known == null ? 0 : known;
    }

    /** Called when the JDK's engine succeeds on the second try. */
    void cured(Target target) {
        cures.asMap().merge(Server.of(target), 1, Integer::sum);
    }

    /** Called when the JDK's engine fails or BoringSSL succeeds. */
    void forget(Target target) {
        cures.invalidate(Server.of(target));
    }
}
