package io.openuptimes.store.state;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Metrics about Redis. */
final class StoreMetrics {

    private volatile double reachable;

    StoreMetrics(MeterRegistry registry) {
        Gauge.builder("openuptimes.store.reachable", this, metrics -> metrics.reachable)
                .description("1 while Redis is reachable and accepts writes")
                .register(registry);
    }

    void reachable(boolean now) {
        reachable = now ? 1 : 0;
    }
}
