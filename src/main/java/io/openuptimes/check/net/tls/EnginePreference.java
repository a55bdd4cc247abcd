package io.openuptimes.check.net.tls;

import io.openuptimes.model.Target;
import io.openuptimes.runtime.BoundedMap;
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
    /** The oldest is evicted first; its next checks need two handshakes. */
    static final int MOST_SERVERS = 10_000;

    private record Server(String host, int port) {
        static Server of(Target target) {
            return new Server(target.host(), target.port());
        }
    }

    /**
     * @param cures consecutive successes of the JDK's engine after a BoringSSL failure
     * @param end when the entry expires, epoch milliseconds
     */
    private record Cured(int cures, long end) {}

    private final Clock clock;
    private volatile boolean any;

    private final BoundedMap<Server, Cured> cured = BoundedMap.insertionOrder(MOST_SERVERS);

    EnginePreference(Clock clock) {
        this.clock = clock;
    }

    boolean isJdk(Target target) {
        return any && cures(Server.of(target)) >= ENOUGH_CURES;
    }

    /** Returns whether a BoringSSL success must be reported with {@link #forget}. */
    boolean isSuspect(Target target) {
        return any && cures(Server.of(target)) > 0;
    }

    private synchronized int cures(Server server) {
        Cured known = cured.get(server);
        return known != null && clock.millis() < known.end() ? known.cures() : 0;
    }

    /** Called when the JDK's engine succeeds on the second try. */
    synchronized void cured(Target target) {
        Server server = Server.of(target);
        int cures = cures(server) + 1;
        cured.putLast(server, new Cured(cures, clock.millis() + MILLIS));
        any = true;
    }

    /** Called when the JDK's engine fails or BoringSSL succeeds. */
    synchronized void forget(Target target) {
        cured.remove(Server.of(target));
        any = !cured.isEmpty();
    }
}
