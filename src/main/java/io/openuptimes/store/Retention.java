package io.openuptimes.store;

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
 * before which nothing is shown any more, whatever is still stored: it makes a shorter TTL or a clearing final at once.
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

    /** Takes over what is stored; another node may have changed it. */
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
            // what is too old now stays gone, also if the TTL is made longer again
            long newFloor = Math.max(cutoff(), seconds == 0 ? 0 : clock.millis() - seconds * 1000);
            return raiseFloor(newFloor, Long.toString(seconds), false)
                    .onSuccess(done -> limits = new HistoryLimits(seconds, limits.floor()));
        });
    }

    /** Makes everything up to now invisible for good, and marks that its counts are to be cleared. */
    Future<Void> raiseFloorToNow() {
        return raiseFloor(clock.millis() + 1, "", true);
    }

    /** Whether somebody has begun to clear all counts, and not ended. */
    Future<Boolean> isClearing() {
        return link.send(Request.cmd(Command.HEXISTS).arg(Keys.SETTINGS).arg(CLEARING))
                .map(mark -> mark != null && mark.toInteger() == 1);
    }

    Future<Void> cleared() {
        return link.send(Request.cmd(Command.HDEL).arg(Keys.SETTINGS).arg(CLEARING))
                .mapEmpty();
    }

    /** Never lower than another node has raised it meanwhile. */
    private Future<Void> raiseFloor(long to, String ttl, boolean clearing) {
        return commits.run(Script.RAISE_FLOOR, List.of(Keys.SETTINGS), to, ttl, clearing ? 1 : 0)
                .onSuccess(raised ->
                        limits = new HistoryLimits(limits.ttlSeconds(), raised == null ? to : raised.toLong()))
                .mapEmpty();
    }

    /** The same for a service, none of whose results is older than itself. */
    long oldest(Past past) {
        return Math.max(cutoff(), past.firstDay() * Keys.DAY_MS);
    }

    /** The earliest timestamp that is shown, epoch milliseconds. */
    long cutoff() {
        return limits.cutoff(clock.millis());
    }
}
