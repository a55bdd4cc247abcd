package io.openuptimes.health;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Locations;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Viewpoint;
import org.jspecify.annotations.Nullable;

/**
 * A result together with the state that it was judged by: the service's or, for a location's result, that of the
 * service at the location.
 *
 * @param result with all its attempts
 * @param rules by which it is judged
 * @param before the state that the result follows; null if the node does not know it, so that the stored one decides
 * @param located if the service adopts a location's result, the location's state after it; otherwise null
 * @param after the state after the result, if it is the first one where {@code before} is unknown
 * @param visible whether callers without a key can see the service now
 * @param announced whether this process's boards have been told already, see {@code EventMessage.Judged}
 */
public record Verdict(
        CheckResult result,
        Rules rules,
        @Nullable HealthState before,
        @Nullable HealthState located,
        HealthState after,
        boolean visible,
        boolean announced) {

    public Verdict(CheckResult result, Rules rules, @Nullable HealthState before, boolean visible, boolean announced) {
        this(result, rules, before, null, visible, announced);
    }

    public Verdict(
            CheckResult result,
            Rules rules,
            @Nullable HealthState before,
            @Nullable HealthState located,
            boolean visible,
            boolean announced) {
        this(result, rules, before, located, judge(result, rules, base(before), located, false), visible, announced);
    }

    private static HealthState judge(
            CheckResult result, Rules rules, HealthState before, @Nullable HealthState located, boolean cleared) {
        return located == null
                ? Health.after(before, result, rules, cleared)
                : Health.adopted(before, result, located, rules, cleared);
    }

    /** The id under which the result is stored: the service's, or that of the service at the result's location. */
    public String id() {
        Viewpoint viewpoint = result.viewpoint();
        return viewpoint == null ? result.serviceId() : Locations.idAt(result.serviceId(), viewpoint.location());
    }

    /** The state that the result follows; unchecked if it is unknown. */
    public HealthState base() {
        return base(before);
    }

    private static HealthState base(@Nullable HealthState before) {
        return before == null ? HealthState.UNCHECKED : before;
    }

    /** Whether the result changes the known status; false if {@code before} is unknown. */
    public boolean isTransition() {
        return before != null && before.known() != after.known();
    }

    /** The same result, judged by another state. */
    public Verdict following(HealthState other) {
        return new Verdict(result, rules, other, located, visible, announced);
    }

    /**
     * The result for the whole service, which adopts it from this location. Unless the result changed the location's
     * status, a change of the service begins with it, however long the location has had that status.
     */
    public Verdict adoptedBy(CheckResult adopted, HealthState service) {
        HealthState there = located;
        if (there == null) {
            there = isTransition() ? after : after.from(adopted.timestamp());
        }
        return new Verdict(adopted, rules, service, there, visible, false);
    }

    /** The state after the result if the day's history has been deleted since the last one. */
    public HealthState afterClearing() {
        return judge(result, rules, base(), located, true);
    }

    /**
     * The status after the result.
     *
     * @param id under which it is stored
     * @param state after the result
     */
    public ServiceStatus status(String id, HealthState state) {
        return new ServiceStatus(
                id,
                state.status(),
                result.outcome(),
                state.lastChecked(),
                state.statusSince(),
                result.statusCode(),
                result.responseTime(),
                result.phases(),
                result.error(),
                state.isConfirming(),
                state.isFlapping());
    }
}
