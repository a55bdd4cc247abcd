package io.openuptimes.check;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.NodeMessage;
import io.openuptimes.bus.NodeMessage.JoinNodes;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.All;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.runtime.SteadyClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads all services into the check loops. The first load is repeated until it succeeds; then this node accepts leases.
 *
 * <p>Belongs to the verticle's event loop.
 */
final class CheckLoads {

    private static final Logger log = LoggerFactory.getLogger(CheckLoads.class);

    private static final long RETRY_MS = 500;
    /** Larger than the clock difference between nodes. */
    private static final long WORTH_FOLLOWING_MS = 1_000;

    private final Vertx vertx;
    private final Bus bus;
    private final CheckLoops loops;
    private final SteadyClock clock;
    private boolean loaded;
    private boolean stopped;

    /**
     * @param clock time of day
     */
    CheckLoads(Vertx vertx, Bus bus, CheckLoops loops, SteadyClock clock) {
        this.vertx = vertx;
        this.bus = bus;
        this.loops = loops;
        this.clock = clock;
    }

    /** Whether a load has succeeded. */
    boolean isLoaded() {
        return loaded;
    }

    /** Starts no more attempts. */
    void stop() {
        stopped = true;
    }

    /** Replaces the loops' services by the stored ones. */
    void load() {
        loops.loadBegins();
        bus.request(StoreMessage.LOAD_ALL, new LoadAll())
                .compose(this::takeOver)
                .onComplete(taken -> loops.loadEnds(), failure -> {
                    loops.loadEnds();
                    if (!loaded && !stopped) {
                        vertx.setTimer(RETRY_MS, again -> load());
                    }
                });
    }

    private Future<Void> takeOver(All all) {
        startAfter(all.statuses());
        return loops.load(all.services()).onSuccess(done -> {
            if (!loaded) {
                loaded = true;
                log.info("schedule has {} services", loops.services());
                join();
            }
        });
    }

    /** Moves the clock past the stored results: the store rejects a result older than the last one of its service. */
    private void startAfter(List<ServiceStatus> stored) {
        long newest =
                stored.stream().mapToLong(ServiceStatus::lastChecked).max().orElse(0);
        long ahead = newest - clock.millis() > WORTH_FOLLOWING_MS ? clock.notBefore(newest) : 0;
        if (ahead > SteadyClock.AHEAD) {
            log.error(
                    "stored results are {} h ahead of this machine's clock. Correct the clock: until then, no results of their"
                            + " services are written",
                    TimeUnit.MILLISECONDS.toHours(ahead));
        } else if (ahead > 0) {
            log.warn(
                    "stored results are {} s ahead of this machine's clock; times continue from there, slowed down",
                    ahead / 1000.0);
        }
    }

    /** Accepts leases once the services are loaded. */
    private void join() {
        bus.request(NodeMessage.JOIN_NODES, new JoinNodes()).onFailure(failure -> {
            if (!stopped) {
                vertx.setTimer(RETRY_MS, again -> join());
            }
        });
    }
}
