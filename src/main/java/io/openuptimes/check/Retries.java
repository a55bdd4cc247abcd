package io.openuptimes.check;

import io.openuptimes.health.HealthState;
import io.openuptimes.health.Rules;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Policy;
import io.openuptimes.model.Service;

/**
 * Decides whether a failed attempt of a check is repeated: only where that may change the verdict, and only before the
 * service's next check is due. Belongs to one event loop.
 */
final class Retries {

    /** In place of a pause: there is no further attempt. */
    static final long NONE = -1;

    private final Schedule schedule;
    private final Policy defaults;
    private final Rules usual;
    private final Timer timer;

    /** Calls back on the same event loop. */
    interface Timer {
        /**
         * @param pause milliseconds, at least 1
         */
        void after(long pause, Runnable next);
    }

    /**
     * @param schedule holds the services and their states
     * @param defaults for services without a policy, complete
     */
    Retries(Schedule schedule, Policy defaults, Timer timer) {
        this.schedule = schedule;
        this.defaults = defaults;
        this.timer = timer;
        this.usual = Rules.of(defaults);
    }

    /** The rules that the service's results are judged by. */
    Rules rules(Service service) {
        return policy(service).withMaxAge(schedule.maxAge(service));
    }

    private Rules policy(Service service) {
        Policy policy = service.policy();
        return policy.equals(Policy.NONE) ? usual : Rules.of(policy.orElse(defaults));
    }

    /** See {@link Rules#degradedAfter}. */
    int degradedAfter(Service service) {
        return policy(service).degradedAfter();
    }

    /**
     * How long to wait before the next attempt.
     *
     * @param attempt the last one
     * @param made number of attempts so far
     * @param now time of the schedule, milliseconds
     * @return milliseconds, or {@link #NONE}
     */
    long pause(Entry entry, CheckResult attempt, int made, long now) {
        if (!attempt.outcome().isFailure()) {
            return NONE;
        }
        Rules rules = policy(entry.service);
        if (made > rules.retriesAfter(attempt.outcome())) {
            return NONE;
        }
        HealthState before = schedule.health(entry);
        if (before != null && !rules.isDecisive(before)) {
            return NONE;
        }
        long interval = schedule.intervalMs(entry.service);
        long pause = rules.pause(made, interval);
        long next = schedule.isScheduled(entry) ? entry.dueAt : now + interval;
        return now + pause < next ? pause : NONE;
    }

    /** Continues after a pause. */
    void later(long pause, Runnable next) {
        timer.after(Math.max(1, pause), next);
    }
}
