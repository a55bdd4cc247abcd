package io.openuptimes.check.net.tls;

import io.openuptimes.model.Target;
import java.time.Clock;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Limits how long a server's TLS sessions may be resumed. Each period begins with a full handshake and ends after a
 * fixed time, or earlier when a certificate seen in it expires. A session never outlives its period, because the
 * period's number replaces the port in the key of the engines' session caches.
 *
 * <p>Shared by all event loops.
 */
public final class Resumption {

    /**
     * Maximum number of servers tracked; the one whose period started earliest is evicted first. If more servers were
     * checked in turn, each would be evicted before its next check and no session would be resumed. Twice the number of
     * services that one process is designed for. Each takes about 200 bytes, plus its session.
     */
    public static final int MOST_SERVERS = 200_000;

    private static final class Period {

        final int number;
        final long from;
        long until;

        Period(int number, long from, long until) {
            this.number = number;
            this.from = from;
            this.until = until;
        }
    }

    private final long millis;
    private final Clock clock;
    private final int most;
    private final Map<String, Period> byServer = new LinkedHashMap<>();
    private final Map<Integer, Period> byNumber = new HashMap<>();
    private int newest;

    /**
     * @param seconds maximum length of a period
     * @param most maximum number of servers tracked
     */
    Resumption(int seconds, Clock clock, int most) {
        this.millis = seconds * 1000L;
        this.clock = clock;
        this.most = most;
    }

    /** Returns the number of the server's current period, or starts a new one. Numbers start at 1 and are unique. */
    synchronized int period(Target target) {
        String server = target.host() + ':' + target.port();
        long now = clock.millis();
        Period period = byServer.get(server);
        if (period == null || now >= period.until || now < period.from) {
            end(byServer.remove(server));
            newest = newest == Integer.MAX_VALUE ? 1 : newest + 1;
            period = new Period(newest, now, now + millis);
            byServer.put(server, period);
            byNumber.put(newest, period);
            if (byServer.size() > most) {
                Iterator<Period> eldest = byServer.values().iterator();
                end(eldest.next());
                eldest.remove();
            }
        }
        return period.number;
    }

    /**
     * Notes a certificate that was seen in a period.
     *
     * @param end when it expires, epoch milliseconds
     */
    synchronized void saw(int number, long end) {
        Period period = byNumber.get(number);
        if (period != null) {
            period.until = Math.min(period.until, end);
        }
    }

    private void end(@Nullable Period period) {
        if (period != null) {
            byNumber.remove(period.number);
        }
    }
}
