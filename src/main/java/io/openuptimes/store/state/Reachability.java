package io.openuptimes.store.state;

import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.Reload;
import io.openuptimes.bus.EventMessage.StoreReachable;
import io.openuptimes.store.feature.StoreContext;
import io.openuptimes.store.format.StoreFormat;
import io.openuptimes.store.link.Gate;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tracks whether Redis is reachable and accepts writes, and publishes changes. */
final class Reachability {

    private static final Logger log = LoggerFactory.getLogger(Reachability.class);

    private final StoreContext store;
    private final Admission admission;
    private final Gate gate;
    private final Supplier<Future<?>> reached;
    private final StoreMetrics metrics;
    private final Promise<Void> checked = Promise.promise();

    /** Why a reachable Redis refuses results; null if it accepts them. */
    private @Nullable String refusal;

    /** Whether the link is up but the node has not been admitted yet. */
    private boolean locked;

    /** Why this node must not use the store; null if it may. */
    private @Nullable String refused;

    /**
     * @param gate closed while the store has a format that this version must not use
     * @param reached tells all features that Redis can be used
     */
    Reachability(
            StoreContext store, Admission admission, Gate gate, Supplier<Future<?>> reached, StoreMetrics metrics) {
        this.store = store;
        this.admission = admission;
        this.gate = gate;
        this.reached = reached;
        this.metrics = metrics;
    }

    @Nullable
    String refusal() {
        return refusal;
    }

    /** The link is up. */
    void there() {
        locked = true;
        admission.check().onSuccess(known -> admitted()).onFailure(this::notAdmitted);
    }

    /** The node is admitted to the store; starts everything that waits for that. */
    void admitted() {
        if (refused != null) {
            log.info("this node may use the store again");
            refused = null;
        }
        gate.open();
        if (locked && store.link().isUp()) {
            locked = false;
            begin();
        }
    }

    /**
     * The node was refused, or the check itself failed. While the node is refused, Redis counts as unreachable. A
     * failed check changes nothing; it will be repeated.
     *
     * <p>If the format is the reason, the gate is closed as well. A node refused for any other reason stays visible to
     * the others, so that no restore begins while it runs.
     */
    void notAdmitted(Throwable failure) {
        if (!Admission.isRefusal(failure)) {
            return;
        }
        String reason = String.valueOf(failure.getMessage());
        if (!reason.equals(refused)) {
            refused = reason;
            locked = true;
            if (StoreFormat.isMismatch(failure)) {
                log.error("{}. This node neither reads nor writes it from now on, and checks nothing", reason);
                gate.close(reason);
            } else {
                log.error("{}", reason);
            }
            away();
        }
        checked.tryFail(failure);
    }

    /**
     * Completes when the node is admitted, or when the wait is over.
     *
     * @param millis maximum wait while Redis is away
     * @return fails if the node is refused
     */
    Future<Void> checked(Vertx vertx, long millis) {
        vertx.setTimer(millis, timer -> checked.tryComplete());
        return checked.future();
    }

    private void begin() {
        checked.tryComplete();
        metrics.reachable(refusal == null);
        // nothing is loaded before this: a load could mix the states before and after an interrupted change
        store.commits()
                .settle()
                .transform(settled -> store.turns().finishUndone())
                .transform(finished -> reached.get())
                .onComplete(told -> {
                    publish(refusal == null);
                    store.bus().publish(EventMessage.RELOAD, new Reload()); // much may have changed meanwhile
                });
    }

    private void publish(boolean reachable) {
        store.bus().publish(EventMessage.STORE_REACHABLE, new StoreReachable(reachable));
    }

    /** The link is down. */
    void away() {
        metrics.reachable(false);
        publish(false);
    }

    /**
     * A Redis that refuses writes is as good as none for writers, and displayed data becomes stale.
     *
     * @param reason null when Redis accepts writes again
     */
    void refuses(@Nullable String reason) {
        boolean changed = (reason == null) != (refusal == null);
        refusal = reason;
        if (changed && store.link().isUp()) {
            if (reason == null) {
                there();
            } else {
                away();
            }
        }
    }
}
