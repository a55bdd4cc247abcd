package io.openuptimes.store.access;

import io.openuptimes.bus.AccessMessage.CompleteSetup;
import io.openuptimes.bus.AccessMessage.Installation;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.model.ApiKey;
import io.openuptimes.model.Session;
import io.openuptimes.model.Site;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.data.ApiKeyCodec;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.data.StoredJson;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions and the installation's settings. Stores only hashes, never secrets. */
final class AccessStore {

    private static final Logger log = LoggerFactory.getLogger(AccessStore.class);

    private final Link link;
    private final Commits commits;
    private final Clock clock;

    AccessStore(Link link, Commits commits, Clock clock) {
        this.link = link;
        this.commits = commits;
        this.clock = clock;
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
     * Completes setup and stores the first API key in one step.
     *
     * @return fails with {@link Failures#CONFLICT} if setup was already complete
     */
    Future<Void> completeSetup(CompleteSetup setup) {
        ApiKey key = setup.key();
        List<String> fields =
                new ArrayList<>(key == null ? List.of("", "") : List.of(key.id(), ApiKeyCodec.encode(key)));
        if (setup.siteName() != null) {
            fields.addAll(List.of("siteName", setup.siteName()));
        }
        if (setup.passwordHash() != null) {
            fields.addAll(List.of("passwordHash", setup.passwordHash()));
        }
        return commits.run(Script.COMPLETE_SETUP, List.of(Keys.SETTINGS, Keys.API_KEYS_SETUP), fields.toArray())
                .compose(done -> done != null && done.toInteger() == 1
                        ? Future.succeededFuture()
                        : Future.failedFuture(new Refused(Failures.CONFLICT, "Setup is already completed")));
    }

    /** Sets the password and starts a new epoch, which ends all sessions. */
    Future<Installation> changePassword(String passwordHash) {
        // read first, so that nothing can fail once the change is committed
        return installation()
                .compose(before -> commits.run(Script.CHANGE_PASSWORD, List.of(Keys.SETTINGS), passwordHash)
                        .map(epoch -> new Installation(
                                before.setupCompleted(),
                                before.siteName(),
                                passwordHash,
                                epoch == null ? before.sessionEpoch() + 1 : epoch.toLong())));
    }

    /** Starts a new epoch, which ends all sessions. */
    Future<Void> endSessions() {
        return commits.run("HINCRBY", Keys.SETTINGS, "sessionEpoch", 1).mapEmpty();
    }

    Future<Void> save(Session session) {
        return commits.run(set(session).toArray()).mapEmpty();
    }

    /** Extends a session. Null if any node has ended it meanwhile. */
    Future<@Nullable Session> prolong(Session session) {
        Request set = Request.cmd(Command.SET);
        set(session).stream().skip(1).forEach(word -> set.arg(word.toString()));
        return link.send(set.arg("XX")).map(kept -> kept == null ? null : session);
    }

    private List<Object> set(Session session) {
        JsonObject fields = new JsonObject()
                .put("csrf", session.csrfToken())
                .put("epoch", session.epoch())
                .put("createdAt", session.createdAt())
                .put("expiresAt", session.expiresAt());
        return List.of(
                "SET",
                Keys.session(session.tokenHash()),
                fields.encode(),
                "PX",
                Math.max(1, session.expiresAt() - clock.millis()));
    }

    /** Null if there is none, it has expired, or its epoch is over. */
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
        Session session;
        try {
            session = StoredJson.read(json, fields -> session(tokenHash, fields));
        } catch (IllegalArgumentException e) {
            log.error("a session cannot be read, and is ended: {}", e.getMessage());
            return null;
        }
        boolean valid = session.epoch() == currentEpoch && session.expiresAt() > clock.millis();
        return valid ? session : null;
    }

    private static Session session(String tokenHash, JsonObject fields) {
        return new Session(
                tokenHash,
                StoredJson.required(fields, "csrf"),
                StoredJson.requiredLong(fields, "epoch"),
                StoredJson.requiredLong(fields, "createdAt"),
                StoredJson.requiredLong(fields, "expiresAt"));
    }

    Future<Void> deleteSession(String tokenHash) {
        return commits.run("DEL", Keys.session(tokenHash)).mapEmpty();
    }
}
