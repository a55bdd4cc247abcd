package io.openuptimes.store;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Transition;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/** What {@link ResultWriter} sends to Redis. */
final class RecordCommands {

    private static final int MAX_TRANSITIONS_KEPT = 100_000;

    private RecordCommands() {}

    /** Writes a result: status, history and rollup in one step, see {@code record.lua} for what it answers. */
    static Request record(CheckResult result, Retention retention) {
        String id = result.serviceId();
        int partition = Keys.partition(id);
        long day = Keys.day(result.timestamp());
        byte[] entry = tail(result, false);
        return Script.RECORD
                .call(3)
                .arg(Keys.status(partition))
                .arg(Keys.history(id, day))
                .arg(Keys.rollup(id))
                .arg(id)
                .arg(result.timestamp())
                .arg(result.outcome().code())
                .arg(StatusCodec.encodeTail(result))
                .arg(day * Keys.DAY_MS)
                .arg(retention.expiryOf(day))
                .arg(entry)
                .arg(result.error().isEmpty() ? entry : tail(result, true))
                .arg(Math.floorDiv(result.timestamp(), Rollup.HOUR_MS))
                .arg(day)
                .arg(result.responseTime());
    }

    private static byte[] tail(CheckResult result, boolean sameText) {
        return HistoryCodec.encodeTail(
                result.outcome(), result.responseTime(), result.statusCode(), result.error(), sameText);
    }

    /** Appends a transition to the stream of all. */
    static Request append(Transition transition) {
        return Request.cmd(Command.XADD)
                .arg(Keys.TRANSITIONS)
                .arg("MAXLEN")
                .arg("~")
                .arg(MAX_TRANSITIONS_KEPT)
                .arg("*")
                .arg("id")
                .arg(transition.serviceId())
                .arg("from")
                .arg(transition.from().word())
                .arg("to")
                .arg(transition.to().word())
                .arg("at")
                .arg(transition.at())
                .arg("cause")
                .arg(transition.cause().word())
                .arg("error")
                .arg(transition.error());
    }
}
