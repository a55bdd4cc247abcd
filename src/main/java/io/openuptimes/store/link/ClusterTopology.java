package io.openuptimes.store.link;

import io.openuptimes.runtime.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.RedisURI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the slot map from the connected nodes, then from those in the settings. */
final class ClusterTopology {

    /** Timeout per node; short because there are others to ask. */
    private static final long ANSWER_MS = 500;

    private final Vertx vertx;
    private final RedisOptions options;
    /** Index of the configured node to ask next. */
    private int next;

    ClusterTopology(Vertx vertx, RedisOptions options) {
        this.vertx = vertx;
        this.options = options;
    }

    /** Returns the first usable answer. */
    Future<SlotMap> read(List<ClusterNode> connected) {
        Future<SlotMap> asked = Future.failedFuture("connected to no node");
        for (ClusterNode node : connected) {
            asked = asked.recover(failure -> map(node.address(), node.send(slots())));
        }
        for (int i = 0; i < options.getEndpoints().size(); i++) {
            asked = asked.recover(failure -> ask(
                    options.getEndpoints().get(next++ % options.getEndpoints().size())));
        }
        return asked;
    }

    private Future<SlotMap> ask(String url) {
        RedisURI uri = new RedisURI(url);
        String address =
                HostPort.of(uri.socketAddress().host(), uri.socketAddress().port());
        return Wire.to(vertx, RedisClients.server(options, address), ANSWER_MS)
                .compose(wire -> map(address, wire.connection().send(slots())).eventually(wire::close));
    }

    private static Request slots() {
        return Request.cmd(Command.CLUSTER).arg("SLOTS");
    }

    private Future<SlotMap> map(String address, Future<@Nullable Response> answer) {
        String host = address.substring(0, address.lastIndexOf(':'));
        return answer.timeout(ANSWER_MS, TimeUnit.MILLISECONDS).compose(ranges -> {
            if (ranges == null || ranges.size() == 0) {
                return Future.failedFuture(address + " knows of no slots");
            }
            Sightings.nodes(vertx, ranges);
            return Future.succeededFuture(SlotMap.of(ranges, host));
        });
    }
}
