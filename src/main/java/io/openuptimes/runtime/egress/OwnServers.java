package io.openuptimes.runtime.egress;

import io.openuptimes.runtime.IpAddress;
import io.openuptimes.runtime.IpBlock;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Servers that the service itself depends on, by address and port. A server on this machine counts under each of the
 * machine's addresses. Thread-safe.
 */
public final class OwnServers {

    private static final Logger log = LoggerFactory.getLogger(OwnServers.class);

    /** More than a cluster has; beyond that, the oldest are dropped. */
    private static final int MOST = 1_000;

    private static final List<IpBlock> LOOPBACK = Stream.of("127.0.0.0/8", "::1")
            .map(block -> Objects.requireNonNull(IpBlock.parse(block)))
            .toList();

    private record Server(String host, int port) {}

    private record Endpoint(IpAddress address, boolean local, int port) {}

    private final Map<Server, List<Endpoint>> servers = new LinkedHashMap<>();
    private volatile List<Endpoint> endpoints = List.of();
    private volatile List<IpAddress> ownAddresses = List.of();

    /**
     * Adds a server. An IP address takes effect immediately, a name at the next {@link #refresh}.
     *
     * @param host a name or an IP address, IPv6 with or without brackets
     * @return whether it is new
     */
    public synchronized boolean add(String host, int port) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        IpAddress literal = IpAddress.parse(bare);
        List<Endpoint> known = literal == null ? List.of() : List.of(endpoint(literal, port));
        if (servers.putIfAbsent(new Server(bare, port), known) != null) {
            return false;
        }
        if (servers.size() > MOST) {
            servers.remove(servers.keySet().iterator().next());
        }
        publish();
        return true;
    }

    /**
     * Resolves all names and this machine's addresses again. Blocks. A name that cannot be resolved keeps its
     * addresses.
     */
    public void refresh() {
        ownAddresses = addressesOfThisMachine();
        List<Server> current;
        synchronized (this) {
            current = List.copyOf(servers.keySet());
        }
        Map<Server, List<Endpoint>> found = new HashMap<>();
        for (Server server : current) {
            try {
                found.put(
                        server,
                        Stream.of(InetAddress.getAllByName(server.host()))
                                .map(address -> endpoint(IpAddress.of(address), server.port()))
                                .toList());
            } catch (UnknownHostException e) {
                log.debug("the address of one of our own servers cannot be resolved", e);
            }
        }
        synchronized (this) {
            found.forEach(servers::replace);
            publish();
        }
    }

    private void publish() {
        endpoints = servers.values().stream().flatMap(List::stream).toList();
    }

    private static List<IpAddress> addressesOfThisMachine() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(IpAddress::of)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    /** Returns whether a connection to this address and port would reach one of the servers. */
    boolean contains(IpAddress address, int port) {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.port() == port
                    && (same(endpoint.address(), address) || (endpoint.local() && isLocal(address)))) {
                return true;
            }
        }
        return false;
    }

    private Endpoint endpoint(IpAddress address, int port) {
        return new Endpoint(address, isLocal(address), port);
    }

    private boolean isLocal(IpAddress address) {
        return LOOPBACK.stream().anyMatch(block -> block.contains(address))
                || ownAddresses.stream().anyMatch(own -> same(own, address));
    }

    private static boolean same(IpAddress one, IpAddress other) {
        return one.startsLike(other, one.bits());
    }
}
