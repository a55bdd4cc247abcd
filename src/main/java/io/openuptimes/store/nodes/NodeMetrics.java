package io.openuptimes.store.nodes;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** Metrics about how partitions are shared among the nodes. */
public final class NodeMetrics {

    private final MeterRegistry registry;
    private final Counter gained;
    private final Counter given;
    private final Counter lost;

    public NodeMetrics(MeterRegistry registry) {
        this.registry = registry;
        gained = handovers("gained");
        given = handovers("given");
        lost = handovers("lost");
    }

    private Counter handovers(String how) {
        return Counter.builder("openuptimes.node.handovers")
                .description(
                        "Partitions that this node took over, gave back, or lost to others while it was not heard of")
                .tag("how", how)
                .register(registry);
    }

    void watch(IntSupplier held, IntSupplier live, IntSupplier free) {
        Gauge.builder("openuptimes.node.partitions", held, IntSupplier::getAsInt)
                .description("Partitions of 256 owned by this node")
                .strongReference(true)
                .register(registry);
        Gauge.builder("openuptimes.nodes", live, IntSupplier::getAsInt)
                .description("Live nodes including this one, as last reported by Redis")
                .strongReference(true)
                .register(registry);
        Gauge.builder("openuptimes.nodes.free.partitions", free, IntSupplier::getAsInt)
                .description("Partitions of 256 owned by no live node, as last reported by Redis")
                .strongReference(true)
                .register(registry);
    }

    void gained(int partitions) {
        gained.increment(partitions);
    }

    void given(int partitions) {
        given.increment(partitions);
    }

    void lost(int partitions) {
        lost.increment(partitions);
    }
}
