package io.openuptimes.check.type.http;

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
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Opens the connection of one exchange: dials, secures it, and hands it to the HTTP client. */
final class Connecting implements Dial.Caller {

    private static final SwallowedExceptions SWALLOWED = new SwallowedExceptions();

    private final LoopResources lane;
    private final Attempt attempt;
    private final Exchange exchange;
    private final RequestOptions options;
    private TlsDemands demands;
    private final Promise<HttpClientRequest> request;
    private @Nullable InetSocketAddress remote;
    private @Nullable Handshake handshake;

    Connecting(LoopResources lane, Attempt attempt, Exchange exchange, TlsDemands demands, RequestOptions options) {
        this.lane = lane;
        this.attempt = attempt;
        this.exchange = exchange;
        this.demands = demands;
        this.options = options;
        this.request = attempt.context().promise();
    }

    /**
     * Succeeds with a request on the open connection. FailureClassifier are reported to the exchange, which knows in which step they
     * happened.
     */
    Future<HttpClientRequest> open() {
        String certificate = demands.clientCertificate();
        if (target().tls() && certificate != null && !lane.tls().hasCertificate(certificate)) {
            attempt.end(Failure.noClientCertificate());
        } else {
            dial();
        }
        return request.future();
    }

    private void dial() {
        if (!attempt.isOver()) {
            new Dial(lane, attempt, target(), this).start();
        }
    }

    private Target target() {
        return exchange.target();
    }

    @Override
    public void connected(Channel channel) {
        remote = channel.remoteAddress() instanceof InetSocketAddress address ? address : null;
        if (target().tls()) {
            secure(channel);
        } else {
            speak(channel, null);
        }
    }

    private void secure(Channel channel) {
        attempt.enter(Step.HANDSHAKE);
        Handshake begun;
        try {
            begun = lane.tls().begin(target(), demands, channel.alloc());
        } catch (RuntimeException e) {
            exchange.failed(e);
            return;
        }
        handshake = begun;
        channel.pipeline().addLast(begun.handler(), SWALLOWED);
        begun.handler().handshakeFuture().addListener(done -> {
            if (attempt.isOver()) {
                return;
            }
            if (done.isSuccess()) {
                speak(channel, begun.handler().applicationProtocol());
            } else {
                notSecured(begun, done.cause());
            }
        });
    }

    private void notSecured(Handshake failed, Throwable cause) {
        TlsDemands other = failed.otherEngine(cause);
        if (other == null) {
            exchange.failed(cause);
        } else {
            demands = other;
            attempt.closeConnection();
            lane.loop().execute(this::dial); // a new event loop turn, see Requests#send
        }
    }

    private void speak(Channel channel, @Nullable String protocol) {
        attempt.enter(Step.ANSWER);
        attempt.context().emit(channel, open -> {
            try {
                lane.connections()
                        .speak(attempt.context(), open, exchange, protocol, options)
                        .onSuccess(exchange::watch)
                        .onSuccess(request::complete)
                        .onFailure(exchange::failed);
            } catch (RuntimeException e) {
                exchange.failed(e);
            }
        });
    }

    @Override
    public void failed(Throwable cause) {
        exchange.failed(cause);
    }

    @Override
    public void denied(String rule) {
        attempt.end(Failure.denied(rule));
    }

    /**
     * The connected server; null before the connection is open.
     *
     * @param protocol of the answer; null before there is one
     * @param earlier certificate to report instead of this server's; null for none
     */
    @Nullable
    Peer peer(@Nullable String protocol, @Nullable ServerCertificate earlier) {
        InetSocketAddress to = remote;
        if (to == null) {
            return null;
        }
        String version = handshake == null ? null : handshake.version();
        ServerCertificate certificate = earlier == null ? certificate() : earlier;
        return new Peer(NetUtil.toSocketAddressString(to), protocol, version, certificate);
    }

    @Nullable
    ServerCertificate certificate() {
        return handshake == null ? null : handshake.certificate();
    }

    /** Null without TLS, and before there is a connection. */
    @Nullable
    Handshake handshake() {
        return handshake;
    }

    /** The handshake's future reports these exceptions as well. */
    @Sharable
    private static final class SwallowedExceptions extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}
    }
}
