package io.openuptimes.store.results;

import io.openuptimes.config.Settings;
import io.openuptimes.store.data.SharedCertificates;
import io.openuptimes.store.feature.Feature;
import io.openuptimes.store.feature.StoreContext;
import io.vertx.core.Future;
import io.vertx.redis.client.RedisClientType;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Writes this node's results and the certificates seen with them, and follows those of other nodes. */
public final class ResultsFeature implements Feature {

    private final StoreContext store;
    private final CertificateStore certificates;
    private final ResultWriter writer;
    private final ResultTail tail;
    private final boolean alone;

    /**
     * Facts from other parts of the store, asked for each batch.
     *
     * @param historyTtl seconds, 0 for unlimited
     * @param epoch of this node's leases, see {@link io.openuptimes.model.Partition#LEASES}
     * @param hasCompany whether other nodes are live
     * @param refusal told why Redis refuses results, and null once it accepts them again
     */
    public record Surroundings(
            LongSupplier historyTtl,
            IntToLongFunction epoch,
            BooleanSupplier hasCompany,
            Consumer<@Nullable String> refusal) {}

    /**
     * @param alone whether nobody else can use the store; there are no other nodes' results then
     */
    public ResultsFeature(
            StoreContext store,
            Settings.Store settings,
            RedisClientType type,
            boolean alone,
            CertificateStore certificates,
            SharedCertificates instances,
            Surroundings surroundings) {
        this.store = store;
        this.alone = alone;
        this.certificates = certificates;
        this.writer = new ResultWriter(
                store.vertx(),
                store.bus(),
                store.links(),
                type,
                settings,
                store.events(),
                certificates,
                surroundings.historyTtl(),
                alone ? lease -> 0 : surroundings.epoch(), // no other node could have a later lease
                surroundings.hasCompany(),
                store.clock(),
                store.registry(),
                surroundings.refusal());
        this.tail = new ResultTail(
                store.vertx(), store.bus(), store.links(), store.events().origin(), instances, store.registry());
    }

    public ResultWriter writer() {
        return writer;
    }

    @Override
    public Future<?> serve() {
        return Future.all(new ResultAddresses(store.bus(), writer).serve(), certificates.listen(store.bus()));
    }

    @Override
    public void open() {
        writer.open();
        if (!alone) {
            tail.open();
        }
    }

    @Override
    public Future<?> close() {
        return Future.join(tail.close(), writer.close());
    }
}
