package io.openuptimes.web.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Counts requests that ended before they were read completely, by {@link Refusal}. */
public final class IntakeMetrics {

    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);

    public IntakeMetrics(MeterRegistry registry) {
        for (Refusal reason : Refusal.values()) {
            refused.put(
                    reason,
                    Counter.builder("openuptimes.http.intake.refused")
                            .description("Requests ended before they were read completely")
                            .tag("reason", reason.tag())
                            .register(registry));
        }
    }

    void refused(Refusal reason) {
        Counter counter = refused.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}
