package io.openuptimes.store.link;

import io.openuptimes.bus.Failures.Refused;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A pipelined connection to Redis. Reconnects to the same server, or to the one promoted in its place. */
final class RedisLink implements Link {

    private static final long FIRST_RETRY_MS = 20;
    private static final long LAST_RETRY_MS = 1_000;
    /** Interval between checks that the server is still the master. */
    private static final long WATCH_MS = 1_000;

    private final Vertx vertx;
    private final String name;
    private final Dialer dialer;
    private final DataIdentity identity;
    private final Gate gate;
    private final OutageLog outages;
    private final Listener listener;

    private @Nullable Wire wire;
    /** Whether there may be writes over this connection that no replica has confirmed. */
    private boolean written;
    /** Whether a connection was lost with such writes. */
    private boolean writtenAndLost;

    private boolean closed;
    private long retryMs = FIRST_RETRY_MS;

    /**
     * @param name distinguishes the link from the process's other links
     * @param dialer connects to the server
     * @param identity of the expected data; a server with different data counts as away
     * @param gate checks each connection
     * @param outages shared by all links to this Redis
     */
    RedisLink(
            Vertx vertx,
            String name,
            Dialer dialer,
            DataIdentity identity,
            Gate gate,
            OutageLog outages,
            Listener listener) {
        this.vertx = vertx;
        this.name = name;
        this.dialer = dialer;
        this.identity = identity;
        this.gate = gate;
        this.outages = outages;
        this.listener = listener;
    }

    @Override
    public boolean isUp() {
        return wire != null;
    }

    @Override
    public void open() {
        if (!closed) {
            dialer.dial().compose(this::verified).onComplete(this::connected, this::retry);
        }
    }

    private Future<Wire> verified(Wire made) {
        return identity.verify(made.connection()::send)
                .compose(same -> gate.enter(made.connection()::send))
                .timeout(Wire.CONNECT_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .map(made)
                .onFailure(failure -> made.close());
    }

    private void connected(Wire made) {
        if (closed) {
            made.close();
            return;
        }
        wire = made;
        retryMs = FIRST_RETRY_MS;
        made.connection().exceptionHandler(failure -> lost(made, failure));
        made.connection().endHandler(end -> lost(made, null));
        outages.there(name);
        if (dialer.follows()) {
            watch(made);
        }
        listener.serves(key -> true);
        listener.up();
    }

    /** The old master may remain reachable for this node only, after all others have switched to a new one. */
    private void watch(Wire watched) {
        vertx.setTimer(WATCH_MS, timer -> {
            if (wire == watched) {
                holds(watched).onSuccess(holds -> watch(watched));
            }
        });
    }

    private void retry(Throwable failure) {
        if (closed) {
            return;
        }
        outages.away(name, failure);
        vertx.setTimer(retryMs, timer -> open());
        retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
    }

    private void lost(Wire which, @Nullable Throwable failure) {
        if (wire != which) {
            return;
        }
        wire = null;
        writtenAndLost |= written;
        which.close();
        if (closed) {
            return;
        }
        outages.away(name, failure);
        listener.down();
        vertx.setTimer(retryMs, timer -> open());
    }

    /** Null while disconnected, or if another connection has found that Redis holds different data. */
    private @Nullable Wire usable() {
        Wire current = wire;
        if (current != null && identity.isOther()) {
            lost(current, identity.away());
        }
        return wire;
    }

    @Override
    public Future<@Nullable Response> send(Request command) {
        Wire current = usable();
        if (current == null) {
            return Future.failedFuture(identity.away());
        }
        written |= Wire.mayWrite(command);
        return guarded(current, current.connection().send(command));
    }

    @Override
    public Future<List<@Nullable Response>> batch(List<Request> commands) {
        Wire current = usable();
        if (current == null) {
            return Future.failedFuture(identity.away());
        }
        if (commands.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        written |= commands.stream().anyMatch(Wire::mayWrite);
        return guarded(current, current.connection().batch(commands));
    }

    private <T> Future<T> guarded(Wire current, Future<T> answer) {
        return answer.timeout(COMMAND_TIMEOUT_MS, TimeUnit.MILLISECONDS).recover(failure -> {
            boolean demoted = dialer.follows() && RedisErrors.text(failure).contains("READONLY");
            if (demoted || RedisErrors.endsConnection(failure) || !RedisErrors.isOfServer(failure)) {
                lost(current, failure); // reconnecting loads the scripts
                return Future.failedFuture(Refused.unreachable());
            }
            return Future.failedFuture(RedisErrors.forCaller(failure));
        });
    }

    @Override
    public Future<Void> confirm() {
        if (!dialer.follows()) {
            return Future.succeededFuture(); // without replicas, an answered write is final
        }
        Wire current = wire;
        if (current == null || writtenAndLost) {
            writtenAndLost = false;
            return Future.failedFuture(Refused.unreachable());
        }
        written = false;
        return new Confirmation(
                        vertx,
                        current.replicas()::get,
                        command -> guarded(current, current.connection().send(command)),
                        () -> holds(current))
                .run();
    }

    @Override
    public Future<Void> verify() {
        Wire current = wire;
        if (current == null) {
            return Future.failedFuture(identity.away());
        }
        return identity.verify(command -> guarded(current, current.connection().send(command)))
                .recover(failure -> {
                    if (identity.isOther()) {
                        lost(current, failure);
                    }
                    return Future.failedFuture(failure);
                });
    }

    /** False if the connection has been lost meanwhile. */
    private Future<Boolean> holds(Wire current) {
        return wire != current
                ? Future.succeededFuture(false)
                : dialer.holds(current)
                        .onSuccess(holds -> {
                            if (!holds) {
                                lost(current, new IllegalStateException("another server is the master now"));
                            }
                        })
                        .map(holds -> holds && wire == current);
    }

    @Override
    public Future<Void> close() {
        closed = true;
        outages.closed(name);
        Wire old = wire;
        wire = null;
        return old == null ? Future.succeededFuture() : old.close();
    }
}
