package io.openuptimes.store.events;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.Reload;
import io.openuptimes.bus.EventMessage.ServiceRemoved;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.bus.EventMessage.ServicesChanged;
import io.openuptimes.bus.EventMessage.StatusChanged;
import io.openuptimes.bus.StoreMessage.ServiceDeleted;
import io.openuptimes.bus.StoreMessage.ServiceStored;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.link.DataIdentity;
import io.openuptimes.store.services.Announcements;
import io.openuptimes.store.services.DeletedServices;
import io.openuptimes.store.services.ServiceStore;
import io.openuptimes.store.services.ServiceStore.Change;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Announces stored changes of services: first to copies in this process, then to the event stream, then to the caller
 * that requested the change.
 */
final class Announcer implements Announcements {

    private final Bus bus;
    private final EventAppender events;
    private final Commits commits;
    private final DataIdentity identity;
    private final Consumer<List<String>> moved;

    /**
     * @param moved called with the ids of services that got another URL
     */
    Announcer(Bus bus, EventAppender events, Commits commits, DataIdentity identity, Consumer<List<String>> moved) {
        this.bus = bus;
        this.events = events;
        this.commits = commits;
        this.identity = identity;
        this.moved = moved;
    }

    @Override
    public Future<ServiceStored> created(Service service) {
        return saved(service, null, null);
    }

    @Override
    public Future<ServiceStored> changed(Change change) {
        tellMoved(List.of(change));
        return saved(change.now(), change.before(), null);
    }

    @Override
    public Future<ServiceStored> restored(ServiceStore.Kept back) {
        Future<ServiceStored> told = saved(back.service(), null, back.status());
        if (!back.located().isEmpty()) {
            bus.publish(EventMessage.STATUS_CHANGED, new StatusChanged(back.located()));
        }
        return told;
    }

    private Future<ServiceStored> saved(Service service, @Nullable Service before, @Nullable ServiceStatus status) {
        identity.hasServices(true);
        bus.publish(EventMessage.SERVICE_SAVED, new ServiceSaved(service, before, status));
        return commits.lasting(events.saved(service, before).map(new ServiceStored(service, before)));
    }

    @Override
    public Future<ServiceDeleted> removed(DeletedServices.Deleted gone) {
        String id = gone.service().id();
        bus.publish(EventMessage.SERVICE_REMOVED, new ServiceRemoved(id));
        return commits.lasting(events.removed(gone.service()).map(new ServiceDeleted(gone.service(), gone.until())));
    }

    private void tellMoved(List<Change> changes) {
        moved.accept(changes.stream()
                .filter(Change::moves)
                .map(change -> change.now().id())
                .toList());
    }

    @Override
    public Future<Void> changedMany(List<Change> saved, List<Service> removed) {
        tellMoved(saved);
        if (!saved.isEmpty()) {
            identity.hasServices(true);
        }
        bus.publish(
                EventMessage.SERVICES_CHANGED,
                new ServicesChanged(
                        saved.stream().map(Change::now).toList(),
                        saved.stream().filter(Change::renames).map(Change::now).toList(),
                        saved.stream()
                                .filter(Change::hides)
                                .map(change -> change.now().id())
                                .collect(Collectors.toSet()),
                        removed.stream().map(Service::id).toList()));
        return commits.lasting(events.changed(saved, removed));
    }

    /** An interrupted change has been finished. Its content was not announced, so all nodes reload everything. */
    @Override
    public Future<Void> finished() {
        return events.anew()
                .onSuccess(id -> bus.publish(EventMessage.RELOAD, new Reload()))
                .mapEmpty();
    }
}
