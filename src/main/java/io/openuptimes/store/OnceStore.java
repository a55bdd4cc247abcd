package io.openuptimes.store;

import io.openuptimes.bus.OnceMessage.BeginOnce;
import io.openuptimes.bus.OnceMessage.Begun;
import io.openuptimes.bus.OnceMessage.Begun.State;
import io.openuptimes.bus.OnceMessage.EndOnce;
import io.openuptimes.bus.OnceMessage.Kept;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Answers to requests with a key that makes them be carried out once. */
final class OnceStore {

    /** How long an answer is kept. */
    private static final long KEPT_MS = TimeUnit.HOURS.toMillis(24);
    /** Longer than anything takes: what is under way so long ended with its process. */
    private static final long UNDER_WAY_MS = TimeUnit.MINUTES.toMillis(4);

    private final Link link;
    private final Commits commits;

    OnceStore(Link link, Commits commits) {
        this.link = link;
        this.commits = commits;
    }

    Future<Begun> begin(BeginOnce request) {
        String mark = new JsonObject().put("fingerprint", request.fingerprint()).encode();
        return commits.run("SET", Keys.once(request.key()), mark, "PX", UNDER_WAY_MS, "NX")
                .compose(marked -> marked != null
                        ? Future.succeededFuture(new Begun(State.FRESH, null))
                        : link.send(Request.cmd(Command.GET).arg(Keys.once(request.key())))
                                // if it has expired just now, the next try finds nothing
                                .map(known ->
                                        known == null ? new Begun(State.UNDER_WAY, null) : known(known, request)));
    }

    private static Begun known(Response record, BeginOnce request) {
        JsonObject known = new JsonObject(record.toString());
        Integer status = known.getInteger("status");
        if (!request.fingerprint().equals(known.getString("fingerprint"))) {
            return new Begun(State.OTHER, null);
        }
        return status == null
                ? new Begun(State.UNDER_WAY, null)
                : new Begun(State.DONE, new Kept(status, known.getString("body"), known.getString("tag")));
    }

    Future<Void> end(EndOnce request) {
        Kept kept = request.kept();
        return link.send(kept == null ? Request.cmd(Command.DEL).arg(Keys.once(request.key())) : keep(request, kept))
                .mapEmpty();
    }

    private static Request keep(EndOnce request, Kept kept) {
        @Nullable String tag = kept.tag();
        JsonObject record = new JsonObject()
                .put("fingerprint", request.fingerprint())
                .put("status", kept.status())
                .put("body", kept.body())
                .put("tag", tag);
        return set(request.key(), record.encode(), KEPT_MS);
    }

    private static Request set(String key, String value, long forMs) {
        return Request.cmd(Command.SET).arg(Keys.once(key)).arg(value).arg("PX").arg(forMs);
    }
}
