package io.openuptimes.store.audit;

import static io.openuptimes.bus.Message.DONE;

import io.openuptimes.bus.AuditMessage;
import io.openuptimes.bus.Bus;
import io.openuptimes.store.feature.Feature;
import io.openuptimes.store.feature.StoreContext;
import io.vertx.core.Future;

/** The audit log: serves {@link AuditStore}. */
public final class AuditFeature implements Feature {

    private final Bus bus;
    private final AuditStore audit;

    public AuditFeature(StoreContext store) {
        this.bus = store.bus();
        this.audit = new AuditStore(store.link(), AuditStore.Limits.USUAL, store.clock(), store.registry());
    }

    @Override
    public Future<?> serve() {
        return Future.all(
                bus.serve(AuditMessage.RECORD_AUDIT, message -> audit.record(message.entry())
                        .map(DONE)),
                bus.serve(AuditMessage.READ_AUDIT, audit::read));
    }
}
