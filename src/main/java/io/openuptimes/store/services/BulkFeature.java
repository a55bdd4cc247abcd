package io.openuptimes.store.services;

import io.openuptimes.bus.BulkMessage;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.DeclareMessage;
import io.openuptimes.store.feature.Feature;
import io.openuptimes.store.feature.StoreContext;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.function.IntSupplier;

/** Bulk changes and the services file's owner. */
public final class BulkFeature implements Feature {

    private final Bus bus;
    private final BulkStore bulk;
    private final DeclaredBy declaredBy;

    /**
     * @param workers compute changes
     * @param loader knows how many more services fit
     * @param nodeName as shown to others
     * @param format of the stored data
     */
    public BulkFeature(
            StoreContext store,
            ServiceCodec codec,
            WorkerExecutor workers,
            ServiceLoader loader,
            Announcements announcements,
            String nodeName,
            IntSupplier format) {
        this.bus = store.bus();
        this.bulk = new BulkStore(
                store.link(),
                codec,
                store.commits(),
                store.turns(),
                workers,
                store.clock(),
                loader::roomFor,
                announcements::changedMany,
                announcements::finished,
                format);
        this.declaredBy = new DeclaredBy(store.link(), store.events().origin(), nodeName);
    }

    @Override
    public Future<?> serve() {
        return Future.all(List.of(
                bus.serve(BulkMessage.APPLY_BULK, bulk::apply),
                bus.serve(BulkMessage.APPLY_DECLARED, bulk::declare),
                bus.serve(DeclareMessage.HOLD_DECLARED, message -> declaredBy.hold(message.digest())),
                bus.serve(DeclareMessage.WHO_DECLARES, message -> declaredBy.who()),
                bus.serve(BulkMessage.RELEASE_DECLARED, message -> bulk.release()),
                bus.serve(BulkMessage.CHANGE_MATCHING, bulk::change),
                bus.serve(BulkMessage.DELETE_MATCHING, bulk::delete)));
    }
}
