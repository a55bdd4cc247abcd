package io.openuptimes.check.net.tls;

import java.util.List;

/**
 * The application protocols that a handshake offers (RFC 7301).
 *
 * @param protocols registered names in order of preference; empty for none
 */
public record Alpn(List<String> protocols) {

    /** No ALPN extension. */
    public static final Alpn NONE = new Alpn();

    public Alpn {
        protocols = List.copyOf(protocols);
    }

    public Alpn(String... protocols) {
        this(List.of(protocols));
    }
}
