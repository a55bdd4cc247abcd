package io.openuptimes.check;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Service;
import io.openuptimes.model.Target;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Set;

/**
 * Checks of services that are not stored, for whoever wants to know what a check would say. Within the permits of all
 * checks, but neither recorded nor counted among them.
 */
final class Trials {

    private final Vertx vertx;
    private final Permits permits;
    private final Checks checks;
    private final long waitMs;
    private final Set<Promise<CheckResult>> open = new HashSet<>();
    private boolean stopped;

    /**
     * @param checks knows the probers and shares the permits
     * @param waitMs how long one may wait for its permit
     */
    Trials(Vertx vertx, Permits permits, Checks checks, long waitMs) {
        this.vertx = vertx;
        this.permits = permits;
        this.checks = checks;
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
        Target target = Target.of(service.url());
        String hostAndPort = target.host() + ":" + target.port();
        long timer = vertx.setTimer(
                waitMs,
                late -> promise.tryFail(
                        new Refused(Failures.STORE_UNREACHABLE, "Too many checks are waiting, try again")));
        permits.acquire(hostAndPort, () -> {
            vertx.cancelTimer(timer);
            if (promise.future().isComplete()) {
                // nobody waits any more; not at once, for who hands out permits is not done yet
                vertx.runOnContext(later -> checks.release(hostAndPort));
                return;
            }
            checks.prober(target)
                    .probe(service)
                    .onSuccess(promise::tryComplete)
                    .onFailure(promise::tryFail)
                    .onComplete(ended -> checks.release(hostAndPort));
        });
        return promise.future().onComplete(ended -> open.remove(promise));
    }

    /** No more; what waits or runs ends without a result, as one that is broken off says nothing of the service. */
    void stop() {
        stopped = true;
        Set.copyOf(open).forEach(promise -> promise.tryFail(Checks.stopping()));
    }
}
