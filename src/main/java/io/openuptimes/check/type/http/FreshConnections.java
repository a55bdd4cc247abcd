package io.openuptimes.check.type.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.openuptimes.model.Target;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.Http2Settings;
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
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetSocketImpl;
import io.vertx.core.net.impl.VertxHandler;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client below the checks' {@code WebClient}: each request gets a connection of its own, which its
 * {@link Exchange} opens and times. The request's server ({@link RequestOptions#getServer()}) is the exchange.
 *
 * <p>Vert.x does all of this in one step that can be neither timed nor aborted, with its own resolver and TLS setup,
 * and rejects answers that browsers accept. This is therefore the only class that uses internals of Vert.x: it passes
 * them an open channel and replaces their strict HTTP/1 codec.
 */
final class FreshConnections extends HttpClientImpl {

    static final String HTTP_2 = "h2";

    private static final int MOST_INTERIM_ANSWERS = 50;

    /** The answer's future reports the same failures. */
    private static final Handler<Throwable> TOLD_OTHERWISE = failure -> {};

    /** Connection-specific headers, which make an HTTP/2 request malformed (RFC 9113, section 8.2.2). */
    private static final List<String> NOT_IN_HTTP_2 = List.of("host", "connection", "proxy-connection");

    FreshConnections(VertxInternal vertx) {
        super(
                new WithoutMetrics(vertx),
                null,
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_1_1)
                        .setDecompressionSupported(false)
                        .setInitialSettings(new Http2Settings()
                                .setPushEnabled(false)
                                .setMaxHeaderListSize(AnswerDecoder.MAX_HEAD_BYTES)),
                new PoolOptions().setCleanerPeriod(0));
    }

    @Override
    public Future<HttpClientRequest> request(RequestOptions options) {
        if (!(options.getServer() instanceof Exchange exchange)) {
            return Future.failedFuture(new IllegalArgumentException("the server of a request must be an exchange"));
        }
        return exchange.connect(options);
    }

    /**
     * Creates a request on an open channel without handlers other than TLS. Must be called on the context's event loop.
     *
     * @param protocol negotiated by ALPN; null for none
     */
    Future<HttpClientRequest> speak(
            ContextInternal context,
            Channel channel,
            Exchange exchange,
            @Nullable String protocol,
            RequestOptions options) {
        Target target = exchange.target();
        SocketAddress remote = SocketAddress.inetSocketAddress(target.port(), target.host());
        VertxHandler<NetSocketImpl> socket = VertxHandler.create(
                added -> new NetSocketImpl(context, added, remote, none(), none(), none(), protocol, false));
        channel.pipeline().addLast("handler", socket);
        HttpChannelConnector connector = new HttpChannelConnector(
                this,
                netClient,
                none(),
                none(),
                none(),
                HttpVersion.HTTP_1_1,
                target.tls(),
                target.tls(),
                HostAndPort.create(target.host(), target.port()),
                remote,
                false,
                0);
        boolean http2 = HTTP_2.equals(protocol);
        Future<HttpClientConnectionInternal> connection = connector.wrap(context, socket.getConnection());
        if (http2) {
            channel.pipeline().addBefore("handler", "failures", new Failing(exchange));
        } else {
            channel.pipeline().replace("codec", "codec", new Http1(exchange));
        }
        return connection
                .compose(open -> {
                    open.evictionHandler(gone -> {});
                    open.exceptionHandler(TOLD_OTHERWISE);
                    if (http2) {
                        dropInterimAnswers(open.channelHandlerContext());
                    }
                    return new UnpooledHttpClientConnection(open).request(context, options);
                })
                .map(request -> {
                    request.exceptionHandler(TOLD_OTHERWISE);
                    return http2 ? asHttp2(request, options) : request;
                });
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // Vert.x uses null for none
    private static <T> T none() {
        return (T) null;
    }

    private static HttpClientRequest asHttp2(HttpClientRequest request, RequestOptions options) {
        MultiMap headers = options.getHeaders();
        String host = headers == null ? null : headers.get(HttpHeaderNames.HOST);
        HostAndPort authority = host == null ? null : HostAndPort.parseAuthority(host, -1);
        if (authority != null) {
            request.authority(authority);
        }
        NOT_IN_HTTP_2.forEach(request.headers()::remove);
        return request;
    }

    /** The client knows only 100 and 103, and would take another one, such as 102, for the final answer. */
    private static void dropInterimAnswers(ChannelHandlerContext context) {
        if (context.handler() instanceof Http2ConnectionHandler http2) {
            http2.decoder().frameListener(new FinalAnswers(http2.decoder().frameListener()));
        }
    }

    /** With HTTP/2, failures such as a TLS alert would otherwise close the connection without a reason. */
    private static final class Failing extends ChannelInboundHandlerAdapter {

        private final Exchange exchange;

        Failing(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            exchange.failed(cause);
        }
    }

    private static final class FinalAnswers extends Http2FrameListenerDecorator {

        private int interimAnswers;

        FinalAnswers(Http2FrameListener listener) {
            super(listener);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean end)
                throws Http2Exception {
            if (isFinal(headers)) {
                super.onHeadersRead(context, stream, headers, padding, end);
            }
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int stream,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean end)
                throws Http2Exception {
            if (isFinal(headers)) {
                super.onHeadersRead(context, stream, headers, dependency, weight, exclusive, padding, end);
            }
        }

        private boolean isFinal(Http2Headers headers) throws Http2Exception {
            CharSequence status = headers.status();
            if (status == null || status.length() != 3 || status.charAt(0) != '1') {
                return true;
            }
            if (++interimAnswers > MOST_INTERIM_ANSWERS) {
                throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many interim answers");
            }
            return false;
        }
    }

    /** Decodes leniently; each request announces that the connection closes after the answer. */
    private static final class Http1 extends CombinedChannelDuplexHandler<AnswerDecoder, HttpRequestEncoder> {

        Http1(Exchange exchange) {
            super(new AnswerDecoder(exchange.method(), exchange::begins), new HttpRequestEncoder() {
                @Override
                protected void sanitizeHeadersBeforeEncode(HttpRequest request, boolean alwaysEmpty) {
                    request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
                }
            });
        }
    }

    /** Checks have metrics of their own; a series per host and port would be unbounded. */
    private static final class WithoutMetrics extends VertxWrapper {

        WithoutMetrics(VertxInternal delegate) {
            super(delegate);
        }

        @Override
        @SuppressWarnings("NullAway") // Vert.x uses null for none
        public @Nullable VertxMetrics metrics() {
            return null;
        }
    }
}
