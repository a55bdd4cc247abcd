package io.openuptimes.store.link;

import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.runtime.Throttle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until all replicas of a server have the writes sent over a connection: all, because any of them may be
 * promoted. A missing replica may just have been promoted while the old master still accepts writes that will be lost;
 * the wait repeats until that is known or the replica no longer counts.
 */
final class Confirmation {

    private static final Logger log = LoggerFactory.getLogger(Confirmation.class);

    /** Replication takes about a millisecond. The connection is blocked while waiting. */
    private static final int WAIT_MS = 100;

    private static final long PAUSE_MS = 100;
    /** Longer than {@link ReplicaCount} remembers. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(6);

    private static final Throttle LINES = Throttle.oncePer(Duration.ofMinutes(1));

    private final Vertx vertx;
    private final IntSupplier replicas;
    private final Function<Request, Future<@Nullable Response>> send;
    private final Supplier<Future<Boolean>> holds;
    private final long began = System.nanoTime();

    /**
     * @param replicas the expected number of replicas
     * @param send sends over the connection
     * @param holds whether the server is still the master; never fails
     */
    Confirmation(
            Vertx vertx,
            IntSupplier replicas,
            Function<Request, Future<@Nullable Response>> send,
            Supplier<Future<Boolean>> holds) {
        this.vertx = vertx;
        this.replicas = replicas;
        this.send = send;
        this.holds = holds;
    }

    /** Fails if the connection is lost or the server is demoted, because the fate of the writes is then unknown. */
    Future<Void> run() {
        int wanted = replicas.getAsInt();
        return wanted == 0 ? Future.succeededFuture() : ask(wanted);
    }

    private Future<Void> ask(int wanted) {
        return send.apply(Request.cmd(Command.WAIT).arg(wanted).arg(WAIT_MS)).compose(answer -> {
            int count = answer == null ? 0 : answer.toInteger();
            return count >= wanted ? Future.<Void>succeededFuture() : missing(count);
        });
    }

    /** Checks the role first: a demoted server's replica count says nothing about this server's writes. */
    private Future<Void> missing(int count) {
        return holds.get().compose(still -> {
            if (!still) {
                return Future.failedFuture(Refused.unreachable());
            }
            int wanted = replicas.getAsInt();
            if (count >= wanted) {
                return Future.succeededFuture();
            }
            if (System.nanoTime() - began > PATIENCE_NS) {
                unconfirmed();
                return Future.succeededFuture();
            }
            Promise<Void> paused = Promise.promise();
            vertx.setTimer(PAUSE_MS, timer -> paused.complete());
            return paused.future().compose(over -> ask(wanted));
        });
    }

    private static void unconfirmed() {
        if (LINES.passes()) {
            log.warn(
                    "a Redis replica lags: it has not confirmed a change, and a failover to it now would lose that change");
        }
    }
}
