package io.openuptimes.check;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.NodeMessage;
import io.openuptimes.bus.NodeMessage.AskElsewhere;
import io.openuptimes.health.Health;
import io.openuptimes.health.HealthState;
import io.openuptimes.health.Rules;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Status;
import io.vertx.core.Future;

/**
 * Before a result makes a service down, lets another node of the location check it, too. If that node finds it up, the
 * two disagree, and the service is degraded. Without an answer in time, the first word counts.
 */
final class Elsewhere {

    /** In place of a patience: nobody is asked. */
    static final long NONE = -1;

    /** Beyond the service's timeout: for the way through the store, and a permit there. */
    private static final long SLACK_MS = 1_000;

    private final Bus bus;
    private final Schedule schedule;

    /**
     * @param schedule holds the services and their states
     */
    Elsewhere(Bus bus, Schedule schedule) {
        this.bus = bus;
        this.schedule = schedule;
    }

    /**
     * How long to wait for another node's check of a service.
     *
     * @param result of this node's check
     * @param now time of the schedule, milliseconds
     * @return milliseconds; {@link #NONE} if the result does not make the service down, or the next check is due
     */
    long patience(Entry entry, CheckResult result, Rules rules, long now) {
        if (!rules.confirmElsewhere() || !result.outcome().isFailure()) {
            return NONE;
        }
        HealthState known = schedule.health(entry);
        HealthState before = known == null ? HealthState.UNCHECKED : known;
        boolean turns = before.known() != Status.DOWN
                && Health.after(before, result, rules, false).known() == Status.DOWN;
        if (!turns) {
            return NONE;
        }
        long left = schedule.isScheduled(entry) ? entry.dueAt - now : Long.MAX_VALUE;
        long patience = Math.min(left, entry.service.timeout() + SLACK_MS);
        return patience > 0 ? patience : NONE;
    }

    /**
     * Asks another node, if there is one.
     *
     * @param result of this node's check
     * @param last its last attempt
     * @param patience milliseconds
     * @return the result that counts; never fails
     */
    Future<CheckResult> ask(CheckResult result, CheckResult last, long patience) {
        return bus.request(
                        NodeMessage.ASK_ELSEWHERE,
                        new AskElsewhere(result.serviceId(), result.urlHash(), patience),
                        patience + SLACK_MS)
                .map(seen -> seen.outcome().status() == Status.UP ? disputed(result, last) : result)
                .otherwise(result);
    }

    private static CheckResult disputed(CheckResult result, CheckResult last) {
        return result.disputed(last, "down from one node (" + text(result) + "), up from another");
    }

    private static String text(CheckResult result) {
        Outcome outcome = result.outcome();
        return result.error().isEmpty() ? outcome.word() : outcome.text(result.error());
    }
}
