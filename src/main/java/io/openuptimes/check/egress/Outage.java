package io.openuptimes.check.egress;

import io.openuptimes.check.net.Failure;
import io.openuptimes.model.NodeOutage;
import io.openuptimes.model.Outcome;
import io.openuptimes.runtime.Lengths;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a part of this node's own network is lost: from the first failed check that it accounts for, to the first look
 * with proof after it. Meanwhile looks again {@value #AGAIN_MS} ms after each look. Belongs to one event loop, except for
 * {@link #since}.
 */
final class Outage {

    private static final Logger log = LoggerFactory.getLogger(Outage.class);

    static final long AGAIN_MS = 2_000;

    private final Vertx vertx;
    private final Clock clock;
    private final Outcome reason;
    private final Runnable look;
    private final Consumer<NodeOutage> changed;
    private volatile long since;
    private @Nullable Long timer;
    private boolean stopped;

    /**
     * @param clock time of day
     * @param reason {@link Outcome#EGRESS} or {@link Outcome#RESOLVER}
     * @param look looks again unless a look is running; the result of any look reaches {@link #seen}
     * @param changed told when an outage begins and when it ends
     */
    Outage(Vertx vertx, Clock clock, Outcome reason, Runnable look, Consumer<NodeOutage> changed) {
        this.vertx = vertx;
        this.clock = clock;
        this.reason = reason;
        this.look = look;
        this.changed = changed;
    }

    /** When the outage began, epoch milliseconds; 0 without one. May be called on any thread. */
    long since() {
        return since;
    }

    /** A failed check is accounted for by this part of the network. */
    void found(Failure fault) {
        if (since > 0 || stopped) {
            return;
        }
        since = clock.millis();
        log.warn(
                "failed checks say nothing about their services until this is over: {}. Such results are unknown,"
                        + " with reason {}",
                fault.text(),
                reason.word());
        changed.accept(new NodeOutage(reason, since, null));
        again();
    }

    /** A look has ended. */
    void seen(Optional<Failure> fault) {
        if (since == 0 || stopped) {
            return;
        }
        if (fault.isPresent()) {
            again();
            return;
        }
        long began = since;
        long now = clock.millis();
        since = 0;
        cancelTimer();
        log.info("this node's own network works again (reason {}) after {}", reason.word(), Lengths.text(now - began));
        changed.accept(new NodeOutage(reason, began, now));
    }

    private void again() {
        cancelTimer();
        timer = vertx.setTimer(AGAIN_MS, due -> {
            if (since > 0 && !stopped) {
                look.run();
            }
        });
    }

    private void cancelTimer() {
        if (timer != null) {
            vertx.cancelTimer(timer);
            timer = null;
        }
    }

    void stop() {
        stopped = true;
        cancelTimer();
    }
}
