package io.openuptimes.web.access;

import static io.openuptimes.bus.AccessMessage.*;
import static io.openuptimes.bus.SecretMessage.ROTATE_SECRETS;

import io.openuptimes.bus.AccessMessage.*;
import io.openuptimes.bus.Address;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.Message;
import io.openuptimes.bus.SecretMessage.SecretsRotated;
import io.openuptimes.model.ApiKey;
import io.openuptimes.model.Session;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An in-memory store on the bus, which can be made unreachable. */
public final class FakeStore {

    public final Map<String, ApiKey> keys = new ConcurrentHashMap<>();
    public final Map<String, Session> sessions = new ConcurrentHashMap<>();
    public final List<Message> asked = new CopyOnWriteArrayList<>();
    public volatile Installation installation = new Installation(false, "", null, 1);
    public volatile boolean reachable = true;

    /** On a new bus of that Vert.x instance. */
    public static FakeStore on(Vertx vertx) {
        Bus.install(vertx);
        FakeStore store = new FakeStore();
        Bus bus = Bus.of(vertx);
        store.serve(bus, LIST_KEYS, q -> new Keys(List.copyOf(store.keys.values())));
        store.serve(bus, FIND_KEY, q -> new FoundKey(store.keys.get(q.id())));
        store.serve(bus, SAVE_KEY, q -> store.done(store.keys.put(q.key().id(), q.key())));
        store.serve(bus, DELETE_KEY, q -> store.existing(store.keys.remove(q.id())));
        store.serve(bus, TOUCH_KEY, store::touch);
        store.serve(bus, GET_INSTALLATION, q -> store.installation);
        store.serve(bus, COMPLETE_SETUP, store::complete);
        store.serve(bus, CHANGE_PASSWORD, store::changePassword);
        store.serve(bus, END_SESSIONS, q -> store.endSessions());
        store.serve(
                bus,
                SAVE_SESSION,
                q -> store.done(store.sessions.put(q.session().tokenHash(), q.session())));
        store.serve(
                bus,
                PROLONG_SESSION,
                q -> new FoundSession(
                        store.sessions.computeIfPresent(q.session().tokenHash(), (hash, old) -> q.session())));
        store.serve(bus, FIND_SESSION, q -> new FoundSession(store.session(q.tokenHash())));
        store.serve(bus, ROTATE_SECRETS, q -> new SecretsRotated("0", 0, 0));
        store.serve(bus, DELETE_SESSION, q -> store.done(store.sessions.remove(q.tokenHash())));
        return store;
    }

    public long count(Class<? extends Message> type) {
        return asked.stream().filter(type::isInstance).count();
    }

    private <Q extends Message, A extends Message> void serve(Bus bus, Address<Q, A> address, Function<Q, A> answer) {
        bus.serve(address, question -> {
            asked.add(question);
            return reachable
                    ? Future.succeededFuture(answer.apply(question))
                    : Future.failedFuture(new Refused(Failures.STORE_UNREACHABLE, "The store cannot be reached"));
        });
    }

    private Message.Done done(@Nullable Object ignored) {
        return Message.DONE;
    }

    private Message.Done existing(@Nullable Object removed) {
        if (removed == null) {
            throw new Refused(Failures.NOT_FOUND, "not found");
        }
        return Message.DONE;
    }

    private Message.Done touch(TouchKey touch) {
        keys.computeIfPresent(
                touch.id(),
                (id, key) -> new ApiKey(
                        id,
                        key.name(),
                        key.scope(),
                        key.limits(),
                        key.prefix(),
                        key.hash(),
                        key.createdAt(),
                        touch.at()));
        return Message.DONE;
    }

    private synchronized Message.Done complete(CompleteSetup setup) {
        if (installation.setupCompleted()) {
            throw new Refused(Failures.CONFLICT, "done already");
        }
        String hash = setup.passwordHash() == null ? installation.passwordHash() : setup.passwordHash();
        String name = setup.siteName() == null ? installation.siteName() : setup.siteName();
        installation = new Installation(true, name, hash, installation.sessionEpoch());
        if (setup.key() != null) {
            keys.put(setup.key().id(), setup.key());
        }
        return Message.DONE;
    }

    private synchronized Installation changePassword(ChangePassword change) {
        installation = new Installation(
                installation.setupCompleted(),
                installation.siteName(),
                change.passwordHash(),
                installation.sessionEpoch() + 1);
        return installation;
    }

    private synchronized Message.Done endSessions() {
        installation = new Installation(
                installation.setupCompleted(),
                installation.siteName(),
                installation.passwordHash(),
                installation.sessionEpoch() + 1);
        return Message.DONE;
    }

    private @Nullable Session session(String hash) {
        Session session = sessions.get(hash);
        return session == null || session.epoch() != installation.sessionEpoch() ? null : session;
    }
}
