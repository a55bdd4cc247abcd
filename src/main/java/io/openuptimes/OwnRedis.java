package io.openuptimes;

import io.openuptimes.runtime.egress.OwnServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Keeps the addresses of the servers that Redis is reached at, so that no check speaks HTTP to one of them. */
final class OwnRedis {

    private static final long REFRESH_MS = TimeUnit.SECONDS.toMillis(30);
    /** A name server that does not answer must not hold up the start. */
    private static final long FIRST_LOOKUP_MS = 2_000;

    private final Vertx vertx;
    private final OwnServers servers = new OwnServers();
    private volatile boolean closed;

    OwnRedis(Vertx vertx) {
        this.vertx = vertx;
    }

    OwnServers servers() {
        return servers;
    }

    /** Adds servers, sentinels or nodes of a cluster. A Unix socket is out of a check's reach. Always succeeds. */
    Future<Void> watch(List<SocketAddress> endpoints) {
        endpoints.stream()
                .filter(SocketAddress::isInetSocket)
                .forEach(endpoint -> servers.add(endpoint.host(), endpoint.port()));
        return refresh().timeout(FIRST_LOOKUP_MS, TimeUnit.MILLISECONDS).otherwiseEmpty();
    }

    private Future<Void> refresh() {
        Callable<Void> lookUp = () -> {
            servers.refresh();
            return null;
        };
        return vertx.executeBlocking(lookUp, false).onComplete(done -> {
            if (!closed) {
                vertx.setTimer(REFRESH_MS, again -> refresh());
            }
        });
    }

    void close() {
        closed = true;
    }
}
