package io.openuptimes.bus;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Service;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the check verticle is asked, and answers. */
public sealed interface CheckMessage extends Message {

    /**
     * Check these services now, within the usual limits.
     *
     * @param serviceIds which; empty for all that are not paused
     * @param paced whether to join checks that callers asked for and that run, and to start the next of a service some
     *     seconds after the last began
     */
    record CheckNow(List<String> serviceIds, boolean paced) implements CheckMessage {

        /** At once. */
        public CheckNow(List<String> serviceIds) {
            this(serviceIds, false);
        }
    }

    /** All of them are checked and stored, in the order of the services' names. */
    record Round(List<Checked> checks) implements CheckMessage {}

    record Checked(Service service, CheckResult result) implements CheckMessage {}

    /** Check a service that is not stored, within the usual limits; nothing is recorded. */
    record TryService(Service service) implements CheckMessage {

        /** How long it may wait for its turn; what it takes then is the service's own timeout. */
        public static final long WAIT_MS = 30_000;
    }

    record Tried(CheckResult result) implements CheckMessage {}

    record GetScheduleState() implements CheckMessage {}

    /**
     * @param loaded whether the schedule has its services
     * @param services how many
     * @param inFlight checks that run now
     * @param waiting checks that are due and wait for a permit
     * @param lastTick when the schedule last looked for due services, epoch milliseconds
     */
    record ScheduleState(boolean loaded, int services, int inFlight, int waiting, long lastTick)
            implements CheckMessage {}

    record GetScheduleReport() implements CheckMessage {}

    /**
     * The state and how well it keeps up: more to work out than a probe should cost.
     *
     * @param paused how many of the services are
     * @param checksPerSecond that started within the last 60 seconds
     * @param lag of these, from when they were due to when they could start; null where there was none
     * @param waits of those that then had to wait for others to end, mostly those of the same host; null where none did
     * @param overdue services that are due and not started
     * @param oldestOverdue how long the first of them has been due, milliseconds
     * @param missed checks that were due and left out, since the start, by the reason
     * @param keepingUp whether the machine does what is due
     * @param maxInFlight checks that may run at the same time
     * @param repeated checks that were made again at once, since the start, as this machine had stood still meanwhile
     * @param clockOffset how far the machine's clock is ahead of the times of results, milliseconds; it was set
     * @param held how many services it is this node's to check, without those that are paused
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

    /** Milliseconds that 50, 95, 99 and 100 percent of the checks kept to. */
    record Lag(long p50, long p95, long p99, long max) {}
}
