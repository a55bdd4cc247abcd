package io.openuptimes.health;

import io.openuptimes.health.HealthState.Form;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Status;
import io.openuptimes.model.Viewpoint;

/** The state of a service after a result. Pure: the same state and result always give the same state. */
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
     */
    public static HealthState after(HealthState before, CheckResult result) {
        return after(before, result, interval(before, result));
    }

    /** Like {@link #after(HealthState, CheckResult)}, if the day's history has been deleted since the last result. */
    public static HealthState afterClearing(HealthState before, CheckResult result) {
        return after(before, result, 0);
    }

    private static HealthState after(HealthState before, CheckResult result, int interval) {
        Status status = result.outcome().status();
        boolean changed = status != before.status();
        Viewpoint viewpoint = result.viewpoint();
        return HealthState.of(
                result.outcome(),
                result.timestamp(),
                changed ? result.timestamp() : before.since(),
                changed ? before.transitions() + 1 : before.transitions(),
                interval,
                result.error(),
                viewpoint == null ? "" : viewpoint.location());
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

    /** Whether the history entry is compact: up with status 200, within 64 ms of the usual interval. */
    public static boolean isCompact(HealthState before, CheckResult result) {
        long deviation = result.timestamp() - before.lastChecked() - 1_000L * before.interval();
        return result.outcome() == Outcome.UP
                && result.statusCode() == USUAL_STATUS_CODE
                && result.error().isEmpty()
                && before.form() == Form.CURRENT
                && deviation >= -MAX_DEVIATION_MS
                && deviation < MAX_DEVIATION_MS;
    }
}
