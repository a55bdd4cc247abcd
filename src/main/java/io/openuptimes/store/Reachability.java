package io.openuptimes.store;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage.StoreReachable;
import io.openuptimes.store.changes.ChangeTurns;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Redis is there and takes what is written; tells of it when that changes. */
final class Reachability {

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

    /** Why Redis, which is there, does not take results; null if it does. */
    private @Nullable String refusal;

    Reachability(
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

    /** Whether the link is up, but it is not known yet that this node may work with it. */
    private boolean locked;

    @Nullable
    String refusal() {
        return refusal;
    }

    /** Told that the link is up. */
    void there() {
        locked = true;
        admission.check().onSuccess(known -> followed()).onFailure(this::locked);
    }

    /** Told that this node may work with what is stored: what waits for that begins. */
    void followed() {
        if (locked && link.isUp()) {
            locked = false;
            begin();
        }
    }

    /** A Redis that this node may not work with is none for it; where it only did not answer, it will come back. */
    private void locked(Throwable failure) {
        if (Admission.isRefusal(failure)) {
            log.error("{}", failure.getMessage());
            away();
            checked.tryFail(failure);
        }
    }

    /**
     * Whether this node may work with Redis, as far as that is known in time.
     *
     * @param millis to wait while Redis is away
     * @return fails if it may not
     */
    Future<Void> checked(Vertx vertx, long millis) {
        vertx.setTimer(millis, timer -> checked.tryComplete());
        return checked.future();
    }

    private void begin() {
        checked.tryComplete();
        metrics.reachable(refusal == null);
        events.flush();
        // nobody loads anything before: half of it could be of before an interrupted change, and half of after it
        commits.settle()
                .transform(settled -> turns.finishUndone())
                .transform(finished -> retention.refresh())
                .onComplete(fresh -> bus.publish(Addresses.STORE_REACHABLE, new StoreReachable(refusal == null)));
    }

    /** Told that the link is down. */
    void away() {
        metrics.reachable(false);
        bus.publish(Addresses.STORE_REACHABLE, new StoreReachable(false));
    }

    /**
     * Redis that takes nothing is as good as none for all that is to be written, and what is shown gets old.
     *
     * @param reason null when it takes it again
     */
    void refuses(@Nullable String reason) {
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
