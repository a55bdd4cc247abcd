package io.openuptimes.check.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.NetUtil;
import io.openuptimes.check.net.tls.Handshake;
import io.openuptimes.check.net.tls.TlsDemands;
import io.openuptimes.model.Peer;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.model.Target;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection of an attempt: dials the target and, if its scheme requires it, sets up TLS. Closed when the attempt
 * ends.
 *
 * <p>Ends the attempt if the egress policy denies the target, or if the client certificate is missing.
 */
public final class Connection implements Dial.Caller {

    private static final SwallowedExceptions SWALLOWED = new SwallowedExceptions();

    /** Called once and on the event loop, unless the attempt ends first. */
    public interface Caller {

        /**
         * The connection is open; the attempt is in step {@link Step#ANSWER}.
         *
         * @param channel without handlers other than those of TLS. Handlers added before this returns see everything
         *     that the server sends
         * @param protocol negotiated by ALPN; null for none
         */
        void opened(Channel channel, @Nullable String protocol);

        /**
         * The name could not be resolved, no address accepted a connection, or TLS failed: see
         * {@link Connection#failure}.
         */
        void failed(Throwable cause);
    }

    private final Attempt<?> attempt;
    private final Target target;
    private final Caller caller;
    private TlsDemands demands;
    private @Nullable InetSocketAddress remote;
    private @Nullable Handshake handshake;

    /**
     * @param target TLS is used if {@link Target#tls()}
     */
    public Connection(Attempt<?> attempt, Target target, TlsDemands demands, Caller caller) {
        this.attempt = attempt;
        this.target = target;
        this.demands = demands;
        this.caller = caller;
    }

    /** Opens the connection. Call once. */
    public void open() {
        String certificate = demands.clientCertificate();
        if (target.tls() && certificate != null && !attempt.resources().tls().hasCertificate(certificate)) {
            attempt.end(Failure.NO_CLIENT_CERTIFICATE);
        } else {
            dial();
        }
    }

    private void dial() {
        if (!attempt.isOver()) {
            new Dial(attempt, target, this).start();
        }
    }

    @Override
    public void connected(Channel channel) {
        remote = channel.remoteAddress() instanceof InetSocketAddress address ? address : null;
        if (target.tls()) {
            secure(channel);
        } else {
            opened(channel, null);
        }
    }

    private void secure(Channel channel) {
        attempt.enter(Step.HANDSHAKE);
        Handshake begun;
        try {
            begun = attempt.resources().tls().begin(target, demands, channel.alloc());
        } catch (RuntimeException e) {
            caller.failed(e);
            return;
        }
        handshake = begun;
        channel.pipeline().addLast(begun.handler(), SWALLOWED);
        begun.handler().handshakeFuture().addListener(done -> {
            if (attempt.isOver()) {
                return;
            }
            if (done.isSuccess()) {
                opened(channel, begun.handler().applicationProtocol());
            } else {
                notSecured(begun, done.cause());
            }
        });
    }

    private void notSecured(Handshake failed, Throwable cause) {
        TlsDemands other = failed.otherEngine(cause);
        if (other == null) {
            caller.failed(cause);
        } else {
            demands = other;
            attempt.closeConnection();
            attempt.loop().execute(this::dial); // a new event loop turn, see closeConnection
        }
    }

    private void opened(Channel channel, @Nullable String protocol) {
        attempt.enter(Step.ANSWER);
        caller.opened(channel, protocol);
    }

    @Override
    public void failed(Throwable cause) {
        caller.failed(cause);
    }

    @Override
    public void denied(String rule) {
        attempt.end(Failure.denied(rule));
    }

    /**
     * Classifies a failure of the attempt's current step.
     *
     * @return null if only the protocol can explain it, see {@link NetworkFailures#of}
     */
    public @Nullable Failure failure(Throwable cause) {
        return NetworkFailures.of(attempt.step(), cause, handshake);
    }

    /**
     * The connected server; null before the connection is open.
     *
     * @param protocol of the answer; null before there is one
     * @param earlier certificate to report instead of this server's; null for none
     */
    public @Nullable Peer peer(@Nullable String protocol, @Nullable ServerCertificate earlier) {
        InetSocketAddress to = remote;
        if (to == null) {
            return null;
        }
        String version = handshake == null ? null : handshake.version();
        ServerCertificate certificate = earlier == null ? certificate() : earlier;
        return new Peer(NetUtil.toSocketAddressString(to), protocol, version, certificate);
    }

    /** The server's certificate; null before the handshake, and without TLS. */
    public @Nullable ServerCertificate certificate() {
        return handshake == null ? null : handshake.certificate();
    }

    /** The handshake's future reports these exceptions as well. */
    @Sharable
    private static final class SwallowedExceptions extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}
    }
}
