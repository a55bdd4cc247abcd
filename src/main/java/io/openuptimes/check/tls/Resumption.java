package io.openuptimes.check.tls;

import io.openuptimes.model.Target;
import java.time.Clock;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For how long the TLS sessions of a server may be resumed: in periods, each of which begins with a full handshake and
 * ends after a set time, or when a certificate that was seen in it expires. A session never outlives its period: to the
 * engines, the number of the period is the port in the key of their session caches.
 *
 * <p>Used by all event loops.
 */
public final class Resumption {

    /**
     * Servers that are remembered; those go first whose period has lasted longest. With more in turn, each would be gone
     * before its next check, and nothing resumed at all. Twice the services that one process is made for. Each takes some
     * 200 bytes, besides its session.
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
     * @param seconds the longest that a period lasts
     * @param most servers that are remembered
     */
    Resumption(int seconds, Clock clock, int most) {
        this.millis = seconds * 1000L;
        this.clock = clock;
        this.most = most;
    }

    /** The number of the period that the server is in, or of a new one: from 1 on, no two of them the same. */
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
     * In that period a certificate was seen.
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
