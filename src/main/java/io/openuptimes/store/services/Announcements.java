package io.openuptimes.store.services;

import io.openuptimes.bus.StoreMessage.ServiceDeleted;
import io.openuptimes.bus.StoreMessage.ServiceStored;
import io.openuptimes.model.Service;
import io.openuptimes.store.services.ServiceStore.Change;
import io.openuptimes.store.services.ServiceStore.Kept;
import io.vertx.core.Future;
import java.util.List;

/** Announces stored changes of services; each call completes once the change is known everywhere. */
public interface Announcements {

    Future<ServiceStored> created(Service service);

    Future<ServiceStored> changed(Change change);

    Future<ServiceStored> restored(Kept back);

    Future<ServiceDeleted> removed(DeletedServices.Deleted gone);

    /** Many changes made in one step. */
    Future<Void> changedMany(List<Change> saved, List<Service> removed);

    /** An interrupted change has been finished; its content is unknown. */
    Future<Void> finished();
}
