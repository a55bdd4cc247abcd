package io.openuptimes.store.services;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.store.changes.ChangeLock;
import io.openuptimes.store.data.Past;
import io.openuptimes.store.feature.Feature;
import io.openuptimes.store.feature.StoreContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes, deletes and restores single services, and forgets deleted ones after a while. */
public final class ServicesFeature implements Feature {

    private static final Logger log = LoggerFactory.getLogger(ServicesFeature.class);

    /** The maximum delay until expired deleted services are removed from Redis. */
    private static final long FORGET_DELETED_MS = 2_000;

    private final Bus bus;
    private final Vertx vertx;
    private final ServiceChanges changes;
    private final DeletedServices deleted;
    private final Forgetting forgetting;
    private final Announcements announcements;
    private final List<Function<Past, Future<Void>>> forgetAlso = new ArrayList<>();

    /**
     * @param loader loads all services
     * @param format of the stored data
     */
    public ServicesFeature(
            StoreContext store,
            ServiceStore services,
            ServiceLoader loader,
            Announcements announcements,
            IntSupplier format) {
        this.bus = store.bus();
        this.vertx = store.vertx();
        this.changes =
                new ServiceChanges(store.link(), store.commits(), store.turns(), services, store.clock(), format);
        this.deleted = new DeletedServices(store.link(), store.commits(), store.turns(), services, store.clock());
        this.forgetting = new Forgetting(store.link(), store.turns(), services, loader, this::forget, store.clock());
        this.announcements = announcements;
    }

    /**
     * Registers data that other features keep of a service; called before the start.
     *
     * @param remove deletes the data for good once the service can no longer be restored
     */
    public void forgetAlso(Function<Past, Future<Void>> remove) {
        forgetAlso.add(remove);
    }

    private Future<Void> forget(Past past) {
        Future<Void> forgotten = Future.succeededFuture();
        for (Function<Past, Future<Void>> remove : forgetAlso) {
            forgotten = forgotten.compose(before -> remove.apply(past));
        }
        return forgotten;
    }

    /** See {@link Forgetting#pasts}. */
    public Future<List<Past>> pasts() {
        return forgetting.pasts();
    }

    @Override
    public void open() {
        forgetDeleted();
    }

    private void forgetDeleted() {
        vertx.setTimer(FORGET_DELETED_MS, timer -> forgetting
                .forget()
                .onFailure(ServicesFeature::notForgotten)
                .onComplete(forgotten -> forgetDeleted()));
    }

    private static void notForgotten(Throwable failure) {
        if (Failures.codeOf(failure) != Failures.STORE_UNREACHABLE && !ChangeLock.isHeld(failure)) {
            log.warn("cannot remove the data of deleted services yet: {}", failure.getMessage());
        }
    }

    @Override
    public Future<?> serve() {
        return Future.all(
                bus.serve(StoreMessage.CREATE_SERVICE, message -> changes.create(message.fields(), message.by())
                        .compose(announcements::created)),
                bus.serve(StoreMessage.REPLACE_SERVICE, message -> changes.replace(
                                message.which(), message.fields(), message.tags(), message.by())
                        .compose(announcements::changed)),
                bus.serve(StoreMessage.PATCH_SERVICE, message -> changes.patch(
                                message.which(), message.fields(), message.tags(), message.by())
                        .compose(announcements::changed)),
                bus.serve(StoreMessage.DELETE_SERVICE, message -> deleted.delete(
                                message.which(), message.tags(), message.by())
                        .compose(announcements::removed)),
                bus.serve(StoreMessage.RESTORE_SERVICE, message -> deleted.restore(message.serviceId(), message.by())
                        .compose(announcements::restored)));
    }
}
