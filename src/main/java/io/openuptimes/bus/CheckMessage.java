package io.openuptimes.bus;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Service;
import java.util.List;

/** What the check verticle is asked, and answers. */
public sealed interface CheckMessage extends Message {

    /**
     * Check these services now, within the usual limits.
     *
     * @param serviceIds which; empty for all that are not paused
     */
    record CheckNow(List<String> serviceIds) implements CheckMessage {}

    /** All of them are checked and stored, in the order of the services' names. */
    record Round(List<Checked> checks) implements CheckMessage {}

    record Checked(Service service, CheckResult result) implements CheckMessage {}

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
}
