package io.openuptimes.check.http;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.openuptimes.model.Target;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.impl.HttpChannelConnector;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import io.vertx.core.http.impl.HttpClientImpl;
import io.vertx.core.http.impl.UnpooledHttpClientConnection;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client that opens a connection for each request, in steps that an {@link Attempt} times and can break off:
 * the client of Vert.x does all that in one, of which only the end is seen.
 *
 * <p>The server of a request ({@link RequestOptions#getServer()}) is the {@link Attempt}.
 */
final class FreshConnections extends HttpClientImpl {

    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final int MAX_LINE_BYTES = 16 * 1024;
    private static final Handler<Throwable> TOLD_OTHERWISE = failure -> {};

    private final ClientTls tls;
    private final Lookup lookup;

    FreshConnections(VertxInternal vertx, ClientTls tls) {
        super(
                new WithoutMetrics(vertx),
                null,
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_1_1)
                        .setKeepAlive(false)
                        .setDecompressionSupported(false)
                        .setMaxHeaderSize(MAX_HEAD_BYTES)
                        .setMaxInitialLineLength(MAX_LINE_BYTES)
                        .setTcpNoDelay(true),
                new PoolOptions().setCleanerPeriod(0));
        this.tls = tls;
        this.lookup = new Lookup(vertx);
    }

    @Override
    public Future<HttpClientRequest> request(RequestOptions options) {
        if (!(options.getServer() instanceof Attempt attempt)) {
            return Future.failedFuture(new IllegalArgumentException("the server of the request must be an attempt"));
        }
        ContextInternal context = vertx.getOrCreateContext();
        Target target = attempt.target();
        attempt.enter(target.isAddress() ? Step.CONNECT : Step.LOOKUP);
        return lookup.addresses(target.host())
                .compose(addresses -> connect(attempt, addresses, 0))
                .compose(socket -> target.tls() ? handshake(context, attempt, socket) : context.succeededFuture(socket))
                .compose(socket -> speakHttp(context, target, socket))
                .compose(connection -> new UnpooledHttpClientConnection(connection).request(context, options))
                .map(request -> watched(attempt, request));
    }

    /** Tries the addresses in turn, each with its share of the time that is left, the last one with all of it. */
    private Future<NetSocketInternal> connect(Attempt attempt, List<InetAddress> addresses, int index) {
        if (attempt.isOver()) {
            return Future.failedFuture(new ClosedChannelException());
        }
        attempt.enter(Step.CONNECT);
        int left = addresses.size() - index;
        int millis = attempt.remainingMillis();
        ConnectOptions options = new ConnectOptions()
                .setRemoteAddress(SocketAddress.inetSocketAddress(new InetSocketAddress(
                        addresses.get(index), attempt.target().port())))
                .setSsl(false)
                .setTimeout(left == 1 ? millis + 1 : Math.max(1, millis / left));
        return netClient
                .connect(options)
                .compose(
                        socket -> taken(attempt, socket),
                        failure -> left == 1 ? Future.failedFuture(failure) : connect(attempt, addresses, index + 1));
    }

    private static Future<NetSocketInternal> taken(Attempt attempt, NetSocket opened) {
        NetSocketInternal socket = (NetSocketInternal) opened;
        socket.exceptionHandler(TOLD_OTHERWISE);
        return attempt.takes(channel(socket))
                ? Future.succeededFuture(socket)
                : Future.failedFuture(new ClosedChannelException());
    }

    private Future<NetSocketInternal> handshake(ContextInternal context, Attempt attempt, NetSocketInternal socket) {
        attempt.enter(Step.HANDSHAKE);
        if (!channel(socket).isActive()) {
            return context.failedFuture(new ClosedChannelException());
        }
        SslHandler handler = tls.handler(attempt.target(), attempt.ignoresTlsErrors());
        PromiseInternal<Channel> done = context.promise();
        handler.handshakeFuture().addListener(done);
        channel(socket).pipeline().addFirst("ssl", handler);
        return done.future().map(socket);
    }

    private Future<HttpClientConnectionInternal> speakHttp(
            ContextInternal context, Target target, NetSocketInternal socket) {
        HttpChannelConnector connector = new HttpChannelConnector(
                this,
                netClient,
                null,
                null,
                null,
                HttpVersion.HTTP_1_1,
                target.tls(),
                false,
                HostAndPort.create(target.host(), target.port()),
                socket.remoteAddress(),
                false,
                0);
        return connector.wrap(context, socket).map(connection -> {
            connection.channelHandlerContext().pipeline().addAfter("codec", "interim", new InterimAnswers());
            connection.evictionHandler(gone -> {});
            connection.exceptionHandler(TOLD_OTHERWISE);
            return connection;
        });
    }

    private static HttpClientRequest watched(Attempt attempt, HttpClientRequest request) {
        attempt.enter(Step.ANSWER);
        request.exceptionHandler(TOLD_OTHERWISE);
        request.response().onSuccess(attempt::answered);
        return request;
    }

    private static Channel channel(NetSocketInternal socket) {
        return socket.channelHandlerContext().channel();
    }

    /** A check has figures of its own; a series for each host and port would be without a bound. */
    private static final class WithoutMetrics extends VertxWrapper {

        WithoutMetrics(VertxInternal delegate) {
            super(delegate);
        }

        @Override
        @SuppressWarnings("NullAway") // null is how Vert.x says that there are none
        public @Nullable VertxMetrics metrics() {
            return null;
        }
    }
}
