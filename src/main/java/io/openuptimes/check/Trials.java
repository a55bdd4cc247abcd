package io.openuptimes.check;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.check.type.Observation;
import io.openuptimes.health.Rules;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Policy;
import io.openuptimes.model.Service;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks services that are not stored, to try them out. Uses the permits of all checks; results are neither recorded
 * nor counted. Belongs to one event loop.
 */
final class Trials {

    private final Vertx vertx;
    private final Permits permits;
    private final Function<Service, Future<Observation>> probe;
    private final LongSupplier time;
    private final Executor loop;
    private final long waitMs;
    private final Policy defaults;
    private final Set<Promise<CheckResult>> open = new HashSet<>();
    private int running;
    private boolean stopped;
    private @Nullable Promise<Void> idle;

    /**
     * @param permits shared with all other checks
     * @param time approximates the schedule's clock
     * @param loop the event loop that this belongs to
     * @param waitMs maximum time to wait for a permit, milliseconds
     * @param defaults for services without a policy, complete
     */
    Trials(
            Vertx vertx,
            Permits permits,
            Function<Service, Future<Observation>> probe,
            LongSupplier time,
            Executor loop,
            long waitMs,
            Policy defaults) {
        this.vertx = vertx;
        this.permits = permits;
        this.probe = probe;
        this.time = time;
        this.loop = loop;
        this.waitMs = waitMs;
        this.defaults = defaults;
    }

    /**
     * Checks now.
     *
     * @return fails with {@link Failures#STORE_UNREACHABLE} if there is no permit in time, if the check could not be
     *     made, or if the process stops
     */
    Future<CheckResult> run(Service service) {
        if (stopped) {
            return Future.failedFuture(Checks.stopping());
        }
        Promise<CheckResult> promise = Promise.promise();
        open.add(promise);
        long host = HostKey.of(service.url());
        long timer = vertx.setTimer(
                waitMs,
                late -> promise.tryFail(
                        new Refused(Failures.STORE_UNREACHABLE, "Too many checks are waiting; try again")));
        Runnable turn = () -> {
            vertx.cancelTimer(timer);
            probe(service, host, promise);
        };
        if (permits.acquire(host, time.getAsLong(), loop, turn)) {
            turn.run();
        }
        return promise.future().onComplete(ended -> open.remove(promise));
    }

    private void probe(Service service, long host, Promise<CheckResult> promise) {
        if (promise.future().isComplete()) { // too late
            permits.release(host);
            return;
        }
        running++;
        probe.apply(service).onComplete((seen, failure) -> {
            if (failure == null) {
                end(
                        promise,
                        Judgement.of(
                                service,
                                seen,
                                Rules.of(service.policy().orElse(defaults)).degradedAfter()));
            } else {
                promise.tryFail(failure);
            }
            running--;
            permits.release(host);
            if (idle != null && running == 0) {
                idle.tryComplete();
            }
        });
    }

    private static void end(Promise<CheckResult> promise, CheckResult result) {
        if (!result.outcome().isRecorded()) {
            promise.tryFail(Checks.notMade(result));
        } else {
            promise.tryComplete(result);
        }
    }

    /**
     * Starts no more checks; waiting and running ones end without a result, because an aborted check does not describe
     * the service. Completes when no probe is running.
     */
    Future<Void> stop() {
        stopped = true;
        Set.copyOf(open).forEach(promise -> promise.tryFail(Checks.stopping()));
        Promise<Void> ended = Promise.promise();
        idle = ended;
        if (running == 0) {
            ended.complete();
        }
        return ended.future();
    }
}
