package io.openuptimes.check.http;

import io.openuptimes.model.Phases;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the time of a check goes: what each step took, summed over all requests. It starts when it is made. */
final class Timeline {

    private final long startedAt = System.nanoTime();
    private final Map<Step, Long> spent = new EnumMap<>(Step.class);
    private @Nullable Step step;
    private long stepSince = startedAt;

    /** The step that is under way; null between two requests. */
    @Nullable
    Step step() {
        return step;
    }

    /** Ends the step that is under way and starts another one, or none. */
    void enter(@Nullable Step next) {
        long now = System.nanoTime();
        if (step != null) {
            spent.merge(step, now - stepSince, Long::sum);
        }
        stepSince = now;
        step = next;
    }

    long nanos() {
        return System.nanoTime() - startedAt;
    }

    int millis() {
        return millis(nanos());
    }

    /** Without the step that is under way. */
    Phases phases() {
        return new Phases(
                millis(Step.LOOKUP),
                millis(Step.CONNECT),
                millis(Step.HANDSHAKE),
                millis(Step.ANSWER),
                millis(Step.BODY));
    }

    private int millis(Step of) {
        return millis(spent.getOrDefault(of, 0L));
    }

    private static int millis(long nanos) {
        return (int) ((nanos + 500_000) / 1_000_000);
    }
}
