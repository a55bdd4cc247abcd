package io.openuptimes.health;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.ServiceState;
import io.openuptimes.model.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * Derives the entries of a service's state log from its results. Most results have none: the log grows with changes only.
 *
 * <p>A service is down from the first failed check of the row that made it down, and up again from the first successful
 * one. It is unknown while checks say nothing about it, and from {@link Rules#maxAge} after a result until the next one:
 * if nobody checked, that is an outage of the monitor, not of the service. With a shorter interval, the shorter time counts
 * from the last result on.
 */
public final class StateLog {

    private StateLog() {}

    /**
     * The entries that a result adds, in the order in which they are to be appended.
     *
     * @param before the state that the result follows
     * @param after the state after it
     * @param cleared whether the log has been deleted since the last result
     */
    public static List<StateChange> changes(
            HealthState before, HealthState after, CheckResult result, Rules rules, boolean cleared) {
        ServiceState shown = cleared || !before.isChecked() ? ServiceState.NONE : shown(before);
        ServiceState next = shown(after);
        if (next == ServiceState.NONE) {
            return List.of(); // a first row that decides nothing yet
        }
        long now = result.timestamp();
        long staleFrom = before.lastChecked() + rules.maxAge();
        boolean stale = shown.isKnown() && rules.maxAge() > 0 && now > staleFrom;
        if (next == shown && !stale) {
            return Health.beginsDay(before, result)
                    ? List.of(new StateChange(now, next, shown, reason(next, result)))
                    : List.of();
        }
        boolean turns = next.isKnown() && after.known() != before.known();
        long start = turns ? after.since() : now;
        Entries entries = new Entries(shown, reason(next, result));
        if (!stale) {
            entries.begin(start, next);
            if (shown == ServiceState.UNKNOWN && start < now) {
                entries.begin(now, next); // of several locations one may have been sure before the service was unknown
            }
        } else if (start > staleFrom) {
            entries.stale(staleFrom);
            entries.begin(start, next);
        } else {
            if (turns) {
                entries.begin(start, next);
            }
            entries.stale(staleFrom);
            entries.begin(now, next);
        }
        return List.copyOf(entries.all);
    }

    /** The state that callers see; none while the first row of checks has not decided it. */
    private static ServiceState shown(HealthState state) {
        return state.known() == Status.UNKNOWN && !state.isUnknown()
                ? ServiceState.NONE
                : ServiceState.of(state.status());
    }

    /** A first check of a row does not explain the state that it does not change. */
    private static int reason(ServiceState state, CheckResult result) {
        Outcome outcome = result.outcome();
        return ServiceState.of(outcome.status()) == state ? outcome.code() : Outcome.NONE.code();
    }

    private static final class Entries {

        final List<StateChange> all = new ArrayList<>(3);
        private final int reason;
        private ServiceState last;

        Entries(ServiceState before, int reason) {
            this.last = before;
            this.reason = reason;
        }

        void begin(long time, ServiceState state) {
            add(new StateChange(time, state, last, reason));
        }

        void stale(long time) {
            add(StateChange.stale(time, last));
        }

        private void add(StateChange change) {
            all.add(change);
            last = change.state();
        }
    }
}
