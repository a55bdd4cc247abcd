package io.openuptimes.check.tls;

import io.openuptimes.model.Target;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Remembers the servers with which the JDK's engine succeeded after BoringSSL had failed, for some hours: until then,
 * handshakes with them begin with the JDK's.
 *
 * <p>Used by all event loops.
 */
final class EnginePreference {

    static final long MILLIS = TimeUnit.HOURS.toMillis(6);
    /** The oldest is forgotten first; its next check makes two handshakes. */
    static final int MOST_SERVERS = 10_000;

    private record Server(String host, int port) {
        static Server of(Target target) {
            return new Server(target.host(), target.port());
        }
    }

    private final Clock clock;
    private volatile boolean any;

    private final Map<Server, Long> ends = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Server, Long> eldest) {
            return size() > MOST_SERVERS;
        }
    };

    EnginePreference(Clock clock) {
        this.clock = clock;
    }

    boolean isJdk(Target target) {
        return any && find(Server.of(target));
    }

    private synchronized boolean find(Server server) {
        Long end = ends.get(server);
        return end != null && clock.millis() < end;
    }

    synchronized void remember(Target target) {
        ends.put(Server.of(target), clock.millis() + MILLIS);
        any = true;
    }

    synchronized void forget(Target target) {
        ends.remove(Server.of(target));
        any = !ends.isEmpty();
    }
}
