package io.openuptimes.check;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.LoggedService;
import io.openuptimes.model.Service;
import io.openuptimes.model.Status;
import io.openuptimes.model.Viewpoint;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs checks: one at a time for each service, within the permits, each result to the store.
 *
 * <p>A result counts only for the service as it was checked: if what is checked has changed meanwhile, the result is
 * dropped and the service checked again. Where a service has locations, it counts as seen from this node's; if that is
 * none of them, only whoever asked for it is told. It is dropped, too, if the service has been deleted, or paused and nobody waits,
 * or if another node has the service now, or if it tells of this machine rather than of the service. One event loop only.
 */
final class Checks {

    private static final Logger log = LoggerFactory.getLogger(Checks.class);

    private static final class Running {

        final Service service;
        final int slot;
        final long host;
        /** When it was due. */
        final long dueAt;
        /** When it could have run, if it had its permit. */
        final long readyAt;
        /** It has its permit. */
        boolean started;
        /** Its service is another node's now: what it brings is of no use. */
        boolean dropped;
        /** Somebody waits for the end of its partition's checks. */
        @Nullable
        Leaving leaving;
        /** Somebody waits for the result to be stored. */
        @Nullable
        Promise<CheckResult> awaited;

        Running(Service service, int slot, long host, long dueAt, long readyAt) {
            this.service = service;
            this.slot = slot;
            this.host = host;
            this.dueAt = dueAt;
            this.readyAt = readyAt;
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

    /** Checks of a partition that is given up and that still run. */
    private static final class Leaving {

        int left;
        final Promise<Void> ended = Promise.promise();
    }

    private final Bus bus;
    private final Schedule schedule;
    private final Permits permits;
    private final Probers probers;
    private final LongSupplier time;
    private final CheckMetrics metrics;
    private final LaneMetrics lane;
    private final Outbox outbox;
    private final Executor loop;
    private final Map<String, Running> running = new HashMap<>();
    private int inFlight;
    private boolean stopping;
    private boolean closed;
    private @Nullable Promise<Void> idle;

    /**
     * @param schedule knows the services as they are now
     * @param permits shared with others
     * @param time that of the schedule
     * @param metrics shared with others
     * @param loop the event loop that all this is on
     */
    Checks(
            Bus bus,
            Schedule schedule,
            Permits permits,
            Probers probers,
            LongSupplier time,
            CheckMetrics metrics,
            LaneMetrics lane,
            Outbox outbox,
            Executor loop) {
        this.bus = bus;
        this.schedule = schedule;
        this.permits = permits;
        this.probers = probers;
        this.time = time;
        this.metrics = metrics;
        this.lane = lane;
        this.outbox = outbox;
        this.loop = loop;
    }

    /** Starts a check that the schedule wants; a service that is still being checked misses its turn. */
    void startDue(Schedule.Due due) {
        if (due.missed() > 0) {
            lane.missed(Missed.LATE, due.missed(), time.getAsLong());
        }
        if (running.containsKey(due.service().id())) {
            lane.missed(Missed.RUNNING, 1, time.getAsLong());
            return;
        }
        start(prepare(due.service(), due.dueAt(), due.host()));
    }

    /** Checks now; a check that runs already is good enough, unless the service has changed since. */
    void startNow(Service service) {
        if (!running.containsKey(service.id())) {
            start(wantedNow(service));
        }
    }

    /**
     * Checks now, or joins the check that runs already.
     *
     * @return the result once it is stored; fails with {@link Failures#STORE_UNREACHABLE} if it could not be, or the
     *     check could not be made, with {@link Failures#NOT_FOUND} if the service is deleted meanwhile
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
        Future<CheckResult> result = check.await().future(); // the check may be over when it has been started
        start(check);
        return result;
    }

    private Running wantedNow(Service service) {
        return prepare(service, time.getAsLong(), schedule.host(service));
    }

    private Running prepare(Service service, long dueAt, long host) {
        return new Running(service, schedule.slot(service), host, dueAt, time.getAsLong());
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
        lane.started(check.dueAt, check.readyAt, hasWaited ? time.getAsLong() : check.readyAt);
        probers.of(check.service).probe(check.service).onComplete((result, failure) -> {
            if (failure == null) {
                finished(check, result);
            } else {
                brokeDown(check, failure);
            }
            inFlight--;
            permits.release(check.host);
            Leaving leaving = check.leaving;
            if (leaving != null && --leaving.left == 0) {
                outbox.send();
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

    /** Whether it tells of this machine, which could not make the check, rather than of the service. */
    static boolean saysNothing(CheckResult result) {
        return result.outcome().status() == Status.UNKNOWN;
    }

    static Refused shortOfResources() {
        return new Refused(Failures.STORE_UNREACHABLE, "The machine is short of what a check takes, try again");
    }

    private void finished(Running check, CheckResult result) {
        running.remove(check.service.id(), check);
        if (check.dropped) {
            return;
        }
        if (closed) {
            check.fail(stopping());
            return;
        }
        if (saysNothing(result)) {
            lane.missed(Missed.RESOURCE, 1, time.getAsLong());
            check.fail(shortOfResources());
            return;
        }
        Service now = schedule.find(check.service.id());
        if (now == null) {
            gone().onFailure(check::fail);
            return;
        }
        if (now.paused() && check.awaited == null) {
            return;
        }
        if (!now.isCheckedLike(check.service)) {
            if (check.awaited != null) {
                checkAndStore(now).onComplete(check.awaited);
            } else if (schedule.holds(schedule.slot(now))) {
                startNow(now);
            }
            return;
        }
        if (now.locations().isEmpty()) {
            take(check, result);
            return;
        }
        Viewpoint viewpoint = schedule.viewpoint(now);
        if (viewpoint != null) {
            take(check, result.from(viewpoint));
        } else if (check.awaited != null) {
            check.awaited.tryComplete(result);
        }
    }

    private void take(Running check, CheckResult result) {
        metrics.finished(result);
        if (check.awaited != null) {
            outbox.send(); // what is older goes first
            bus.request(Addresses.RECORD, new RecordResult(result)).map(result).onComplete(check.awaited);
        } else {
            outbox.add(result);
        }
    }

    private void brokeDown(Running check, Throwable failure) {
        log.error(
                "the check of {} failed by a defect of this program; please report it",
                LoggedService.of(check.service),
                failure);
        running.remove(check.service.id(), check);
        check.fail(failure);
    }

    /**
     * Another node is to check the services of a slot: forgets what has not started.
     *
     * @return ends when what has started has ended, and all results are on their way. Checks that somebody waits for go
     *     on: any node may make them
     */
    Future<Void> giveUp(int slot) {
        Leaving leaving = new Leaving();
        for (Running check : scheduled(slot)) {
            if (check.started) {
                check.leaving = leaving;
                leaving.left++;
            } else {
                drop(check);
            }
        }
        if (leaving.left == 0) {
            outbox.send();
            return Future.succeededFuture();
        }
        return leaving.ended.future();
    }

    /** Another node has the services of a slot: what still runs of them counts for nothing. */
    void drop(int slot) {
        scheduled(slot).forEach(this::drop);
    }

    private void drop(Running check) {
        check.dropped = true;
        running.remove(check.service.id(), check);
    }

    private List<Running> scheduled(int slot) {
        return running.values().stream()
                .filter(check -> check.slot == slot && check.awaited == null)
                .toList();
    }

    /** Starts no more; done when those that run have ended. Whoever waits for a permit is to be forgotten besides. */
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

    /** Sends what there is; what still runs is broken off now and says nothing of its service. */
    void close() {
        closed = true;
        outbox.send();
    }
}
