package io.openuptimes.check;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.openuptimes.check.type.Observation;
import io.openuptimes.health.HealthState;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.FailedAttempt;
import io.openuptimes.model.LoggedService;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Service;
import io.openuptimes.model.Viewpoint;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs checks, one at a time per service and within the permits, and sends each result to the store.
 *
 * <p>A result counts only if the service is still checked the same way; otherwise it is dropped and the service is
 * checked again. For a service with locations, it counts for this node's location; if this node is at none of them,
 * only the caller gets it. A result is also dropped if the service has been deleted, if it has been paused and nobody
 * waits, if another node owns it now, or if it describes a fault of this machine. Belongs to one event loop.
 */
final class Checks {

    private static final Logger log = LoggerFactory.getLogger(Checks.class);

    private static final class Running {

        final Service service;
        final int lease;
        final long host;
        /** When it was due. */
        final long dueAt;
        /** When it could have started if it had had a permit. */
        final long readyAt;
        /** Whether it has its permit. */
        boolean started;
        /** Whether another node owns the service now, so that the result is discarded. */
        boolean dropped;
        /** Set while the lease's handover waits for this check. */
        @Nullable
        Leaving leaving;
        /** Those of its attempts that failed and were followed, or will be, by another one. */
        List<FailedAttempt> attempts = List.of();
        /** Whether boards have been told that a failure is being confirmed. */
        boolean confirming;
        /** Set if somebody waits for the stored result. */
        @Nullable
        Promise<CheckResult> awaited;

        Running(Service service, int lease, long host, long dueAt, long readyAt) {
            this.service = service;
            this.lease = lease;
            this.host = host;
            this.dueAt = dueAt;
            this.readyAt = readyAt;
        }

        void failed(CheckResult attempt) {
            attempts = Stream.concat(attempts.stream(), Stream.of(FailedAttempt.of(attempt)))
                    .toList();
        }

        Promise<CheckResult> await() {
            Promise<CheckResult> stored = awaited == null ? Promise.promise() : awaited;
            awaited = stored;
            return stored;
        }

        void fail(Throwable failure) {
            if (awaited != null) {
                awaited.tryFail(failure);
            }
        }
    }

    /** The checks still running of a lease that is being handed over. */
    private static final class Leaving {

        int left;
        final Promise<Void> ended = Promise.promise();
    }

    private final Bus bus;
    private final Schedule schedule;
    private final Permits permits;
    private final Function<Service, Future<Observation>> probe;
    private final LongSupplier time;
    private final CheckMetrics metrics;
    private final LoopMetrics loopMetrics;
    private final ResultBatches batches;
    private final Retries retries;
    private final Elsewhere elsewhere;
    private final Executor loop;
    private final Map<String, Running> running = new HashMap<>();
    private int inFlight;
    private boolean stopping;
    private boolean closed;
    private @Nullable Promise<Void> idle;

    /**
     * @param schedule holds the current services
     * @param permits shared by all check loops
     * @param time the schedule's clock
     * @param metrics shared by all check loops
     * @param retries decide which attempts are repeated
     * @param elsewhere asks other nodes before a service is down
     * @param loop the event loop that this belongs to
     */
    Checks(
            Bus bus,
            Schedule schedule,
            Permits permits,
            Function<Service, Future<Observation>> probe,
            LongSupplier time,
            CheckMetrics metrics,
            LoopMetrics loopMetrics,
            ResultBatches batches,
            Retries retries,
            Elsewhere elsewhere,
            Executor loop) {
        this.bus = bus;
        this.schedule = schedule;
        this.permits = permits;
        this.probe = probe;
        this.time = time;
        this.metrics = metrics;
        this.loopMetrics = loopMetrics;
        this.batches = batches;
        this.retries = retries;
        this.elsewhere = elsewhere;
        this.loop = loop;
    }

    /** Starts a scheduled check; a service whose last check is still running misses this one. */
    void startDue(Schedule.Due due) {
        if (due.missed() > 0) {
            loopMetrics.missed(Missed.LATE, due.missed(), time.getAsLong());
        }
        if (running.containsKey(due.service().id())) {
            loopMetrics.missed(Missed.RUNNING, 1, time.getAsLong());
            return;
        }
        start(prepare(due.service(), due.dueAt(), due.host()));
    }

    /** Checks now, unless a check is running and the service has not changed since it started. */
    void startNow(Service service) {
        if (!running.containsKey(service.id())) {
            start(wantedNow(service));
        }
    }

    /**
     * Checks now, or joins the running check.
     *
     * @return the stored result; fails with {@link Failures#STORE_UNREACHABLE} if it could not be stored or the check
     *     could not be made, and with {@link Failures#NOT_FOUND} if the service is deleted meanwhile
     */
    Future<CheckResult> checkAndStore(Service service) {
        Running current = running.get(service.id());
        if (current != null) {
            return current.await().future();
        }
        if (stopping) {
            return Future.failedFuture(stopping());
        }
        Running check = wantedNow(service);
        Future<CheckResult> result = check.await().future(); // start() may complete the check
        start(check);
        return result;
    }

    private Running wantedNow(Service service) {
        return prepare(service, time.getAsLong(), schedule.host(service));
    }

    private Running prepare(Service service, long dueAt, long host) {
        return new Running(service, schedule.lease(service), host, dueAt, time.getAsLong());
    }

    private void start(Running check) {
        if (!stopping) {
            running.put(check.service.id(), check);
            if (permits.acquire(check.host, check.dueAt, loop, () -> run(check, true))) {
                run(check, false);
            }
        }
    }

    private void run(Running check, boolean hasWaited) {
        if (stopping || check.dropped) {
            permits.release(check.host);
            return;
        }
        check.started = true;
        inFlight++;
        if (check.attempts.isEmpty()) {
            loopMetrics.started(check.dueAt, check.readyAt, hasWaited ? time.getAsLong() : check.readyAt);
        }
        probe.apply(check.service).onComplete((seen, failure) -> {
            if (failure == null) {
                attempted(check, Judgement.of(check.service, seen, retries.degradedAfter(check.service)));
            } else {
                brokeDown(check, failure);
            }
            inFlight--;
            permits.release(check.host);
            Leaving leaving = check.leaving;
            check.leaving = null;
            if (leaving != null && --leaving.left == 0) {
                batches.send();
                leaving.ended.tryComplete();
            }
            if (idle != null && inFlight == 0) {
                idle.tryComplete();
            }
        });
    }

    static Refused stopping() {
        return new Refused(Failures.STORE_UNREACHABLE, "The service is stopping");
    }

    /** The result of a check whose service has been deleted. */
    static Future<CheckResult> gone() {
        return Future.failedFuture(new Refused(Failures.NOT_FOUND, "Service not found"));
    }

    /** The failure for a result that is not {@linkplain Outcome#isRecorded recorded}. */
    static Refused notMade(CheckResult result) {
        return new Refused(
                Failures.STORE_UNREACHABLE,
                result.outcome() == Outcome.UNSUPPORTED
                        ? "This node does not support checks of this type; upgrade it"
                        : "This machine lacks the resources for a check; try again");
    }

    /** Repeats the attempt if that may change the verdict, or ends the check. */
    private void attempted(Running check, CheckResult attempt) {
        Entry entry = counting(check);
        CheckResult result = attempt.after(check.attempts);
        if (entry == null) {
            finished(check, result);
            return;
        }
        boolean ends = stopping || (check.leaving != null && check.awaited == null);
        long pause = retries.pause(entry, attempt, check.attempts.size() + 1, time.getAsLong());
        if (pause != Retries.NONE && ends) {
            check.fail(stopping());
            drop(check); // too few attempts for a verdict; the next holder begins with the first
            return;
        }
        if (pause != Retries.NONE) {
            confirming(check);
            check.failed(attempt);
            retries.later(pause, () -> again(check));
            return;
        }
        long patience = schedule.holds(check.lease)
                ? elsewhere.patience(entry, result, retries.rules(entry.service), time.getAsLong())
                : Elsewhere.NONE;
        if (patience == Elsewhere.NONE) {
            finished(check, result);
            return;
        }
        if (ends) {
            check.fail(stopping());
            drop(check);
            return;
        }
        confirming(check);
        elsewhere.ask(result, attempt, patience).onComplete(asked -> finished(check, asked.result()));
    }

    /** The service's entry, if the check's result would count for it now; otherwise null. */
    private @Nullable Entry counting(Running check) {
        Entry entry = check.dropped || closed ? null : schedule.entry(check.service.id());
        return entry != null
                        && entry.service.isCheckedLike(check.service)
                        && (check.awaited != null || !entry.service.paused())
                ? entry
                : null;
    }

    /** The check goes on, but not at once. */
    private void confirming(Running check) {
        check.started = false;
        if (!check.confirming && isAnnounced(check)) {
            check.confirming = true;
            batches.confirming(check.service.id(), true);
        }
    }

    /** Boards show a check of a location by that location's stored state. */
    private boolean isAnnounced(Running check) {
        return schedule.holds(check.lease) && check.service.locations().isEmpty();
    }

    private void again(Running check) {
        if (stopping || check.dropped) {
            return;
        }
        if (permits.acquire(check.host, time.getAsLong(), loop, () -> run(check, true))) {
            run(check, false);
        }
    }

    private void finished(Running check, CheckResult result) {
        running.remove(check.service.id(), check);
        if (!isTaken(check, result) && check.confirming) {
            batches.confirming(check.service.id(), false);
        }
    }

    /** Takes the result of a check that has ended; returns whether it counts. */
    private boolean isTaken(Running check, CheckResult result) {
        if (check.dropped) {
            return false;
        }
        if (closed) {
            check.fail(stopping());
            return false;
        }
        if (!result.outcome().isRecorded()) {
            if (result.outcome() == Outcome.RESOURCE) {
                loopMetrics.missed(Missed.RESOURCE, 1, time.getAsLong());
            }
            check.fail(notMade(result));
            return false;
        }
        Entry entry = schedule.entry(check.service.id());
        if (entry == null) {
            gone().onFailure(check::fail);
            return false;
        }
        Service now = entry.service;
        if (now.paused() && check.awaited == null) {
            return false;
        }
        if (!now.isCheckedLike(check.service)) {
            if (check.awaited != null) {
                checkAndStore(now).onComplete(check.awaited);
            } else if (schedule.holds(entry.lease)) {
                startNow(now);
            }
            return false;
        }
        if (now.locations().isEmpty()) {
            take(check, entry, result);
            return true;
        }
        Viewpoint viewpoint = schedule.viewpoint(now);
        if (viewpoint != null) {
            take(check, entry, result.from(viewpoint));
            return true;
        }
        if (check.awaited != null) {
            check.awaited.tryComplete(result);
        }
        return false;
    }

    private void take(Running check, Entry entry, CheckResult result) {
        metrics.finished(result);
        Verdict verdict = judge(entry, result);
        if (check.awaited != null) {
            batches.send(); // keeps results in order
            batches.announce(List.of(verdict));
            bus.request(StoreMessage.RECORD, new RecordResult(verdict))
                    .map(result)
                    .onComplete(check.awaited);
        } else {
            batches.add(verdict);
        }
    }

    /** Only the holder of a service's lease judges and announces results; other nodes leave it to the stored state. */
    private Verdict judge(Entry entry, CheckResult result) {
        boolean holds = schedule.holds(entry.lease);
        HealthState known = holds ? schedule.health(entry) : null;
        // a state that is not older stems from another clock: the stored one decides
        HealthState before = known == null || known.lastChecked() >= result.timestamp() ? null : known;
        Verdict verdict = new Verdict(result, retries.rules(entry.service), before, entry.service.visible(), holds);
        if (before != null) {
            schedule.health(entry, verdict.after());
        }
        return verdict;
    }

    private void brokeDown(Running check, Throwable failure) {
        log.error(
                "the check of {} failed by a defect of this program; please report it",
                LoggedService.of(check.service),
                failure);
        running.remove(check.service.id(), check);
        if (check.confirming) {
            batches.confirming(check.service.id(), false);
        }
        check.fail(failure);
    }

    /**
     * Hands the services of a lease over to another node; checks that have not started are forgotten.
     *
     * @return ends when the running checks have ended and all results have been sent. Checks that callers wait for
     *     continue, because any node may run them
     */
    Future<Void> giveUp(int lease) {
        Leaving leaving = new Leaving();
        for (Running check : scheduled(lease)) {
            if (check.started) {
                check.leaving = leaving;
                leaving.left++;
            } else {
                drop(check);
            }
        }
        if (leaving.left == 0) {
            batches.send();
            return Future.succeededFuture();
        }
        return leaving.ended.future();
    }

    /** Discards the running checks of a lease that another node holds already. */
    void drop(int lease) {
        scheduled(lease).forEach(this::drop);
    }

    private void drop(Running check) {
        check.dropped = true;
        running.remove(check.service.id(), check);
        if (check.confirming) {
            batches.confirming(check.service.id(), false);
        }
    }

    private List<Running> scheduled(int lease) {
        return running.values().stream()
                .filter(check -> check.lease == lease && check.awaited == null)
                .toList();
    }

    /**
     * Starts no more checks; ends when the running ones have ended. Queued permit requests must be dropped separately.
     */
    Future<Void> stop() {
        stopping = true;
        running.values().stream().filter(check -> !check.started).forEach(check -> check.fail(stopping()));
        Promise<Void> ended = Promise.promise();
        idle = ended;
        if (inFlight == 0) {
            ended.complete();
        }
        return ended.future();
    }

    /** Sends the remaining results; checks still running are aborted without a result. */
    void close() {
        closed = true;
        batches.send();
    }
}
