package io.openuptimes.store.results;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Metrics about written and dropped results. */
final class ResultMetrics {

    private final MeterRegistry registry;
    private final Timer writes;
    private final DistributionSummary batchSizes;
    private final Counter dropped;
    private final Counter outdated;
    private final Counter superseded;
    private final Counter refused;
    private final Counter resultsEvicted;
    private final Counter transitionsEvicted;

    ResultMetrics(MeterRegistry registry) {
        this.registry = registry;
        writes = Timer.builder("openuptimes.store.write")
                .description("Time to write a batch of results to Redis")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2))
                .register(registry);
        batchSizes = DistributionSummary.builder("openuptimes.store.batch.size")
                .description("Results written in one batch")
                .serviceLevelObjectives(1, 10, 50, 100, 200)
                .register(registry);
        dropped = Counter.builder("openuptimes.store.results.dropped")
                .description(
                        "Results lost, or not written again after a failover that may have lost them: the queue was full"
                                + " or Redis would not have them")
                .register(registry);
        outdated = Counter.builder("openuptimes.store.results.outdated")
                .description(
                        "Results discarded because they were older than the known status, after a clock was set back")
                .register(registry);
        superseded = Counter.builder("openuptimes.store.results.superseded")
                .description("Results discarded because another node had taken over the service")
                .register(registry);
        refused = Counter.builder("openuptimes.store.batches.refused")
                .description("Batches that Redis rejected with an error")
                .register(registry);
        resultsEvicted = evicted("results");
        transitionsEvicted = evicted("transitions");
    }

    private Counter evicted(String what) {
        return Counter.builder("openuptimes.store.recent.evicted")
                .description("Results evicted from the failover buffer within ten seconds of being written")
                .tag("what", what)
                .register(registry);
    }

    void watchQueue(IntSupplier queued) {
        Gauge.builder("openuptimes.store.queue", queued, IntSupplier::getAsInt)
                .description("Results waiting to be written")
                .strongReference(true)
                .register(registry);
    }

    void batchWritten(int size, long nanos) {
        writes.record(nanos, TimeUnit.NANOSECONDS);
        batchSizes.record(size);
    }

    void batchRefused() {
        refused.increment();
    }

    /** Results dropped since the start. */
    long dropped() {
        return (long) dropped.count();
    }

    void resultDropped() {
        resultsDropped(1);
    }

    void resultsDropped(int results) {
        dropped.increment(results);
    }

    void resultEvicted() {
        resultsEvicted.increment();
    }

    void transitionEvicted() {
        transitionsEvicted.increment();
    }

    void resultOutdated() {
        outdated.increment();
    }

    void resultSuperseded() {
        superseded.increment();
    }
}
