package io.openuptimes.store.once;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.openuptimes.bus.OnceMessage.BeginOnce;
import io.openuptimes.bus.OnceMessage.Begun;
import io.openuptimes.bus.OnceMessage.Begun.State;
import io.openuptimes.bus.OnceMessage.EndOnce;
import io.openuptimes.bus.OnceMessage.Kept;
import io.openuptimes.bus.OnceMessage.OnceKey;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.data.StoredJson;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of requests with an {@code Idempotency-Key}, which are executed only once. The number of records is bounded:
 * the oldest finished ones are dropped first. Records of requests in progress are never dropped.
 */
final class OnceStore {

    /**
     * Maximum numbers of records.
     *
     * @param ofCaller per caller, at least 1
     * @param total for all callers, at least 1
     */
    record Limits(int ofCaller, int total) {
        static final Limits USUAL = new Limits(1_000, 10_000);
    }

    /** How long an answer is kept. */
    private static final long KEPT_MS = TimeUnit.HOURS.toMillis(24);
    /** Longer than any request takes; a record still in progress after this was left by a process that died. */
    private static final long UNDER_WAY_MS = TimeUnit.MINUTES.toMillis(4);

    private static final Logger log = LoggerFactory.getLogger(OnceStore.class);

    private final Link link;
    private final Commits commits;
    private final Limits limits;
    private final Counter dropped;
    private final Counter refused;

    OnceStore(Link link, Commits commits, Limits limits, MeterRegistry registry) {
        this.link = link;
        this.commits = commits;
        this.limits = limits;
        dropped = limited(registry, "dropped");
        refused = limited(registry, "refused");
    }

    private static Counter limited(MeterRegistry registry, String outcome) {
        return Counter.builder("openuptimes.idempotency.limited")
                .description("Idempotency records evicted, and requests refused for lack of room")
                .tag("outcome", outcome)
                .register(registry);
    }

    Future<Begun> begin(BeginOnce request) {
        // written by an earlier version, up to 24 hours ago
        return link.send(Request.cmd(Command.GET).arg(Keys.onceUnlimited(request.key())))
                .compose(earlier -> earlier != null
                        ? Future.succeededFuture(known(earlier, request.fingerprint()))
                        : mark(request));
    }

    private Future<Begun> mark(BeginOnce request) {
        String mark = new JsonObject().put("fingerprint", request.fingerprint()).encode();
        return commits.run(
                        Script.ONCE_BEGIN,
                        keys(request.key()),
                        Keys.ONCE,
                        mark,
                        UNDER_WAY_MS,
                        limits.ofCaller(),
                        limits.total(),
                        KEPT_MS)
                .map(answer -> {
                    if (answer == null) {
                        throw new IllegalStateException("once_begin.lua answered nothing");
                    }
                    return begun(answer, request.fingerprint());
                });
    }

    private Begun begun(Response answer, String fingerprint) {
        return switch (answer.get(0).toString()) {
            case "known" -> known(answer.get(1), fingerprint);
            case "full" -> {
                refused.increment();
                yield new Begun(State.FULL, null);
            }
            default -> {
                dropped.increment(answer.get(1).toInteger());
                yield new Begun(State.FRESH, null);
            }
        };
    }

    private static Begun known(Response record, String fingerprint) {
        try {
            return StoredJson.read(record.toString(), known -> known(known, fingerprint));
        } catch (IllegalArgumentException e) {
            log.error(
                    "an idempotency record cannot be read: {}. Its request is refused until the record expires",
                    e.getMessage());
            return new Begun(State.OTHER, null); // the original request is unknown, so do not repeat it
        }
    }

    private static Begun known(JsonObject known, String fingerprint) {
        Integer status = known.getInteger("status");
        if (!fingerprint.equals(known.getString("fingerprint"))) {
            return new Begun(State.OTHER, null);
        }
        return status == null
                ? new Begun(State.UNDER_WAY, null)
                : new Begun(State.DONE, new Kept(status, StoredJson.required(known, "body"), known.getString("tag")));
    }

    Future<Void> end(EndOnce request) {
        Request call = Script.ONCE_END.call(3);
        keys(request.key()).forEach(call::arg);
        return link.send(call.arg(Keys.onceMember(request.key()))
                        .arg(record(request.fingerprint(), request.kept()))
                        .arg(KEPT_MS))
                .mapEmpty();
    }

    private static String record(String fingerprint, @Nullable Kept kept) {
        return kept == null
                ? ""
                : new JsonObject()
                        .put("fingerprint", fingerprint)
                        .put("status", kept.status())
                        .put("body", kept.body())
                        .put("tag", kept.tag())
                        .encode();
    }

    private static List<String> keys(OnceKey key) {
        return List.of(Keys.once(key), Keys.ONCE_INDEX, Keys.onceIndex(key));
    }
}
