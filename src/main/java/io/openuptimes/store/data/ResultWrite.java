package io.openuptimes.store.data;

import io.openuptimes.health.HealthState;
import io.openuptimes.health.StateChange;
import io.openuptimes.health.StateLog;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Locations;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.model.Transition;
import io.openuptimes.model.Viewpoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result to be written. A location's result is written for the service at that location first and then, if the
 * verdict of all locations adopts it, for the service.
 *
 * @param verdict the result and the state that it follows
 * @param adopted whether this writes a location's result for the whole service
 * @param begins whether the history entry begins its day because the day's history has been deleted
 * @param epoch of this node's lease of the service's partition, or of that partition at its location; the result is
 *     rejected if another node has a lease with a later epoch. 0 for no such check
 * @param number of the write, increasing per node; a repeated write keeps it, see {@link Keys#outbox}
 */
public record ResultWrite(Verdict verdict, boolean adopted, boolean begins, long epoch, long number) {

    public ResultWrite(Verdict verdict, long epoch, long number) {
        this(verdict, false, false, epoch, number);
    }

    public CheckResult result() {
        return verdict.result();
    }

    public boolean visible() {
        return verdict.visible();
    }

    @Nullable
    public Viewpoint viewpoint() {
        return result().viewpoint();
    }

    /** Whether it is for a service at a location. */
    public boolean isLocated() {
        return viewpoint() != null && !adopted;
    }

    /** The id under which it is stored. */
    public String id() {
        return adopted ? result().serviceId() : verdict.id();
    }

    /** The state after the result. */
    public HealthState after() {
        return begins ? verdict.afterClearing() : verdict.after();
    }

    /** What it adds to the service's state log; unknown, hence empty, without the state that it follows. */
    public List<StateChange> changes() {
        return verdict.before() == null
                ? List.of()
                : StateLog.changes(verdict.before(), after(), result(), verdict.rules(), begins);
    }

    /** Whether it is a transition of the service; a service at a location has none. */
    public boolean turns() {
        return !isLocated() && verdict.isTransition();
    }

    /** The transition that it makes. */
    public Transition transition() {
        CheckResult result = result();
        HealthState after = verdict.after();
        return new Transition(
                result.serviceId(),
                verdict.base().known(),
                after.known(),
                result.timestamp(),
                after.since(),
                result.outcome(),
                result.error(),
                result.outcome().isFailure() ? result.peer() : null);
    }

    /** The status that it makes. */
    public ServiceStatus status() {
        return verdict.status(id(), after());
    }

    /** The status at the result's location after it. */
    public Status statusThere() {
        HealthState located = verdict.located();
        return (located == null ? verdict.after() : located).status();
    }

    /**
     * Ids whose statuses decide whether the service adopts a location's result: the service's, then other locations'.
     */
    public List<String> wanted() {
        Viewpoint viewpoint = viewpoint();
        if (viewpoint == null) {
            return List.of();
        }
        List<String> ids = new ArrayList<>(viewpoint.locations().size());
        ids.add(result().serviceId());
        for (String location : viewpoint.locations()) {
            if (!location.equals(viewpoint.location())) {
                ids.add(Locations.idAt(result().serviceId(), location));
            }
        }
        return ids;
    }

    /** The same result, judged by another state. */
    public ResultWrite following(HealthState stored) {
        return new ResultWrite(verdict.following(stored), adopted, false, epoch, number);
    }

    /** The same result as the first of its day. */
    public ResultWrite beginning() {
        return new ResultWrite(verdict, adopted, true, epoch, number);
    }

    /**
     * A location's result for the whole service.
     *
     * @param stored state of the service
     */
    public ResultWrite adoptedBy(HealthState stored) {
        long time = Math.max(result().timestamp(), stored.lastChecked() + 1);
        return new ResultWrite(verdict.adoptedBy(result().at(time), stored), true, false, epoch, number);
    }
}
