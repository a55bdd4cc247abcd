package io.openuptimes.web.access;

import io.openuptimes.runtime.IpAddress;
import io.openuptimes.runtime.IpBlock;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose request it is, as far as addresses tell.
 *
 * <p>{@code X-Forwarded-For} counts only from a trusted proxy, and then its right-most entry that is no trusted proxy
 * itself: what stands further left is what the client says of itself. Where an entry is no address, the proxies' own
 * knowledge ends, and so does the search.
 */
final class ClientAddress {

    private static final String UNKNOWN = "unknown";
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

    private final List<IpBlock> trusted;

    /**
     * @param trustedProxies addresses and CIDR blocks
     * @throws IllegalArgumentException if one is neither; the message names the setting
     */
    ClientAddress(List<String> trustedProxies) {
        this.trusted = trustedProxies.stream().map(ClientAddress::block).toList();
    }

    private static IpBlock block(String text) {
        IpBlock block = IpBlock.parse(text);
        if (block == null) {
            throw new IllegalArgumentException(
                    "http.trustedProxies: must be addresses or CIDR blocks, not \"" + text + "\"");
        }
        return block;
    }

    /** The name under which this client's requests are counted: an IPv4 address, or an IPv6 network of 64 bits. */
    String of(HttpServerRequest request) {
        return of(hostOf(request), request.headers().getAll(FORWARDED_FOR));
    }

    /** The client's own address, not shortened to its network. */
    String exactly(HttpServerRequest request) {
        IpAddress client = client(hostOf(request), request.headers().getAll(FORWARDED_FOR));
        return client == null ? UNKNOWN : client.toString();
    }

    /** Whether the request came by TLS, to here or to a trusted proxy. */
    boolean isSecure(HttpServerRequest request) {
        return request.isSSL() || isSecure(hostOf(request), request.headers().getAll(FORWARDED_PROTO));
    }

    String of(@Nullable String peer, List<String> forwardedFor) {
        IpAddress client = client(peer, forwardedFor);
        return client == null ? UNKNOWN : client.network();
    }

    private @Nullable IpAddress client(@Nullable String peer, List<String> forwardedFor) {
        IpAddress client = peer == null ? null : IpAddress.parse(peer);
        if (client == null) {
            return null;
        }
        List<String> entries = isTrusted(client) ? entries(forwardedFor) : List.of();
        for (int i = entries.size() - 1; i >= 0 && isTrusted(client); i--) {
            IpAddress next = IpAddress.parseWithPort(entries.get(i));
            if (next == null) {
                break;
            }
            client = next;
        }
        return client;
    }

    boolean isSecure(@Nullable String peer, List<String> forwardedProto) {
        IpAddress proxy = peer == null ? null : IpAddress.parse(peer);
        List<String> entries = entries(forwardedProto);
        return proxy != null
                && isTrusted(proxy)
                && !entries.isEmpty()
                && entries.get(entries.size() - 1).equalsIgnoreCase("https");
    }

    private boolean isTrusted(IpAddress address) {
        for (IpBlock block : trusted) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Several headers of a name are one list. */
    private static List<String> entries(List<String> headers) {
        return headers.stream()
                .flatMap(header -> List.of(header.split(",", -1)).stream())
                .map(String::strip)
                .toList();
    }

    /** As the connection has it: the router's requests would read the headers of proxies first. */
    private static @Nullable String hostOf(HttpServerRequest request) {
        SocketAddress peer = request.connection().remoteAddress();
        return peer == null ? null : peer.hostAddress();
    }
}
