package io.openuptimes.bus;

import io.openuptimes.health.HealthState;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Service;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests to the check verticle, and its answers. */
public sealed interface CheckMessage extends Message {

    Address<CheckNow, Round> CHECK_NOW = new Address<>("check.now");
    Address<TryService, Tried> TRY_SERVICE = new Address<>("check.try");
    Address<CheckForOthers, Tried> CHECK_FOR_OTHERS = new Address<>("check.others");
    Address<GetScheduleState, ScheduleState> SCHEDULE_STATE = new Address<>("check.schedule");
    Address<GetScheduleReport, ScheduleReport> SCHEDULE_REPORT = new Address<>("check.report");
    Topic<HealthStored> HEALTH_STORED = new Topic<>("event.health");

    /**
     * Checks services now, within the usual limits.
     *
     * @param serviceIds services to check; empty for all that are not paused
     * @param paced joins checks already requested by other callers, and leaves a few seconds between two checks of the
     *     same service
     */
    record CheckNow(List<String> serviceIds, boolean paced) implements CheckMessage {

        /** Without pacing. */
        public CheckNow(List<String> serviceIds) {
            this(serviceIds, false);
        }
    }

    /** All checks have finished and are stored, ordered by service name. */
    record Round(List<Checked> checks) implements CheckMessage {}

    record Checked(Service service, CheckResult result) implements CheckMessage {}

    /** Checks a service that is not stored, within the usual limits; records nothing. */
    record TryService(Service service) implements CheckMessage {

        /** Maximum wait for a permit, in milliseconds; the service's own timeout comes on top. */
        public static final long WAIT_MS = 30_000;
    }

    /** Checks a stored service for another node, within the usual limits; records nothing. */
    record CheckForOthers(String serviceId) implements CheckMessage {}

    record Tried(CheckResult result) implements CheckMessage {}

    record GetScheduleState() implements CheckMessage {}

    /**
     * @param loaded whether the schedule has its services
     * @param services number of services in the schedule
     * @param inFlight number of checks running
     * @param waiting number of due checks waiting for a permit
     * @param lastTick when the schedule last looked for due services, epoch milliseconds
     */
    record ScheduleState(boolean loaded, int services, int inFlight, int waiting, long lastTick)
            implements CheckMessage {}

    record GetScheduleReport() implements CheckMessage {}

    /**
     * The schedule's state and lag; more expensive than {@link ScheduleState}, which probes ask for.
     *
     * @param paused number of paused services
     * @param checksPerSecond checks started in the last 60 seconds
     * @param lag of those checks, from due time to when they could have started; null if there were none
     * @param waits of those checks that then waited for others, mostly of the same host; null if none did
     * @param overdue number of due services whose check has not started
     * @param oldestOverdue age of the oldest of them, milliseconds
     * @param missed due checks skipped since the start, by reason
     * @param keepingUp whether this machine keeps up with the schedule
     * @param maxInFlight limit of concurrent checks
     * @param repeated checks repeated since the start because this process was suspended while they ran
     * @param clockOffset milliseconds by which the machine's clock is ahead of result timestamps, after it was set
     * @param held number of unpaused services assigned to this node
     */
    record ScheduleReport(
            ScheduleState state,
            int paused,
            double checksPerSecond,
            @Nullable Lag lag,
            @Nullable Lag waits,
            int overdue,
            long oldestOverdue,
            Map<String, Long> missed,
            boolean keepingUp,
            int maxInFlight,
            long repeated,
            long clockOffset,
            int held)
            implements CheckMessage {}

    /** The 50th, 95th and 99th percentile and the maximum, in milliseconds. */
    record Lag(long p50, long p95, long p99, long max) {}

    /**
     * Published by the store after conflicts: the stored states from which the next verdicts must start.
     *
     * @param states by service id, or {@link io.openuptimes.model.Locations#idAt} for a service at one location
     */
    record HealthStored(Map<String, HealthState> states) implements CheckMessage {
        public HealthStored {
            states = Map.copyOf(states);
        }
    }
}
