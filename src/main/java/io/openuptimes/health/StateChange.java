package io.openuptimes.health;

import io.openuptimes.model.Outcome;
import io.openuptimes.model.ServiceState;

/**
 * The start of a state.
 *
 * @param time of the start, epoch milliseconds; may be earlier than that of preceding entries, see {@link Timeline}
 * @param state from then on
 * @param before the state until then; {@link ServiceState#NONE} if this is the first entry. Equal to {@code state} if the
 *     entry only begins a part of the log
 * @param reason code of the deciding result's outcome; 0 if it does not explain the state, see {@link #isStale}
 */
public record StateChange(long time, ServiceState state, ServiceState before, int reason) implements Logged {

    /** From then on, nobody checked the service, although a check was due. */
    static StateChange stale(long time, ServiceState before) {
        return new StateChange(time, ServiceState.UNKNOWN, before, Outcome.NONE.code());
    }

    /** Whether the state is unknown because nobody checked the service. */
    public boolean isStale() {
        return state == ServiceState.UNKNOWN && reason == Outcome.NONE.code();
    }

    /** Whether nothing changes: the entry tells a reader of this part of the log what the preceding parts end with. */
    public boolean isAnchor() {
        return state == before;
    }
}
