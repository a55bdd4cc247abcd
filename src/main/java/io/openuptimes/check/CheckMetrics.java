package io.openuptimes.check;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What the checks tell of themselves. */
final class CheckMetrics {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(120)
    };

    private final MeterRegistry registry;
    private final Map<Outcome, Counter> checks = new EnumMap<>(Outcome.class);
    private final Timer duration;
    private final Timer lag;
    private final Counter missed;
    private final RecentChecks recent;

    /**
     * @param now when it starts to count, epoch milliseconds
     */
    CheckMetrics(MeterRegistry registry, long now) {
        this.registry = registry;
        this.recent = new RecentChecks(now);
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.NONE) {
                checks.put(
                        outcome,
                        Counter.builder("openuptimes.checks")
                                .description("Finished checks")
                                .tag("status", outcome.status().word())
                                .tag("class", outcome.isFailure() ? outcome.word() : "none")
                                .register(registry));
            }
        }
        duration = Timer.builder("openuptimes.check.duration")
                .description("From the start of a check to its end")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        lag = Timer.builder("openuptimes.check.lag")
                .description("From when a check was due to its start")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        missed = Counter.builder("openuptimes.checks.missed")
                .description(
                        "Checks that were due and left out: the one before was still running, or the time had gone by")
                .register(registry);
    }

    <T> void gauge(String name, String description, T source, ToDoubleFunction<T> value) {
        Gauge.builder("openuptimes." + name, source, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    void started(long now, long lagMs) {
        lag.record(Math.max(0, lagMs), TimeUnit.MILLISECONDS);
        recent.started(now, lagMs);
    }

    /** Those of the last minute. */
    RecentChecks recent() {
        return recent;
    }

    /** Since the start. */
    long missed() {
        return (long) missed.count();
    }

    void finished(CheckResult result) {
        Counter counter = checks.get(result.outcome());
        if (counter != null) {
            counter.increment();
        }
        duration.record(result.responseTime(), TimeUnit.MILLISECONDS);
    }

    void missed(long count) {
        missed.increment((double) count);
    }
}
