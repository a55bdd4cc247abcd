package io.openuptimes.check.http;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.openuptimes.model.Peer;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The server at the other end of an attempt's current connection, as far as it is known. Used on one event loop only. */
final class Reached {

    private @Nullable String address;
    private @Nullable String tlsVersion;
    private @Nullable String protocol;

    void connected(Channel channel) {
        tlsVersion = null;
        protocol = null;
        address = channel.remoteAddress() instanceof InetSocketAddress remote
                ? NetUtil.toSocketAddressString(remote)
                : null;
    }

    void secured(SslHandler tls) {
        tlsVersion = tls.engine().getSession().getProtocol();
    }

    /**
     * @param version such as {@code HTTP/1.1}
     */
    void answered(String version) {
        protocol = version;
    }

    /** The connection is given up for another one. */
    void left() {
        address = null;
    }

    @Nullable
    Peer peer() {
        return address == null ? null : new Peer(address, protocol, tlsVersion, null);
    }
}
