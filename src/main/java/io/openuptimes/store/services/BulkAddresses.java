package io.openuptimes.store.services;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.vertx.core.Future;
import java.util.List;

/** The store's addresses for bulk changes and the services file's owner. */
public final class BulkAddresses {

    private final Bus bus;
    private final BulkStore bulk;
    private final DeclaredBy declaredBy;

    public BulkAddresses(Bus bus, BulkStore bulk, DeclaredBy declaredBy) {
        this.bus = bus;
        this.bulk = bulk;
        this.declaredBy = declaredBy;
    }

    public Future<?> serve() {
        return Future.all(List.of(
                bus.serve(Addresses.APPLY_BULK, bulk::apply),
                bus.serve(Addresses.APPLY_DECLARED, bulk::declare),
                bus.serve(Addresses.HOLD_DECLARED, message -> declaredBy.hold(message.digest())),
                bus.serve(Addresses.WHO_DECLARES, message -> declaredBy.who()),
                bus.serve(Addresses.RELEASE_DECLARED, message -> bulk.release()),
                bus.serve(Addresses.CHANGE_MATCHING, bulk::change),
                bus.serve(Addresses.DELETE_MATCHING, bulk::delete)));
    }
}
