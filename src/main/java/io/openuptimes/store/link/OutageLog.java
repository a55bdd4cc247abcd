package io.openuptimes.store.link;

import io.openuptimes.model.Excerpt;
import io.openuptimes.runtime.Lengths;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the start and end of a Redis outage once for all links of the process, with a reminder every
 * {@value #REMIND_S} s. Outages in quick succession share one line. Thread-safe.
 */
final class OutageLog {

    static final int REMIND_S = 60;
    /** Minimum interval between lines about new outages. */
    static final int APART_S = 15;

    private static final int MAX_REASON = 200;

    private static final Logger log = LoggerFactory.getLogger(OutageLog.class);

    private final LongSupplier nanoClock;
    private final Set<String> away = new HashSet<>();
    private boolean wasThere;
    private boolean told;
    private long since;
    private @Nullable Long lastTold;

    /**
     * @param nanoClock like {@link System#nanoTime}
     */
    OutageLog(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** A link lost its connection or cannot connect. */
    synchronized void away(String link, @Nullable Throwable failure) {
        long now = nanoClock.getAsLong();
        if (away.isEmpty()) {
            since = now;
            told = false;
        }
        away.add(link);
        Long last = lastTold;
        long apart = TimeUnit.SECONDS.toNanos(told ? REMIND_S : APART_S);
        if (last == null || now - last >= apart) {
            String reason = failure == null
                    ? "the connection was closed"
                    : Excerpt.oneLine(String.valueOf(RedisErrors.reason(failure)), MAX_REASON);
            tell(reason, now);
        }
    }

    private void tell(String reason, long now) {
        lastTold = now;
        if (!wasThere) {
            log.warn(
                    "Redis cannot be reached ({}); trying again. Check that it runs, and redis.url"
                            + " (OPENUPTIMES_REDIS_URL)",
                    reason);
        } else if (told) {
            log.warn("Redis cannot be reached for {} ({}); trying again", text(now), reason);
        } else {
            log.warn(
                    "Redis cannot be reached ({}); trying again. Checks go on, their results wait, and changes are"
                            + " refused. Check that it runs and can be reached from this machine",
                    reason);
        }
        told = true;
    }

    /** A link has connected. The outage ends when all links have. */
    synchronized void there(String link) {
        boolean wasAway = away.remove(link);
        if (!away.isEmpty() || (wasThere && !wasAway)) {
            return;
        }
        if (!wasThere) {
            wasThere = true;
            log.info("connected to Redis");
        } else if (told) {
            log.info("Redis is back after {}", text(nanoClock.getAsLong()));
        }
        told = false;
    }

    /** A link has been closed for good. */
    synchronized void closed(String link) {
        away.remove(link);
    }

    private String text(long now) {
        return Lengths.text(TimeUnit.NANOSECONDS.toMillis(now - since));
    }
}
