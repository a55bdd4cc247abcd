package io.openuptimes;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.StoreServers;
import io.openuptimes.runtime.egress.OwnServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Tracks the addresses of the Redis servers, so that no check can connect to one. */
final class OwnRedis {

    private static final long REFRESH_MS = TimeUnit.SECONDS.toMillis(30);
    /** An unresponsive name server must not delay the start any longer. */
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

    /**
     * Adds the configured servers, sentinels or nodes and, from now on, those that the store discovers. Unix sockets
     * are out of reach for checks. Always succeeds.
     */
    Future<Void> watch(List<SocketAddress> endpoints) {
        endpoints.stream()
                .filter(SocketAddress::isInetSocket)
                .forEach(endpoint -> servers.add(endpoint.host(), endpoint.port()));
        Future<Void> found = refresh().onComplete(done -> refreshLater());
        return Bus.of(vertx)
                .listen(EventMessage.STORE_SERVERS, this::heardOf)
                .compose(listening -> found.timeout(FIRST_LOOKUP_MS, TimeUnit.MILLISECONDS))
                .otherwiseEmpty();
    }

    private Future<Void> refresh() {
        Callable<Void> lookUp = () -> {
            servers.refresh();
            return null;
        };
        return vertx.executeBlocking(lookUp, false);
    }

    private void refreshLater() {
        if (!closed) {
            vertx.setTimer(REFRESH_MS, due -> refresh().onComplete(done -> refreshLater()));
        }
    }

    private void heardOf(StoreServers heard) {
        boolean fresh = false;
        for (InetSocketAddress server : heard.servers()) {
            fresh |= servers.add(server.getHostString(), server.getPort());
        }
        if (fresh) {
            refresh();
        }
    }

    void close() {
        closed = true;
    }
}
