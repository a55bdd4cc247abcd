package io.openuptimes.web.access;

import io.openuptimes.config.Settings;
import io.openuptimes.runtime.IpAddress;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Determines the client's address, and how its request reached the outermost trusted proxy.
 *
 * <p>Proxy headers are read only from a trusted proxy, up to the first hop whose client is not a trusted proxy itself;
 * anything beyond that is the client's own claim. The search also ends at a hop without an address.
 */
final class ClientAddress {

    private static final String UNKNOWN = "unknown";

    private final TrustedProxies trusted;
    private final ProxyHeaders headers;

    ClientAddress(TrustedProxies trusted, ProxyHeaders headers) {
        this.trusted = trusted;
        this.headers = headers;
    }

    /**
     * @throws IllegalArgumentException if a trusted proxy is neither an address nor a CIDR block; the message names the
     *     setting
     */
    static ClientAddress of(Settings.Proxies proxies) {
        return new ClientAddress(new TrustedProxies(proxies.trusted()), ProxyHeaders.of(proxies.headers()));
    }

    /**
     * @param client null if the connection is gone
     * @param hop the request as it reached the outermost trusted proxy
     */
    private record Origin(@Nullable IpAddress client, ProxyHop hop) {}

    /** The name that the client's requests are counted under: its IPv4 address or /64 IPv6 network. */
    String of(HttpServerRequest request) {
        return of(hostOf(request), request.headers());
    }

    String of(@Nullable String peer, MultiMap given) {
        IpAddress client = origin(peer, given).client();
        return client == null ? UNKNOWN : client.network();
    }

    /** The client's full address, not shortened to its network. */
    String exactly(HttpServerRequest request) {
        IpAddress client = origin(hostOf(request), request.headers()).client();
        return client == null ? UNKNOWN : client.toString();
    }

    /** Whether the request used TLS, to this server or to a trusted proxy. */
    boolean isSecure(HttpServerRequest request) {
        return request.isSSL() || isSecure(hostOf(request), request.headers());
    }

    boolean isSecure(@Nullable String peer, MultiMap given) {
        return origin(peer, given).hop().scheme().equalsIgnoreCase("https");
    }

    /** The path prefix that a trusted proxy has stripped; empty for none. */
    String prefix(HttpServerRequest request) {
        return prefix(hostOf(request), request.headers());
    }

    String prefix(@Nullable String peer, MultiMap given) {
        IpAddress proxy = peer == null ? null : IpAddress.parse(peer);
        return proxy != null && trusted.contains(proxy) ? headers.prefix(given) : "";
    }

    private Origin origin(@Nullable String peer, MultiMap given) {
        IpAddress client = peer == null ? null : IpAddress.parse(peer);
        ProxyHop believed = ProxyHop.SILENT;
        if (client == null || !trusted.contains(client)) {
            return new Origin(client, believed);
        }
        for (ProxyHop hop : headers.hops(given)) {
            believed = hop;
            IpAddress next = IpAddress.parseWithPort(hop.client());
            if (next == null) {
                break;
            }
            client = next;
            if (!trusted.contains(client)) {
                break;
            }
        }
        return new Origin(client, believed);
    }

    /** The address of the connection: the router's requests would read proxy headers first. */
    private static @Nullable String hostOf(HttpServerRequest request) {
        SocketAddress peer = request.connection().remoteAddress();
        return peer == null ? null : peer.hostAddress();
    }
}
