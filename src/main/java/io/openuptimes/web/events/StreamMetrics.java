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
                            .description("Event streams that have ended, by what ended them")
                            .tag("reason", end.word())
                            .register(registry));
        }
        resets = Counter.builder("openuptimes.event.streams.reset")
                .description("Times that a client was told to load everything again, for it had missed something")
                .register(registry);
    }

    void ended(StreamEnd end) {
        Objects.requireNonNull(ended.get(end)).increment();
    }

    void reset() {
        resets.increment();
    }
}
