package io.openuptimes.store.services;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.vertx.core.Future;

/** The store's addresses for single services. Changes are answered after they have been announced to everyone. */
public final class ServiceAddresses {

    private final Bus bus;
    private final ServiceChanges changes;
    private final DeletedServices deleted;
    private final Announcements announcements;

    public ServiceAddresses(Bus bus, ServiceChanges changes, DeletedServices deleted, Announcements announcements) {
        this.bus = bus;
        this.changes = changes;
        this.deleted = deleted;
        this.announcements = announcements;
    }

    public Future<?> serve() {
        return Future.all(
                bus.serve(Addresses.CREATE_SERVICE, message -> changes.create(message.fields(), message.by())
                        .compose(announcements::created)),
                bus.serve(Addresses.REPLACE_SERVICE, message -> changes.replace(
                                message.which(), message.fields(), message.tags(), message.by())
                        .compose(announcements::changed)),
                bus.serve(Addresses.PATCH_SERVICE, message -> changes.patch(
                                message.which(), message.fields(), message.tags(), message.by())
                        .compose(announcements::changed)),
                bus.serve(Addresses.DELETE_SERVICE, message -> deleted.delete(
                                message.which(), message.tags(), message.by())
                        .compose(announcements::removed)),
                bus.serve(Addresses.RESTORE_SERVICE, message -> deleted.restore(message.serviceId(), message.by())
                        .compose(announcements::restored)));
    }
}
