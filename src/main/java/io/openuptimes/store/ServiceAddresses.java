package io.openuptimes.store;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.store.services.DeletedServices;
import io.openuptimes.store.services.ServiceChanges;
import io.vertx.core.Future;

/** The store's addresses for single services. Changes are answered after they have been announced to everyone. */
final class ServiceAddresses {

    private final Bus bus;
    private final ServiceChanges changes;
    private final DeletedServices deleted;
    private final Announcer announcer;

    ServiceAddresses(Bus bus, ServiceChanges changes, DeletedServices deleted, Announcer announcer) {
        this.bus = bus;
        this.changes = changes;
        this.deleted = deleted;
        this.announcer = announcer;
    }

    Future<?> serve() {
        return Future.all(
                bus.serve(Addresses.CREATE_SERVICE, message -> changes.create(message.fields(), message.by())
                        .compose(announcer::created)),
                bus.serve(Addresses.REPLACE_SERVICE, message -> changes.replace(
                                message.which(), message.fields(), message.tags(), message.by())
                        .compose(announcer::changed)),
                bus.serve(Addresses.PATCH_SERVICE, message -> changes.patch(
                                message.which(), message.fields(), message.tags(), message.by())
                        .compose(announcer::changed)),
                bus.serve(Addresses.DELETE_SERVICE, message -> deleted.delete(
                                message.which(), message.tags(), message.by())
                        .compose(announcer::removed)),
                bus.serve(Addresses.RESTORE_SERVICE, message -> deleted.restore(message.serviceId(), message.by())
                        .compose(announcer::restored)));
    }
}
