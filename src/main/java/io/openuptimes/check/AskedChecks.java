package io.openuptimes.check;

import io.openuptimes.bus.Failures;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Service;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs checks on request. A paced caller joins the running check of the service; the next check starts once the pace
 * has passed since the last start, or earlier if an unpaced caller starts it. All waiting callers share it.
 *
 * <p>Remembers each service of the loop at most once, until the pace has passed. Belongs to one event loop.
 */
final class AskedChecks {

    /** The last check of a service, and the next one if paced callers wait for it. */
    private static final class Asked {
        final Service service;
        final long number;
        final long startedAt;
        final Future<CheckResult> result;

        @Nullable
        Promise<CheckResult> next;

        Asked(Service service, long number, long startedAt, Future<CheckResult> result) {
            this.service = service;
            this.number = number;
            this.startedAt = startedAt;
            this.result = result;
        }
    }

    private final Schedule schedule;
    private final Checks checks;
    private final LongSupplier time;
    private final long pace;
    /** By service id, in order of start. */
    private final Map<String, Asked> recent = new LinkedHashMap<>();

    private long started;
    private int waiting;

    /**
     * @param time the schedule's clock
     * @param pace minimum time between two starts for paced callers, per service, milliseconds
     */
    AskedChecks(Schedule schedule, Checks checks, LongSupplier time, long pace) {
        this.schedule = schedule;
        this.checks = checks;
        this.time = time;
        this.pace = pace;
    }

    /** Number of checks started so far; lets a caller recognize checks that started after its request. */
    long started() {
        return started;
    }

    /**
     * Checks a service as it is now, like {@link Checks#checkAndStore}.
     *
     * @param since {@link #started()} at the time of the request; a check that started later counts as a new one
     * @return fails with {@link Failures#NOT_FOUND} if the service has been deleted
     */
    Future<CheckResult> check(Service service, boolean paced, long since) {
        Asked last = recent.get(service.id());
        if (last != null && last.number > since) {
            return last.result;
        }
        if (last == null || !paced) {
            return start(service.id());
        }
        if (!last.result.isComplete()) {
            return last.result;
        }
        return isOver(last) && last.next == null ? start(service.id()) : next(last);
    }

    private boolean isOver(Asked asked) {
        return time.getAsLong() - asked.startedAt >= pace;
    }

    private Future<CheckResult> next(Asked last) {
        Promise<CheckResult> next = last.next;
        if (next == null) {
            next = Promise.promise();
            last.next = next;
            waiting++;
        }
        return next.future();
    }

    private Future<CheckResult> start(String id) {
        Asked before = recent.remove(id); // keeps the map in order of start
        Service service = schedule.find(id); // as it is now
        Future<CheckResult> result = service == null ? Checks.gone() : checks.checkAndStore(service);
        if (service != null) {
            recent.put(id, new Asked(service, ++started, time.getAsLong(), result));
        }
        if (before != null && before.next != null) {
            waiting--;
            result.onComplete(before.next);
        }
        return result;
    }

    /** Whether a requested check may start now. Forgets checks older than the pace. */
    boolean isDue() {
        Iterator<Asked> oldestFirst = recent.values().iterator();
        while (oldestFirst.hasNext()) {
            Asked asked = oldestFirst.next();
            if (!isOver(asked)) {
                return false;
            }
            if (asked.next != null) {
                return true;
            }
            oldestFirst.remove();
        }
        return false;
    }

    /** Starts a check that {@link #isDue}. */
    void startDue() {
        start(recent.keySet().iterator().next());
    }

    /** When to call {@link #isDue} next, by the schedule's clock; far in the future if nobody waits. */
    long nextAt() {
        return waiting == 0 ? Long.MAX_VALUE : recent.values().iterator().next().startedAt + pace;
    }

    /** Services whose next check somebody waits for. */
    List<Service> waiting() {
        return recent.values().stream()
                .filter(asked -> asked.next != null)
                .map(asked -> asked.service)
                .toList();
    }

    /** Number of services remembered. */
    int remembered() {
        return recent.size();
    }

    /** Fails all checks that callers are waiting for. */
    void stop() {
        recent.values().forEach(asked -> {
            if (asked.next != null) {
                asked.next.tryFail(Checks.stopping());
            }
        });
        recent.clear();
        waiting = 0;
    }
}
