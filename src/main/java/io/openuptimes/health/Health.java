package io.openuptimes.health;

import io.openuptimes.health.HealthState.Form;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Status;

/**
 * The state of a service after a result. Pure: the same state, result and rules always give the same state.
 *
 * <p>A failed check is the first of a row until a check succeeds, or says nothing about the service. A row of {@link
 * Rules#failureThreshold} failed checks makes the service down, from the first of them on; then a row of {@link
 * Rules#successThreshold} successful ones makes it up, again from the first on. A result that says nothing about the
 * service makes it unknown and ends the row; the status known before returns with the next result that agrees with it.
 */
public final class Health {

    /** A compact history entry stores a deviation from the usual interval of -64 to 63 ms in seven bits. */
    private static final long MAX_DEVIATION_MS = 64;

    private static final long DAY_MS = 86_400_000;
    private static final int USUAL_STATUS_CODE = 200;

    private Health() {}

    /**
     * The state after a result.
     *
     * @param before the state that the result follows
     * @param cleared whether the day's history has been deleted since the last result
     */
    public static HealthState after(HealthState before, CheckResult result, Rules rules, boolean cleared) {
        long now = result.timestamp();
        HealthState.Next next = before.next(result, cleared ? 0 : interval(before, result));
        switch (result.outcome().status()) {
            case UP -> succeeded(before, now, rules, next);
            case DOWN -> failed(before, result, rules, next);
            case UNKNOWN -> next.pending(unknownSince(before, now));
        }
        Flapping.count(before, rules, next);
        return next.state();
    }

    private static long unknownSince(HealthState before, long now) {
        return before.isUnknown() && before.pendingSince() > 0 ? before.pendingSince() : now;
    }

    private static void succeeded(HealthState before, long now, Rules rules, HealthState.Next next) {
        if (before.known() != Status.DOWN) {
            next.known(Status.UP, before.known() == Status.UP ? before.since() : now);
            return;
        }
        int successes = before.successes() + 1;
        long first = before.successes() == 0 ? now : before.pendingSince();
        if (successes >= rules.successThreshold()) {
            next.known(Status.UP, first);
        } else {
            next.successes(successes, first);
        }
    }

    private static void failed(HealthState before, CheckResult result, Rules rules, HealthState.Next next) {
        if (before.known() == Status.DOWN) {
            return;
        }
        int failures = before.failures() + 1;
        long first = before.failures() == 0 ? result.timestamp() : before.pendingSince();
        // without time for a second attempt, the next check is that attempt
        boolean unconfirmed = result.attempts().isEmpty() && rules.retriesAfter(result.outcome()) > 0;
        if (failures >= Math.max(rules.failureThreshold(), unconfirmed ? 2 : 1)) {
            next.known(Status.DOWN, first);
        } else {
            next.failures(failures, first);
        }
    }

    /**
     * The state of a service with locations after it has adopted a location's result.
     *
     * @param located the location's state after the result, which has counted the rows
     * @param cleared whether the day's history has been deleted since the last result
     */
    public static HealthState adopted(
            HealthState before, CheckResult result, HealthState located, Rules rules, boolean cleared) {
        HealthState.Next next = before.next(result, cleared ? 0 : interval(before, result));
        if (located.isUnknown()) {
            next.pending(unknownSince(before, located.pendingSince()));
        } else if (located.known() != Status.UNKNOWN) {
            boolean changed = located.known() != before.known();
            next.known(located.known(), changed ? Math.max(located.since(), before.since()) : before.since());
        }
        Flapping.count(before, rules, next);
        return next.state();
    }

    private static int interval(HealthState before, CheckResult result) {
        if (beginsDay(before, result)) {
            return 0;
        }
        return isCompact(before, result)
                ? before.interval()
                : (int) ((result.timestamp() - before.lastChecked() + 500) / 1000);
    }

    /** Whether a result is its service's first of a day (UTC). */
    public static boolean beginsDay(HealthState before, CheckResult result) {
        return !before.isChecked() || before.lastChecked() / DAY_MS != result.timestamp() / DAY_MS;
    }

    /** Whether the history entry is compact: up with status 200 at once, within 64 ms of the usual interval. */
    public static boolean isCompact(HealthState before, CheckResult result) {
        long deviation = result.timestamp() - before.lastChecked() - 1_000L * before.interval();
        return result.outcome() == Outcome.UP
                && result.statusCode() == USUAL_STATUS_CODE
                && result.error().isEmpty()
                && result.attempts().isEmpty()
                && before.form() == Form.CURRENT
                && deviation >= -MAX_DEVIATION_MS
                && deviation < MAX_DEVIATION_MS;
    }
}
