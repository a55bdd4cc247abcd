package io.openuptimes.store;

import io.openuptimes.bus.AccessMessage.CompleteSetup;
import io.openuptimes.bus.AccessMessage.Installation;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.model.ApiKey;
import io.openuptimes.model.Scope;
import io.openuptimes.model.Session;
import io.openuptimes.model.Site;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** API keys, sessions and the installation's own settings. Knows hashes only, never a secret. */
final class AccessStore {

    private final RedisLink link;
    private final Clock clock;

    AccessStore(RedisLink link, Clock clock) {
        this.link = link;
        this.clock = clock;
    }

    Future<List<ApiKey>> keys() {
        return link.batch(List.of(
                        Request.cmd(Command.HGETALL).arg(Keys.API_KEYS),
                        Request.cmd(Command.HGETALL).arg(Keys.API_KEYS_USED)))
                .map(answers -> {
                    Response records = answers.get(0);
                    Response used = answers.get(1);
                    List<ApiKey> keys = new ArrayList<>();
                    if (records != null) {
                        for (String id : records.getKeys()) {
                            Response lastUsed = used == null ? null : used.get(id);
                            keys.add(key(id, records.get(id).toString(), lastUsed));
                        }
                    }
                    keys.sort(Comparator.comparingLong(ApiKey::createdAt).thenComparing(ApiKey::id));
                    return List.copyOf(keys);
                });
    }

    Future<@Nullable ApiKey> key(String id) {
        return link.send(Request.cmd(Command.HGET).arg(Keys.API_KEYS).arg(id))
                .map(json -> json == null ? null : key(id, json.toString(), null));
    }

    private static ApiKey key(String id, String json, @Nullable Response lastUsed) {
        JsonObject fields = new JsonObject(json);
        return new ApiKey(
                id,
                fields.getString("name"),
                Scope.ofWord(fields.getString("scope")).orElseThrow(),
                fields.getString("prefix"),
                fields.getString("hash"),
                fields.getLong("createdAt"),
                lastUsed == null ? 0 : lastUsed.toLong());
    }

    Future<Void> save(ApiKey key) {
        JsonObject fields = new JsonObject()
                .put("name", key.name())
                .put("scope", key.scope().word())
                .put("prefix", key.prefix())
                .put("hash", key.hash())
                .put("createdAt", key.createdAt());
        return link.send(Request.cmd(Command.HSET)
                        .arg(Keys.API_KEYS)
                        .arg(key.id())
                        .arg(fields.encode()))
                .mapEmpty();
    }

    /**
     * @return fails with {@link Failures#NOT_FOUND}
     */
    Future<Void> deleteKey(String id) {
        return link.batch(List.of(
                        Request.cmd(Command.HDEL).arg(Keys.API_KEYS).arg(id),
                        Request.cmd(Command.HDEL).arg(Keys.API_KEYS_USED).arg(id)))
                .compose(answers -> {
                    Response deleted = answers.get(0);
                    return deleted != null && deleted.toInteger() == 1
                            ? Future.succeededFuture()
                            : Future.failedFuture(new Refused(Failures.NOT_FOUND, "Key not found"));
                });
    }

    Future<Void> touchKey(String id, long at) {
        return link.send(Request.cmd(Command.HSET)
                        .arg(Keys.API_KEYS_USED)
                        .arg(id)
                        .arg(at))
                .mapEmpty();
    }

    Future<Installation> installation() {
        return link.send(Request.cmd(Command.HMGET)
                        .arg(Keys.SETTINGS)
                        .arg("setupCompleted")
                        .arg("siteName")
                        .arg("passwordHash")
                        .arg("sessionEpoch"))
                .map(fields -> new Installation(
                        text(fields, 0) != null,
                        Objects.requireNonNullElse(text(fields, 1), Site.DEFAULT_NAME),
                        text(fields, 2),
                        Long.parseLong(Objects.requireNonNullElse(text(fields, 3), "0"))));
    }

    private static @Nullable String text(@Nullable Response fields, int index) {
        Response field = fields == null ? null : fields.get(index);
        return field == null ? null : field.toString();
    }

    /**
     * @return fails with {@link Failures#CONFLICT} if it was complete already
     */
    Future<Void> completeSetup(CompleteSetup setup) {
        Request call = Script.COMPLETE_SETUP.call(1).arg(Keys.SETTINGS);
        if (setup.siteName() != null) {
            call.arg("siteName").arg(setup.siteName());
        }
        if (setup.passwordHash() != null) {
            call.arg("passwordHash").arg(setup.passwordHash());
        }
        return link.send(call)
                .compose(done -> done != null && done.toInteger() == 1
                        ? Future.succeededFuture()
                        : Future.failedFuture(new Refused(Failures.CONFLICT, "Setup is already completed")));
    }

    /** Sets the password and starts a new epoch: every session there is has ended. */
    Future<Installation> changePassword(String passwordHash) {
        return link.batch(List.of(
                        Request.cmd(Command.MULTI),
                        Request.cmd(Command.HSET)
                                .arg(Keys.SETTINGS)
                                .arg("passwordHash")
                                .arg(passwordHash),
                        Request.cmd(Command.HINCRBY)
                                .arg(Keys.SETTINGS)
                                .arg("sessionEpoch")
                                .arg(1),
                        Request.cmd(Command.EXEC)))
                .compose(done -> installation());
    }

    /** Starts a new epoch: every session there is has ended. */
    Future<Void> endSessions() {
        return link.send(Request.cmd(Command.HINCRBY)
                        .arg(Keys.SETTINGS)
                        .arg("sessionEpoch")
                        .arg(1))
                .mapEmpty();
    }

    Future<Void> save(Session session) {
        JsonObject fields = new JsonObject()
                .put("csrf", session.csrfToken())
                .put("epoch", session.epoch())
                .put("createdAt", session.createdAt())
                .put("expiresAt", session.expiresAt());
        return link.send(Request.cmd(Command.SET)
                        .arg(Keys.session(session.tokenHash()))
                        .arg(fields.encode())
                        .arg("PX")
                        .arg(Math.max(1, session.expiresAt() - clock.millis())))
                .mapEmpty();
    }

    /** Null where there is none, or it expired, or its epoch is over. */
    Future<@Nullable Session> session(String tokenHash) {
        return link.batch(List.of(
                        Request.cmd(Command.GET).arg(Keys.session(tokenHash)),
                        Request.cmd(Command.HGET).arg(Keys.SETTINGS).arg("sessionEpoch")))
                .map(answers -> {
                    Response stored = answers.get(0);
                    Response epoch = answers.get(1);
                    return stored == null
                            ? null
                            : session(tokenHash, stored.toString(), epoch == null ? 0 : epoch.toLong());
                });
    }

    private @Nullable Session session(String tokenHash, String json, long currentEpoch) {
        JsonObject fields = new JsonObject(json);
        Session session = new Session(
                tokenHash,
                fields.getString("csrf"),
                fields.getLong("epoch"),
                fields.getLong("createdAt"),
                fields.getLong("expiresAt"));
        boolean valid = session.epoch() == currentEpoch && session.expiresAt() > clock.millis();
        return valid ? session : null;
    }

    Future<Void> deleteSession(String tokenHash) {
        return link.send(Request.cmd(Command.DEL).arg(Keys.session(tokenHash))).mapEmpty();
    }
}
