package io.openuptimes.check;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Service;
import io.openuptimes.model.Target;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs checks: one at a time for each service, within the permits, each result to the store.
 *
 * <p>A result counts only for the service as it was checked: if what is checked has changed meanwhile, the result is
 * dropped and the service checked again. It is dropped, too, if the service has been deleted, or paused and nobody waits.
 */
final class Checks {

    private static final Logger log = LoggerFactory.getLogger(Checks.class);

    private static final class Running {

        final Service service;
        final Promise<CheckResult> stored = Promise.promise();
        /** Somebody waits for the result to be stored. */
        boolean awaited;
        /** It has its permit. */
        boolean started;

        Running(Service service) {
            this.service = service;
        }
    }

    private final Bus bus;
    private final Schedule schedule;
    private final Permits permits;
    private final Map<String, Prober> probers;
    private final Clock clock;
    private final CheckMetrics metrics;
    private final Outbox outbox;
    private final Map<String, Running> running = new HashMap<>();
    private boolean stopping;
    private boolean closed;
    private @Nullable Promise<Void> idle;

    /**
     * @param schedule knows the services as they are now
     * @param probers by URL scheme
     * @param clock tells the time of day
     */
    Checks(
            Bus bus,
            Schedule schedule,
            Permits permits,
            Map<String, Prober> probers,
            Clock clock,
            CheckMetrics metrics,
            Outbox outbox) {
        this.bus = bus;
        this.schedule = schedule;
        this.permits = permits;
        this.probers = probers;
        this.clock = clock;
        this.metrics = metrics;
        this.outbox = outbox;
        metrics.gauge("checks.in.flight", "Checks that run now", permits, Permits::running);
        metrics.gauge("checks.waiting", "Checks that are due and wait for a permit", permits, Permits::waiting);
    }

    /** Starts a check that the schedule wants; a service that is still being checked misses its turn. */
    void startDue(Schedule.Due due) {
        if (due.missed() > 0) {
            metrics.missed(due.missed());
        }
        if (running.containsKey(due.service().id())) {
            metrics.missed(1);
            return;
        }
        start(due.service(), due.dueAt());
    }

    /** Checks now; a check that runs already is good enough, unless the service has changed since. */
    void startNow(Service service) {
        if (!running.containsKey(service.id())) {
            start(service, clock.millis());
        }
    }

    /**
     * Checks now, or joins the check that runs already.
     *
     * @return the result once it is stored; fails with {@link Failures#STORE_UNREACHABLE} if it could not be, with
     *     {@link Failures#NOT_FOUND} if the service is deleted meanwhile
     */
    Future<CheckResult> checkAndStore(Service service) {
        startNow(service);
        Running current = running.get(service.id());
        if (current == null) {
            return Future.failedFuture(stopping());
        }
        current.awaited = true;
        return current.stored.future();
    }

    private void start(Service service, long dueAt) {
        if (!stopping) {
            Running check = new Running(service);
            running.put(service.id(), check);
            run(check, dueAt);
        }
    }

    private void run(Running check, long dueAt) {
        Target target = Target.of(check.service.url());
        String hostAndPort = target.host() + ":" + target.port();
        permits.acquire(hostAndPort, () -> {
            check.started = true;
            long now = clock.millis();
            metrics.started(now, now - dueAt);
            prober(target)
                    .probe(check.service)
                    .onSuccess(result -> finished(check, result))
                    .onFailure(failure -> brokeDown(check, failure))
                    .onComplete(ended -> release(hostAndPort));
        });
    }

    void release(String hostAndPort) {
        permits.release(hostAndPort);
        if (idle != null && permits.running() == 0) {
            idle.tryComplete();
        }
    }

    static Refused stopping() {
        return new Refused(Failures.STORE_UNREACHABLE, "The service is stopping");
    }

    Prober prober(Target target) {
        Prober prober = probers.get(target.tls() ? "https" : "http");
        if (prober == null) {
            throw new IllegalStateException("no prober for " + target);
        }
        return prober;
    }

    private void finished(Running check, CheckResult result) {
        running.remove(check.service.id(), check);
        if (closed) {
            check.stored.tryFail(stopping());
            return;
        }
        Service now = schedule.find(check.service.id());
        if (now == null) {
            check.stored.tryFail(new Refused(Failures.NOT_FOUND, "Service not found"));
            return;
        }
        if (now.paused() && !check.awaited) {
            return;
        }
        if (!now.isCheckedLike(check.service)) {
            if (check.awaited) {
                checkAndStore(now).onComplete(check.stored);
            } else {
                startNow(now);
            }
            return;
        }
        metrics.finished(result);
        if (check.awaited) {
            outbox.send(); // what is older goes first
            bus.request(Addresses.RECORD, new RecordResult(result)).map(result).onComplete(check.stored);
        } else {
            outbox.add(result);
        }
    }

    private void brokeDown(Running check, Throwable failure) {
        log.error("check of service {} broke down", check.service.id(), failure);
        running.remove(check.service.id(), check);
        check.stored.tryFail(failure);
    }

    /** Starts no more; done when those that run have ended. */
    Future<Void> stop() {
        stopping = true;
        permits.forgetWaiting();
        running.values().stream().filter(check -> !check.started).forEach(check -> check.stored.tryFail(stopping()));
        Promise<Void> ended = Promise.promise();
        idle = ended;
        if (permits.running() == 0) {
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
