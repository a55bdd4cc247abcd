package io.openuptimes.store;

import static io.openuptimes.bus.Message.DONE;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.store.services.BulkStore;
import io.vertx.core.Future;
import java.util.List;

/** The store's addresses for bulk changes, idempotency records and the services file's owner. */
final class BulkAddresses {

    private final Bus bus;
    private final BulkStore bulk;
    private final OnceStore once;
    private final DeclaredBy declaredBy;

    BulkAddresses(Bus bus, BulkStore bulk, OnceStore once, DeclaredBy declaredBy) {
        this.bus = bus;
        this.bulk = bulk;
        this.once = once;
        this.declaredBy = declaredBy;
    }

    Future<?> serve() {
        return Future.all(List.of(
                bus.serve(Addresses.BEGIN_ONCE, once::begin),
                bus.serve(Addresses.END_ONCE, message -> once.end(message).map(DONE)),
                bus.serve(Addresses.APPLY_BULK, bulk::apply),
                bus.serve(Addresses.APPLY_DECLARED, bulk::declare),
                bus.serve(Addresses.HOLD_DECLARED, message -> declaredBy.hold(message.digest())),
                bus.serve(Addresses.WHO_DECLARES, message -> declaredBy.who()),
                bus.serve(Addresses.RELEASE_DECLARED, message -> bulk.release()),
                bus.serve(Addresses.CHANGE_MATCHING, bulk::change),
                bus.serve(Addresses.DELETE_MATCHING, bulk::delete)));
    }
}
