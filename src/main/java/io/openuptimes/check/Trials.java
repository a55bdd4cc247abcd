package io.openuptimes.check;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Service;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks of services that are not stored, for whoever wants to know what a check would say. Within the permits of all
 * checks, but neither recorded nor counted among them. One event loop only.
 */
final class Trials {

    private final Vertx vertx;
    private final Permits permits;
    private final Probers probers;
    private final LongSupplier time;
    private final Executor loop;
    private final long waitMs;
    private final Set<Promise<CheckResult>> open = new HashSet<>();
    private int running;
    private boolean stopped;
    private @Nullable Promise<Void> idle;

    /**
     * @param permits shared with all other checks
     * @param time that of the schedule, about
     * @param loop the event loop that all this is on
     * @param waitMs how long one may wait for its permit
     */
    Trials(Vertx vertx, Permits permits, Probers probers, LongSupplier time, Executor loop, long waitMs) {
        this.vertx = vertx;
        this.permits = permits;
        this.probers = probers;
        this.time = time;
        this.loop = loop;
        this.waitMs = waitMs;
    }

    /**
     * Checks now.
     *
     * @return fails with {@link Failures#STORE_UNREACHABLE}, which is the code of what may work later, if there is no
     *     permit in time or the service stops
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
        if (promise.future().isComplete()) { // nobody waits any more
            permits.release(host);
            return;
        }
        running++;
        probers.of(service).probe(service).onComplete((result, failure) -> {
            if (failure != null) {
                promise.tryFail(failure);
            } else if (Checks.saysNothing(result)) {
                promise.tryFail(Checks.shortOfResources());
            } else {
                promise.tryComplete(result);
            }
            running--;
            permits.release(host);
            if (idle != null && running == 0) {
                idle.tryComplete();
            }
        });
    }

    /**
     * No more; what waits or runs ends without a result, as one that is broken off says nothing of the service. Done when
     * no probe runs any more.
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
