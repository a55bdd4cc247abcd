package io.openuptimes.store.history;

import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.data.HistoryLimits;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Past;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long history is kept.
 *
 * <p>A day's key expires when its last moment is older than the TTL; reads cut at the exact time. The floor is the time
 * before which nothing is shown, even if it is still stored: it makes a shorter TTL or a clearing final immediately.
 */
final class Retention {

    /** See {@code raise_floor.lua}. */
    private static final String CLEARING = "historyClearing";

    private final Link link;
    private final Commits commits;
    private final Clock clock;
    private volatile HistoryLimits limits = HistoryLimits.DEFAULT;

    /**
     * @param clock tells the time of day
     */
    Retention(Link link, Commits commits, Clock clock) {
        this.link = link;
        this.commits = commits;
        this.clock = clock;
    }

    /** Loads the stored values, which another node may have changed. */
    Future<Void> refresh() {
        return link.send(HistoryLimits.read()).map(this::take);
    }

    private @Nullable Void take(@Nullable Response fields) {
        limits = HistoryLimits.of(fields);
        return null;
    }

    /** Seconds, 0 for unlimited. */
    long ttlSeconds() {
        return limits.ttlSeconds();
    }

    Future<Void> setTtl(long seconds) {
        return refresh().compose(fresh -> {
            // expired history stays hidden even if the TTL is extended later
            long newFloor = Math.max(cutoff(), seconds == 0 ? 0 : clock.millis() - seconds * 1000);
            return raiseFloor(newFloor, Long.toString(seconds), false)
                    .onSuccess(done -> limits = new HistoryLimits(seconds, limits.floor()));
        });
    }

    /** Hides everything up to now for good and marks that its counts must be cleared. */
    Future<Void> raiseFloorToNow() {
        return raiseFloor(clock.millis() + 1, "", true);
    }

    /** Whether a clearing of all counts has begun and not finished. */
    Future<Boolean> isClearing() {
        return link.send(Request.cmd(Command.HEXISTS).arg(Keys.SETTINGS).arg(CLEARING))
                .map(mark -> mark != null && mark.toInteger() == 1);
    }

    Future<Void> cleared() {
        return link.send(Request.cmd(Command.HDEL).arg(Keys.SETTINGS).arg(CLEARING))
                .mapEmpty();
    }

    /** Never lowers a floor that another node has raised meanwhile. */
    private Future<Void> raiseFloor(long to, String ttl, boolean clearing) {
        return commits.run(Script.RAISE_FLOOR, List.of(Keys.SETTINGS), to, ttl, clearing ? 1 : 0)
                .onSuccess(raised ->
                        limits = new HistoryLimits(limits.ttlSeconds(), raised == null ? to : raised.toLong()))
                .mapEmpty();
    }

    /** The cutoff for one service, at the earliest its creation. */
    long oldest(Past past) {
        return Math.max(cutoff(), past.firstDay() * Keys.DAY_MS);
    }

    /** The earliest timestamp that is shown, epoch milliseconds. */
    long cutoff() {
        return limits.cutoff(clock.millis());
    }
}
