package io.openuptimes.testing;

import io.openuptimes.check.net.OwnFault;
import io.openuptimes.check.type.Observation;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import org.jspecify.annotations.Nullable;

/** Observations of checks that took 5 ms. */
public final class Observations {

    private Observations() {}

    /**
     * An observation that is judged as {@code outcome} for a service that expects 200.
     *
     * @param startedAt epoch milliseconds
     */
    public static Observation of(long startedAt, Outcome outcome) {
        if (outcome == Outcome.UP) {
            return seen(startedAt, null, 200);
        }
        return outcome == Outcome.STATUS ? seen(startedAt, null, 500) : seen(startedAt, outcome, 0);
    }

    private static Observation seen(long startedAt, @Nullable Outcome failure, int status) {
        return new Observation(startedAt, failure, "", null, status, 5, Phases.NONE, null, OwnFault.NONE);
    }
}
