package io.openuptimes.store.state;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.Pong;
import io.openuptimes.bus.StoreMessage.StoreState;
import io.openuptimes.store.feature.Feature;
import io.openuptimes.store.feature.StoreContext;
import io.openuptimes.store.link.Gate;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tracks whether the store can be used, and answers requests for its state. */
public final class StateFeature implements Feature {

    /** Redis counts as away for state requests if it has not answered for this long. */
    private static final long SILENT_S = 2;

    /** How long the start waits for Redis, to find out whether this node has the installation's key. */
    private static final long START_WAIT_MS = 2_000;

    private final StoreContext store;
    private final IntSupplier queued;
    private final LongSupplier dropped;
    private final Reachability reachability;
    private final Upkeep upkeep;

    /**
     * @param gate closed while the store has a format that this version must not use
     * @param features all other features
     * @param queued number of results waiting to be written
     * @param dropped number of results lost since the start
     */
    public StateFeature(
            StoreContext store,
            Admission admission,
            Gate gate,
            List<Feature> features,
            IntSupplier queued,
            LongSupplier dropped) {
        this.store = store;
        this.queued = queued;
        this.dropped = dropped;
        this.reachability = new Reachability(
                store, admission, gate, () -> all(features, Feature::reached), new StoreMetrics(store.registry()));
        this.upkeep = new Upkeep(store, () -> all(features, Feature::upkeep), admission, reachability);
    }

    private static Future<?> all(List<Feature> features, Function<Feature, Future<?>> call) {
        return Future.join(features.stream().map(call).toList());
    }

    /** The link to Redis is up. */
    public void linkUp() {
        reachability.there();
    }

    /** The link to Redis is down. */
    public void linkDown() {
        reachability.away();
    }

    /** Redis is reachable, but this node must not use the store. */
    public void linkRefused() {
        reachability.there();
    }

    /** See {@link Reachability#refuses}. */
    public void refuses(@Nullable String reason) {
        reachability.refuses(reason);
    }

    /**
     * Completes when this node has been admitted to the store, or once it has waited a moment for an unreachable Redis.
     *
     * @return fails if the node is refused
     */
    public Future<Void> admitted() {
        return reachability.checked(store.vertx(), START_WAIT_MS);
    }

    @Override
    public void open() {
        upkeep.begin();
    }

    @Override
    public Future<?> serve() {
        return Future.all(
                store.bus().serve(StoreMessage.STORE_STATE, message -> state()),
                store.bus().serve(StoreMessage.PING, message -> ping().map(
                                answer -> new Pong(answer == null ? null : answer.toString()))));
    }

    private Future<@Nullable Response> ping() {
        return store.link().send(Request.cmd(Command.PING));
    }

    private Future<StoreState> state() {
        long start = System.nanoTime();
        return ping().timeout(SILENT_S, TimeUnit.SECONDS).transform(pong -> {
            Long latency = pong.succeeded() ? System.nanoTime() - start : null;
            return Future.succeededFuture(
                    new StoreState(latency, queued.getAsInt(), dropped.getAsLong(), problem(pong.cause())));
        });
    }

    private @Nullable String problem(@Nullable Throwable unreachable) {
        if (unreachable == null) {
            return reachability.refusal();
        }
        return Failures.codeOf(unreachable) == Failures.STORE_UNREACHABLE
                ? unreachable.getMessage()
                : Refused.unreachable().getMessage();
    }
}
