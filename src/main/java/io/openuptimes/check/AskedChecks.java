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
 * Starts the checks that callers ask for. A paced caller joins the last one of the service while it runs; the next one
 * starts when the pace has passed since that one started, or when a caller that is not paced starts it sooner. All that
 * wait for it share it.
 *
 * <p>Remembers each service of the lane once, until the pace has passed. One event loop only.
 */
final class AskedChecks {

    /** The last check of a service, and the one that paced callers wait for. */
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
    /** By the service's id; the one that started first comes first. */
    private final Map<String, Asked> recent = new LinkedHashMap<>();

    private long started;
    private int waiting;

    /**
     * @param time that of the schedule
     * @param pace from one start to the next of a service for paced callers, milliseconds
     */
    AskedChecks(Schedule schedule, Checks checks, LongSupplier time, long pace) {
        this.schedule = schedule;
        this.checks = checks;
        this.time = time;
        this.pace = pace;
    }

    /** How many have started: by this number, a caller's check tells those that started after it was asked for. */
    long started() {
        return started;
    }

    /**
     * Checks a service as it is now, as {@link Checks#checkAndStore}.
     *
     * @param since {@link #started()} when the caller asked: a check that started after that is as good as a new one
     * @return fails with {@link Failures#NOT_FOUND} if it has been deleted
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
        Asked before = recent.remove(id); // the newest comes last
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

    /** Whether a check that was waited for may start now. Forgets those from which the pace has passed. */
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

    /** Starts one that {@link #isDue}. */
    void startDue() {
        start(recent.keySet().iterator().next());
    }

    /** By when to look for one that is due, by the schedule's time; in the far future while nobody waits. */
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

    /** Services checked within the pace, or since the lane last looked. */
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
