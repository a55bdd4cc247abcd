package io.openuptimes.store.data;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import org.jspecify.annotations.Nullable;

/**
 * Limits of the visible history, from the settings.
 *
 * @param ttlSeconds how long it is kept, 0 for unlimited
 * @param floor nothing before this time is shown, epoch milliseconds
 */
public record HistoryLimits(long ttlSeconds, long floor) {

    public static final String TTL = "historyTtl";
    public static final String FLOOR = "historyFloor";

    /** Used if the settings contain none. */
    public static final HistoryLimits DEFAULT = new HistoryLimits(86_400, 0);

    /** Request for the values that {@link #of} takes. */
    public static Request read() {
        return Request.cmd(Command.HMGET).arg(Keys.SETTINGS).arg(TTL).arg(FLOOR);
    }

    public static HistoryLimits of(@Nullable Response fields) {
        Response ttl = fields == null ? null : fields.get(0);
        Response from = fields == null ? null : fields.get(1);
        return new HistoryLimits(
                ttl == null ? DEFAULT.ttlSeconds() : ttl.toLong(), from == null ? DEFAULT.floor() : from.toLong());
    }

    /**
     * The earliest timestamp that is shown, epoch milliseconds.
     *
     * @param now epoch milliseconds
     */
    public long cutoff(long now) {
        return Math.max(ttlSeconds == 0 ? 0 : now - ttlSeconds * 1000, floor);
    }

    /** When a day's history and peers expire, epoch milliseconds; 0 for never. */
    public static long expiryOf(long day, long ttlSeconds) {
        return ttlSeconds == 0 ? 0 : (day + 1) * Keys.DAY_MS + ttlSeconds * 1000;
    }
}
