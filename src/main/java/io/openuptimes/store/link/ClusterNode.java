package io.openuptimes.store.link;

import io.openuptimes.bus.Failures.Refused;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A cluster master and the connection to it. */
final class ClusterNode {

    private final Vertx vertx;
    private final String address;
    private final RedisOptions options;
    private final List<Request> scripts;
    private final Consumer<ClusterNode> onUp;
    private final BiConsumer<ClusterNode, Throwable> onDown;

    private @Nullable Wire wire;
    /** Whether there may be unconfirmed writes. */
    private boolean written;

    private Future<Void> confirming = Future.succeededFuture();
    /** The attempt under way; null if there is none. */
    private @Nullable Promise<Void> connecting;

    private boolean closed;

    /**
     * @param options for this server only
     * @param onUp called when the node is connected and the scripts are loaded
     * @param onDown called when the connection is lost or cannot be opened
     */
    ClusterNode(
            Vertx vertx,
            String address,
            RedisOptions options,
            List<Request> scripts,
            Consumer<ClusterNode> onUp,
            BiConsumer<ClusterNode, Throwable> onDown) {
        this.vertx = vertx;
        this.address = address;
        this.options = options;
        this.scripts = scripts;
        this.onUp = onUp;
        this.onDown = onDown;
    }

    String address() {
        return address;
    }

    boolean isUp() {
        return wire != null;
    }

    /**
     * Tries to connect once, unless already connected or connecting.
     *
     * @return completes after {@code onUp} or {@code onDown} of this attempt; never fails
     */
    Future<Void> connect() {
        Promise<Void> underWay = connecting;
        if (underWay != null) {
            return underWay.future();
        }
        if (wire != null || closed) {
            return Future.succeededFuture();
        }
        Promise<Void> attempt = Promise.promise();
        connecting = attempt;
        Wire.to(vertx, options).compose(wire -> wire.load(scripts)).onComplete(made -> {
            connecting = null;
            ended(made);
            attempt.complete();
        });
        return attempt.future();
    }

    private void ended(AsyncResult<Wire> attempt) {
        if (attempt.succeeded()) {
            connected(attempt.result());
        } else if (!closed) {
            onDown.accept(this, attempt.cause());
        }
    }

    private void connected(Wire made) {
        if (closed) {
            made.close();
            return;
        }
        wire = made;
        made.connection().exceptionHandler(failure -> lost(made, failure));
        made.connection().endHandler(end -> lost(made, new IllegalStateException("the connection was closed")));
        onUp.accept(this);
    }

    private void lost(Wire which, Throwable failure) {
        if (wire != which) {
            return;
        }
        wire = null;
        which.close();
        if (!closed) {
            onDown.accept(this, failure);
        }
    }

    /** Fails with the server's error, or with the reason the connection failed. */
    Future<@Nullable Response> send(Request command) {
        Wire current = wire;
        written |= Wire.mayWrite(command);
        return current == null ? gone() : guarded(current, current.connection().send(command));
    }

    /** Sends a command that another node redirected here with {@code ASK}, preceded by {@code ASKING}. */
    Future<@Nullable Response> ask(Request command) {
        Wire current = wire;
        written |= Wire.mayWrite(command);
        return current == null
                ? gone()
                : guarded(current, current.connection().batch(List.of(Request.cmd(Command.ASKING), command)))
                        .map(answers -> answers.get(1));
    }

    /** Whether there may be writes that no replica has confirmed. */
    boolean isUnconfirmed() {
        return written || !confirming.isComplete();
    }

    /**
     * {@link Link#confirm} for the writes sent to this node.
     *
     * @param replicas the expected number of replicas
     * @param holds whether this node is still a master; never fails
     */
    Future<Void> confirm(IntSupplier replicas, Supplier<Future<Boolean>> holds) {
        Wire current = wire;
        if (written && current != null) {
            written = false;
            confirming = new Confirmation(vertx, replicas, command -> wait(current, command), holds).run();
        }
        return confirming;
    }

    private Future<@Nullable Response> wait(Wire current, Request command) {
        return guarded(current, current.connection().send(command))
                .recover(failure -> Future.failedFuture(Refused.unreachable()));
    }

    private static <T> Future<T> gone() {
        return Future.failedFuture("not connected");
    }

    private <T> Future<T> guarded(Wire current, Future<T> answer) {
        return answer.timeout(Link.COMMAND_TIMEOUT_MS, TimeUnit.MILLISECONDS).onFailure(failure -> {
            if (RedisErrors.endsConnection(failure) || !RedisErrors.isOfServer(failure)) {
                lost(current, failure);
            }
        });
    }

    Future<Void> close() {
        closed = true;
        Wire old = wire;
        wire = null;
        return old == null ? Future.succeededFuture() : old.close();
    }
}
