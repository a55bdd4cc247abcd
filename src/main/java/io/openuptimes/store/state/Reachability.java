package io.openuptimes.store.state;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage.StoreReachable;
import io.openuptimes.store.changes.ChangeTurns;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.events.EventAppender;
import io.openuptimes.store.history.Retention;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tracks whether Redis is reachable and accepts writes, and publishes changes. */
public final class Reachability {

    private static final Logger log = LoggerFactory.getLogger(Reachability.class);

    private final Bus bus;
    private final Link link;
    private final Admission admission;
    private final Promise<Void> checked = Promise.promise();
    private final EventAppender events;
    private final Commits commits;
    private final ChangeTurns turns;
    private final Retention retention;
    private final StoreMetrics metrics;

    /** Why a reachable Redis refuses results; null if it accepts them. */
    private @Nullable String refusal;

    public Reachability(
            Bus bus,
            Link link,
            Admission admission,
            EventAppender events,
            Commits commits,
            ChangeTurns turns,
            Retention retention,
            StoreMetrics metrics) {
        this.bus = bus;
        this.link = link;
        this.admission = admission;
        this.events = events;
        this.commits = commits;
        this.turns = turns;
        this.retention = retention;
        this.metrics = metrics;
    }

    /** Whether the link is up but the node has not been admitted yet. */
    private boolean locked;

    @Nullable
    String refusal() {
        return refusal;
    }

    /** The link is up. */
    public void there() {
        locked = true;
        admission.check().onSuccess(known -> followed()).onFailure(this::locked);
    }

    /** The node has been admitted to the store; starts everything that waits for that. */
    public void followed() {
        if (locked && link.isUp()) {
            locked = false;
            begin();
        }
    }

    /** The node may no longer use the store: it counts as unreachable until the node is admitted again. */
    public void refused() {
        if (!locked) {
            locked = true;
            away();
        }
    }

    /** If the node was refused, Redis counts as unreachable; if the check only timed out, it will be repeated. */
    private void locked(Throwable failure) {
        if (Admission.isRefusal(failure)) {
            log.error("{}", failure.getMessage());
            away();
            checked.tryFail(failure);
        }
    }

    /**
     * Completes when the node is admitted, or when the wait is over.
     *
     * @param millis maximum wait while Redis is away
     * @return fails if the node is refused
     */
    public Future<Void> checked(Vertx vertx, long millis) {
        vertx.setTimer(millis, timer -> checked.tryComplete());
        return checked.future();
    }

    private void begin() {
        checked.tryComplete();
        metrics.reachable(refusal == null);
        events.flush();
        // nothing is loaded before this: a load could mix the states before and after an interrupted change
        commits.settle()
                .transform(settled -> turns.finishUndone())
                .transform(finished -> retention.refresh())
                .onComplete(fresh -> bus.publish(Addresses.STORE_REACHABLE, new StoreReachable(refusal == null)));
    }

    /** The link is down. */
    public void away() {
        metrics.reachable(false);
        bus.publish(Addresses.STORE_REACHABLE, new StoreReachable(false));
    }

    /**
     * A Redis that refuses writes is as good as none for writers, and displayed data becomes stale.
     *
     * @param reason null when Redis accepts writes again
     */
    public void refuses(@Nullable String reason) {
        boolean changed = (reason == null) != (refusal == null);
        refusal = reason;
        if (changed && link.isUp()) {
            if (reason == null) {
                there();
            } else {
                away();
            }
        }
    }
}
