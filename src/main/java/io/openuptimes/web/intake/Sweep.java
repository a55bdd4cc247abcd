package io.openuptimes.web.intake;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Looks at everything that has to make progress, at regular intervals, so that no request needs a timer of its own.
 * Belongs to one event loop.
 */
final class Sweep {

    /** Something that ends if it makes no progress. */
    interface Watched {
        /**
         * @param now as of {@link Sweep#now()}
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
        for (Watched each : watched.toArray(Watched[]::new)) { // a copy: what ends is removed meanwhile
            each.sweep(now);
        }
    }

    /** Milliseconds of a clock that is never set, as of the last sweep: reading it costs nothing. */
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
