package io.openuptimes.store.state;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.StoreMessage.Pong;
import io.openuptimes.bus.StoreMessage.StoreState;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.results.ResultWriter;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The store's addresses for its own state. */
public final class StateAddresses {

    /** Redis counts as away for state requests if it has not answered for this long. */
    private static final long SILENT_S = 2;

    private final Bus bus;
    private final Link link;
    private final ResultWriter writer;
    private final Reachability reachability;

    public StateAddresses(Bus bus, Link link, ResultWriter writer, Reachability reachability) {
        this.bus = bus;
        this.link = link;
        this.writer = writer;
        this.reachability = reachability;
    }

    public Future<?> serve() {
        return Future.all(
                bus.serve(Addresses.STORE_STATE, message -> state()), bus.serve(Addresses.PING, message -> ping().map(
                                answer -> new Pong(answer == null ? null : answer.toString()))));
    }

    private Future<@Nullable Response> ping() {
        return link.send(Request.cmd(Command.PING));
    }

    private Future<StoreState> state() {
        long start = System.nanoTime();
        return ping().timeout(SILENT_S, TimeUnit.SECONDS).transform(pong -> {
            Long latency = pong.succeeded() ? System.nanoTime() - start : null;
            return Future.succeededFuture(
                    new StoreState(latency, writer.queued(), writer.dropped(), problem(pong.cause())));
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
