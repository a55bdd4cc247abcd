package io.openuptimes.check.net;

import io.openuptimes.model.Phases;
import org.jspecify.annotations.Nullable;

/** The time that each step of a check took, summed over all requests. Starts on construction. */
final class Timeline {

    private final long startedAt = System.nanoTime();
    private @Nullable Step step;
    private long stepSince = startedAt;
    private long lookup;
    private long connect;
    private long handshake;
    private long answer;
    private long body;

    /** The current step; null between two requests. */
    @Nullable
    Step step() {
        return step;
    }

    /** Ends the current step and starts the next, if any. */
    void enter(@Nullable Step next) {
        long now = System.nanoTime();
        if (step != null) {
            add(step, now - stepSince);
        }
        stepSince = now;
        step = next;
    }

    /** Milliseconds from the start to the beginning of the newest step. */
    int millis() {
        return millis(stepSince - startedAt);
    }

    long nanos() {
        return System.nanoTime() - startedAt;
    }

    private void add(Step to, long nanos) {
        switch (to) {
            case LOOKUP -> lookup += nanos;
            case CONNECT -> connect += nanos;
            case HANDSHAKE -> handshake += nanos;
            case ANSWER -> answer += nanos;
            case BODY -> body += nanos;
        }
    }

    /** Without the current step. */
    Phases phases() {
        return new Phases(millis(lookup), millis(connect), millis(handshake), millis(answer), millis(body));
    }

    private static int millis(long nanos) {
        return (int) ((nanos + 500_000) / 1_000_000);
    }
}
