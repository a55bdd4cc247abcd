package io.openuptimes.check.tls;

import io.openuptimes.model.Target;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Remembers the servers with which the JDK's engine succeeded twice in a row after BoringSSL had failed, for some hours:
 * until then, handshakes with them begin with the JDK's. Once is not enough: a server in trouble may send an alert to
 * one handshake and accept the next, whichever engine makes it.
 *
 * <p>Used by all event loops.
 */
final class EnginePreference {

    static final long MILLIS = TimeUnit.HOURS.toMillis(6);
    private static final int ENOUGH_CURES = 2;
    /** The oldest is forgotten first; its next checks make two handshakes. */
    static final int MOST_SERVERS = 10_000;

    private record Server(String host, int port) {
        static Server of(Target target) {
            return new Server(target.host(), target.port());
        }
    }

    /**
     * @param cures how often in a row the JDK's engine succeeded where BoringSSL had failed
     * @param end when that is forgotten, epoch milliseconds
     */
    private record Cured(int cures, long end) {}

    private final Clock clock;
    private volatile boolean any;

    private final Map<Server, Cured> cured = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Server, Cured> eldest) {
            return size() > MOST_SERVERS;
        }
    };

    EnginePreference(Clock clock) {
        this.clock = clock;
    }

    boolean isJdk(Target target) {
        return any && cures(Server.of(target)) >= ENOUGH_CURES;
    }

    /** Whether a success of BoringSSL should be told by {@link #forget}. */
    boolean isSuspect(Target target) {
        return any && cures(Server.of(target)) > 0;
    }

    private synchronized int cures(Server server) {
        Cured known = cured.get(server);
        return known != null && clock.millis() < known.end() ? known.cures() : 0;
    }

    /** The JDK's engine succeeded in the second try. */
    synchronized void cured(Target target) {
        Server server = Server.of(target);
        int cures = cures(server) + 1;
        cured.remove(server); // the newest is the last in the order
        cured.put(server, new Cured(cures, clock.millis() + MILLIS));
        any = true;
    }

    /** The JDK's engine failed, or BoringSSL succeeded. */
    synchronized void forget(Target target) {
        cured.remove(Server.of(target));
        any = !cured.isEmpty();
    }
}
