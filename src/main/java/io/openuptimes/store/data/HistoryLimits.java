package io.openuptimes.store.data;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import org.jspecify.annotations.Nullable;

/**
 * Which of the history is shown, as it stands in the settings.
 *
 * @param ttlSeconds how long it is kept, 0 for ever
 * @param floor before which nothing is shown, epoch milliseconds
 */
public record HistoryLimits(long ttlSeconds, long floor) {

    public static final String TTL = "historyTtl";
    public static final String FLOOR = "historyFloor";

    /** Of settings that say nothing. */
    public static final HistoryLimits DEFAULT = new HistoryLimits(86_400, 0);

    /** Asks for what {@link #of} takes. */
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

    /** When the history and the peers of a day expire, epoch milliseconds; 0 for never. */
    public static long expiryOf(long day, long ttlSeconds) {
        return ttlSeconds == 0 ? 0 : (day + 1) * Keys.DAY_MS + ttlSeconds * 1000;
    }
}
