package io.openuptimes.store.link;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.StoreServers;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.redis.client.Response;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Publishes the addresses of all Redis servers that a link learns of, so that checks refuse to connect to them. */
final class Sightings {

    private Sightings() {}

    /** A server that is about to be connected to. */
    static void server(Vertx vertx, SocketAddress address) {
        if (address.isInetSocket()) {
            tell(vertx, List.of(InetSocketAddress.createUnresolved(address.host(), address.port())));
        }
    }

    /** The replicas in a master's answer to {@code ROLE}. */
    static void replicas(Vertx vertx, Response replicas) {
        List<InetSocketAddress> servers = new ArrayList<>();
        for (Response replica : replicas) {
            add(servers, replica.get(0), replica.get(1));
        }
        tell(vertx, servers);
    }

    /** All nodes in an answer to {@code CLUSTER SLOTS}. */
    static void nodes(Vertx vertx, Response ranges) {
        List<InetSocketAddress> servers = new ArrayList<>();
        for (Response range : ranges) {
            for (int i = 2; i < range.size(); i++) {
                add(servers, range.get(i).get(0), range.get(i).get(1));
            }
        }
        tell(vertx, servers);
    }

    /** Skips a server that does not know its own host: it is the one that was asked, which is already known. */
    private static void add(List<InetSocketAddress> servers, Response host, Response port) {
        String name = String.valueOf(host);
        if (!name.isEmpty() && !name.equals("null") && !name.equals("?")) {
            servers.add(InetSocketAddress.createUnresolved(name, port.toInteger()));
        }
    }

    private static void tell(Vertx vertx, List<InetSocketAddress> servers) {
        if (!servers.isEmpty()) {
            Bus.of(vertx).publish(EventMessage.STORE_SERVERS, new StoreServers(servers));
        }
    }
}
