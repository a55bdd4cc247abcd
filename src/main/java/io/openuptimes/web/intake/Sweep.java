package io.openuptimes.web.intake;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Periodically checks everything that has to make progress, so that requests need no timers. Belongs to one event loop.
 */
final class Sweep {

    /** Ends if it makes no progress. */
    interface Watched {
        /**
         * @param now same as {@link Sweep#now()}
         */
        void sweep(long now);
    }

    private final Set<Watched> watched = new LinkedHashSet<>();
    private final Vertx vertx;
    private final long timer;
    private long now = millis();

    Sweep(Vertx vertx, Duration interval) {
        this.vertx = vertx;
        this.timer = vertx.setPeriodic(interval.toMillis(), tick -> sweep());
    }

    private static long millis() {
        return System.nanoTime() / 1_000_000;
    }

    private void sweep() {
        now = millis();
        for (Watched each : watched.toArray(Watched[]::new)) { // a copy, because items remove themselves
            each.sweep(now);
        }
    }

    /** Monotonic time of the last sweep, in milliseconds; reading it costs nothing. */
    long now() {
        return now;
    }

    void add(Watched watch) {
        watched.add(watch);
    }

    void remove(Watched watch) {
        watched.remove(watch);
    }

    void stop() {
        vertx.cancelTimer(timer);
    }
}
