package io.openuptimes.check;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Metrics of the checks, shared by all check loops. */
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
    private final Map<Outcome, Counter> checks = new HashMap<>();
    private final Timer duration;
    private final Timer lag;
    private final Timer wait;
    private final Map<Missed, Counter> missed = new EnumMap<>(Missed.class);

    CheckMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Outcome outcome : Outcome.known()) {
            if (outcome.isRecorded()) {
                checks.put(
                        outcome,
                        Counter.builder("openuptimes.checks")
                                .description("Finished checks")
                                .tag("status", outcome.status().word())
                                .tag("class", outcome == Outcome.UP ? "none" : outcome.word())
                                .register(registry));
            }
        }
        duration = Timer.builder("openuptimes.check.duration")
                .description("Duration of checks")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        lag = Timer.builder("openuptimes.check.lag")
                .description(
                        "From when a check was due to when it could start, but for the limits of checks at one time")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        wait = Timer.builder("openuptimes.check.wait")
                .description(
                        "How long checks waited for others to end, mostly those of the same host; of those that did")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        for (Missed why : Missed.values()) {
            missed.put(
                    why,
                    Counter.builder("openuptimes.checks.missed")
                            .description("Due checks that were skipped")
                            .tag("reason", why.word())
                            .register(registry));
        }
    }

    <T> void gauge(String name, String description, T source, ToDoubleFunction<T> value) {
        Gauge.builder("openuptimes." + name, source, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    <T> void counter(String name, String description, T source, ToDoubleFunction<T> count) {
        counter(name, Tags.empty(), description, source, count);
    }

    <T> void counter(String name, Tags tags, String description, T source, ToDoubleFunction<T> count) {
        FunctionCounter.builder("openuptimes." + name, source, count)
                .tags(tags)
                .description(description)
                .register(registry);
    }

    void lag(long millis) {
        lag.record(Math.max(0, millis), TimeUnit.MILLISECONDS);
    }

    void waited(long millis) {
        wait.record(millis, TimeUnit.MILLISECONDS);
    }

    void missed(Missed why, long count) {
        Counter counter = missed.get(why);
        if (counter != null) {
            counter.increment((double) count);
        }
    }

    /** Counts since the start. */
    Map<String, Long> missed() {
        Map<String, Long> counts = new LinkedHashMap<>();
        missed.forEach((why, counter) -> counts.put(why.word(), (long) counter.count()));
        return Collections.unmodifiableMap(counts);
    }

    void finished(CheckResult result) {
        Counter counter = checks.get(result.outcome());
        if (counter != null) {
            counter.increment();
        }
        duration.record(result.responseTime(), TimeUnit.MILLISECONDS);
    }
}
