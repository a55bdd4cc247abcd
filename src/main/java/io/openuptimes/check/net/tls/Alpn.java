package io.openuptimes.check.net.tls;

import java.util.List;

/**
 * The application protocols that a handshake offers (RFC 7301), which depend on what is spoken over TLS.
 *
 * @param protocols names as registered, most wanted first; empty offers none
 */
public record Alpn(List<String> protocols) {

    /** Leaves the extension out. */
    public static final Alpn NONE = new Alpn();

    public Alpn {
        protocols = List.copyOf(protocols);
    }

    public Alpn(String... protocols) {
        this(List.of(protocols));
    }
}
