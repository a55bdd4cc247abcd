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
 * @param before the state that the result follows; null if the node does not know it, so that the stored one decides
 * @param after the state after the result, if it is the first one where {@code before} is unknown
 * @param visible whether callers without a key can see the service now
 * @param announced whether this process's boards have been told already, see {@code EventMessage.Judged}
 */
public record Verdict(
        CheckResult result, @Nullable HealthState before, HealthState after, boolean visible, boolean announced) {

    public Verdict(CheckResult result, @Nullable HealthState before, boolean visible, boolean announced) {
        this(result, before, Health.after(base(before), result), visible, announced);
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

    /** Whether the result changes the status; false if {@code before} is unknown. */
    public boolean isTransition() {
        return before != null && before.status() != result.outcome().status();
    }

    /** The same result, judged by another state. */
    public Verdict following(HealthState other) {
        return new Verdict(result, other, visible, announced);
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
                result.outcome(),
                state.lastChecked(),
                state.since(),
                result.statusCode(),
                result.responseTime(),
                result.phases(),
                result.error());
    }
}
