package io.openuptimes.store.link;

import io.openuptimes.bus.Failures.Refused;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A link behind a {@link Gate}. */
final class GatedLink implements Link {

    private final Gate gate;
    private final Listener listener;
    private final Link inner;
    private boolean up;
    /** Whether the listener has been refused since the gate was last open. */
    private boolean refused;

    GatedLink(Gate gate, Listener listener, Function<Listener, Link> make) {
        this.gate = gate;
        this.listener = listener;
        this.inner = make.apply(new Inner());
    }

    private final class Inner implements Listener {

        @Override
        public void up() {
            up = true;
            if (gate.isOpen()) {
                listener.up();
            } else {
                refuse();
            }
        }

        @Override
        public void down() {
            up = false;
            listener.down();
        }

        @Override
        public void serves(Predicate<String> keys) {
            if (gate.isOpen()) {
                listener.serves(keys);
            }
        }
    }

    void gateClosed() {
        if (inner.isUp()) {
            refuse();
        }
    }

    private void refuse() {
        refused = true;
        listener.refused();
    }

    void gateOpened() {
        if (inner.isUp()) {
            listener.serves(key -> true);
        }
        if (up || (refused && inner.isUp())) { // a refusal is lifted even while part of a cluster is unreachable
            listener.up();
        }
        refused = false;
    }

    private <T> Future<T> gated(Supplier<Future<T>> call) {
        Refused refused = gate.failure();
        return refused != null
                ? Future.failedFuture(refused)
                : call.get().transform(answer -> {
                    Refused since = gate.failure();
                    return since != null
                            ? Future.failedFuture(since)
                            : answer.succeeded()
                                    ? Future.succeededFuture(answer.result())
                                    : Future.failedFuture(answer.cause());
                });
    }

    @Override
    public void open() {
        inner.open();
    }

    @Override
    public boolean isUp() {
        return gate.isOpen() && inner.isUp();
    }

    @Override
    public Future<@Nullable Response> send(Request command) {
        return gated(() -> inner.send(command));
    }

    @Override
    public Future<List<@Nullable Response>> batch(List<Request> commands) {
        return gated(() -> inner.batch(commands));
    }

    @Override
    public Future<Void> confirm() {
        return gated(inner::confirm);
    }

    @Override
    public Future<Void> verify() {
        return gated(inner::verify);
    }

    @Override
    public Link unguarded() {
        return inner;
    }

    @Override
    public Future<Void> close() {
        return inner.close();
    }
}
