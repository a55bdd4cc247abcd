package io.openuptimes.web.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts how event streams end. */
public final class StreamMetrics {

    private final Map<StreamEnd, Counter> ended = new EnumMap<>(StreamEnd.class);
    private final Counter resets;

    public StreamMetrics(MeterRegistry registry) {
        for (StreamEnd end : StreamEnd.values()) {
            ended.put(
                    end,
                    Counter.builder("openuptimes.event.streams.ended")
                            .description("Ended event streams, by reason")
                            .tag("reason", end.word())
                            .register(registry));
        }
        resets = Counter.builder("openuptimes.event.streams.reset")
                .description("Event streams told to reload after missing events")
                .register(registry);
    }

    void ended(StreamEnd end) {
        Objects.requireNonNull(ended.get(end)).increment();
    }

    void reset() {
        resets.increment();
    }
}
