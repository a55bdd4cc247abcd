package io.openuptimes.store.access;

import static io.openuptimes.bus.Message.DONE;

import io.openuptimes.bus.AccessMessage;
import io.openuptimes.bus.AccessMessage.FoundKey;
import io.openuptimes.bus.AccessMessage.FoundSession;
import io.openuptimes.bus.AccessMessage.Keys;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Message.Done;
import io.openuptimes.store.events.EventAppender;
import io.openuptimes.store.feature.Feature;
import io.openuptimes.store.feature.StoreContext;
import io.vertx.core.Future;
import java.util.List;

/** Keys, sessions and sign-in: serves {@link KeyStore} and {@link AccessStore}. */
public final class AccessFeature implements Feature {

    private final Bus bus;
    private final KeyStore keys;
    private final AccessStore access;
    private final EventAppender events;

    /**
     * @param events tells other nodes that credentials have ended
     */
    public AccessFeature(StoreContext store, EventAppender events) {
        this.bus = store.bus();
        this.keys = new KeyStore(store.link(), store.commits());
        this.access = new AccessStore(store.link(), store.commits(), store.clock());
        this.events = events;
    }

    @Override
    public Future<?> serve() {
        return Future.all(serveKeys(), serveSignIn());
    }

    private Future<?> serveKeys() {
        return Future.all(
                bus.serve(AccessMessage.LIST_KEYS, message -> keys.all().map(Keys::new)),
                bus.serve(AccessMessage.FIND_KEY, message -> keys.find(message.id())
                        .map(FoundKey::new)),
                bus.serve(AccessMessage.SAVE_KEY, message -> done(keys.save(message.key()))),
                bus.serve(
                        AccessMessage.DELETE_KEY,
                        message -> done(keys.delete(message.id()).compose(gone -> events.credentialsEnded(true)))),
                bus.serve(AccessMessage.TOUCH_KEY, message -> done(keys.touch(message.id(), message.at()))));
    }

    private Future<?> serveSignIn() {
        return Future.all(List.of(
                bus.serve(AccessMessage.GET_INSTALLATION, message -> access.installation()),
                bus.serve(AccessMessage.COMPLETE_SETUP, message -> done(access.completeSetup(message))),
                bus.serve(AccessMessage.CHANGE_PASSWORD, message -> access.changePassword(message.passwordHash())
                        .compose(now -> events.credentialsEnded(false).map(now))),
                bus.serve(
                        AccessMessage.END_SESSIONS,
                        message -> done(access.endSessions().compose(over -> events.credentialsEnded(false)))),
                bus.serve(AccessMessage.SAVE_SESSION, message -> done(access.save(message.session()))),
                bus.serve(AccessMessage.PROLONG_SESSION, message -> access.prolong(message.session())
                        .map(FoundSession::new)),
                bus.serve(AccessMessage.FIND_SESSION, message -> access.session(message.tokenHash())
                        .map(FoundSession::new)),
                bus.serve(
                        AccessMessage.DELETE_SESSION,
                        message -> done(access.deleteSession(message.tokenHash())
                                .compose(gone -> events.credentialsEnded(false))))));
    }

    private static Future<Done> done(Future<Void> work) {
        return work.map(DONE);
    }
}
