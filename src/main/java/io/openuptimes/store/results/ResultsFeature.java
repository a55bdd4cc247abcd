package io.openuptimes.store.results;

import io.openuptimes.config.Settings;
import io.openuptimes.store.data.SharedCertificates;
import io.openuptimes.store.feature.Feature;
import io.openuptimes.store.feature.Shared;
import io.vertx.core.Future;
import io.vertx.redis.client.RedisClientType;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Writes this node's results and the certificates seen with them, and follows those of other nodes. */
public final class ResultsFeature implements Feature {

    private final Shared shared;
    private final CertificateStore certificates;
    private final ResultWriter writer;
    private final ResultTail tail;
    private final boolean alone;

    /**
     * Facts from other parts of the store, asked for each batch.
     *
     * @param historyTtl seconds, 0 for unlimited
     * @param epoch of this node's lease of a partition
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
            Shared shared,
            Settings.Store settings,
            RedisClientType type,
            boolean alone,
            CertificateStore certificates,
            SharedCertificates instances,
            Surroundings surroundings) {
        this.shared = shared;
        this.alone = alone;
        this.certificates = certificates;
        this.writer = new ResultWriter(
                shared.vertx(),
                shared.bus(),
                shared.links(),
                type,
                settings,
                shared.events(),
                certificates,
                surroundings.historyTtl(),
                surroundings.epoch(),
                surroundings.hasCompany(),
                shared.clock(),
                shared.registry(),
                surroundings.refusal());
        this.tail = new ResultTail(
                shared.vertx(), shared.bus(), shared.links(), shared.events().origin(), instances, shared.registry());
    }

    public ResultWriter writer() {
        return writer;
    }

    @Override
    public Future<?> serve() {
        return Future.all(new ResultAddresses(shared.bus(), writer).serve(), certificates.listen(shared.bus()));
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
