package io.openuptimes.check.net.tls;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.openuptimes.model.Target;
import io.openuptimes.runtime.Caches;
import java.time.Clock;
import java.util.HashMap;
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
     * Maximum number of servers tracked; the period of an evicted one ends. Twice the number of services that one
     * process is designed for. Each takes about 250 bytes, plus its session.
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
    private final Cache<String, Period> byServer;
    private final Map<Integer, Period> byNumber = new HashMap<>();
    private int newest;

    /**
     * @param seconds maximum length of a period
     * @param most maximum number of servers tracked
     */
    Resumption(int seconds, Clock clock, int most) {
        this.millis = seconds * 1000L;
        this.clock = clock;
        this.byServer = Caches.atMost(most)
                .evictionListener((@Nullable String server, @Nullable Period period, RemovalCause cause) -> end(period))
                .build();
    }

    /** Returns the number of the server's current period, or starts a new one. Numbers start at 1 and are unique. */
    synchronized int period(Target target) {
        String server = target.host() + ':' + target.port();
        long now = clock.millis();
        Period period = byServer.getIfPresent(server);
        if (period == null || now >= period.until || now < period.from) {
            end(period);
            newest = newest == Integer.MAX_VALUE ? 1 : newest + 1;
            period = new Period(newest, now, now + millis);
            byNumber.put(newest, period);
            byServer.put(server, period);
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
