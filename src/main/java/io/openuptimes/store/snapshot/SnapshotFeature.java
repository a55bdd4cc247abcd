package io.openuptimes.store.snapshot;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.All;
import io.openuptimes.store.changes.ChangeTurns;
import io.openuptimes.store.events.EventAppender;
import io.openuptimes.store.feature.Feature;
import io.openuptimes.store.feature.StoreContext;
import io.openuptimes.store.link.DataIdentity;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.results.CertificateStore;
import io.openuptimes.store.services.ServiceLoader;
import io.vertx.core.Future;
import java.util.List;

/** Loads all services and statuses with the event id up to which they are current. */
public final class SnapshotFeature implements Feature {

    private final Bus bus;
    private final Link link;
    private final DataIdentity identity;
    private final ChangeTurns turns;
    private final EventAppender events;
    private final ServiceLoader loader;
    private final CertificateStore certificates;
    private final SharedLoad<All> loads = new SharedLoad<>(this::load);

    public SnapshotFeature(
            StoreContext store, EventAppender events, ServiceLoader loader, CertificateStore certificates) {
        this.bus = store.bus();
        this.link = store.link();
        this.identity = store.identity();
        this.turns = store.turns();
        this.events = events;
        this.loader = loader;
        this.certificates = certificates;
    }

    @Override
    public Future<?> serve() {
        return Future.all(List.of(
                bus.serve(StoreMessage.LOAD_ALL, message -> loads.get()),
                bus.listen(EventMessage.STATUS_CHANGED, event -> loads.changed()),
                bus.listen(EventMessage.CERTIFICATES, event -> loads.changed()),
                bus.listen(EventMessage.SERVICE_SAVED, event -> loads.changed()),
                bus.listen(EventMessage.SERVICE_REMOVED, event -> loads.changed()),
                bus.listen(EventMessage.SERVICES_CHANGED, event -> loads.changed()),
                bus.listen(EventMessage.EVENTS, event -> loads.changed()))); // of other nodes
    }

    private Future<All> load() {
        // in turn with changes, so that a bulk change is visible completely or not at all; another node's change may be
        // partly visible, and its events bring the rest
        return turns.inTurn(() -> events.last().compose(upTo -> loader.load()
                // if nothing is found, check that Redis still holds the same data
                .compose(stored -> link.verify().map(stored))
                .compose(stored -> certificates.loaded(stored.certificates()).map(stored))
                .map(stored -> {
                    identity.hasServices(!stored.services().isEmpty());
                    return new All(stored.services(), stored.allStatuses(), stored.certificates(), upTo);
                })));
    }
}
