package io.openuptimes.store.audit;

import static io.openuptimes.bus.Message.DONE;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.vertx.core.Future;

/** The store's addresses for the audit log. */
public final class AuditAddresses {

    private final Bus bus;
    private final AuditStore audit;

    public AuditAddresses(Bus bus, AuditStore audit) {
        this.bus = bus;
        this.audit = audit;
    }

    public Future<?> serve() {
        return Future.all(
                bus.serve(Addresses.RECORD_AUDIT, message -> audit.record(message.entry())
                        .map(DONE)),
                bus.serve(Addresses.READ_AUDIT, audit::read));
    }
}
