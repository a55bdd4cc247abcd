package io.openuptimes.web.intake;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** Watches over the requests of one event loop from a connection's first byte to a body's last. */
public final class Intake {

    private final IntakeLimits limits;
    private final IntakeMetrics metrics;
    private final Sweep sweep;

    /**
     * @param vertx whose current context is the event loop that the requests come on
     */
    public Intake(Vertx vertx, IntakeLimits limits, IntakeMetrics metrics) {
        this.limits = limits;
        this.metrics = metrics;
        this.sweep = new Sweep(vertx, limits.sweep());
    }

    /** Has connections end that do not get as far as {@link #watch(HttpConnection)} in time; for a server with TLS. */
    public HttpServerOptions timeSetup(HttpServerOptions options) {
        SetupTimeout.addTo(options, limits);
        return options;
    }

    /** Counts a connection that ended in its TLS handshake because that took too long. */
    public void failed(Throwable failure) {
        if (failure instanceof SslHandshakeTimeoutException) {
            metrics.refused(Refusal.SLOW_HANDSHAKE);
        }
    }

    /** Ends a new connection if request heads do not arrive in time, or HTTP/2 frames come in floods. */
    public void watch(HttpConnection connection) {
        Channel channel = Connections.channel(connection);
        SetupTimeout.lift(channel);
        HeadTimeout.install(channel, this);
        FrameLimit.install(channel, this);
    }

    /** Ends a request that is still being sent when it has been answered for a while. To be called before it is handled. */
    public void watch(HttpServerRequest request) {
        if (mayHaveBody(request)) {
            sweep.add(new UnreadBody(request, this));
        }
    }

    private static boolean mayHaveBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null
                ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                        || (Connections.isMultiplexed(request) && !request.isEnded())
                : !length.equals("0");
    }

    /**
     * Goes before the handlers that read a body.
     *
     * @param account on which the bytes of a request are counted
     */
    public Handler<RoutingContext> opening(Function<RoutingContext, HeldBytes> account) {
        return context -> {
            IncomingBody.open(context, this, account.apply(context));
            context.next();
        };
    }

    /** Watches nothing any more. */
    public void stop() {
        sweep.stop();
    }

    IntakeLimits limits() {
        return limits;
    }

    IntakeMetrics metrics() {
        return metrics;
    }

    Sweep sweep() {
        return sweep;
    }
}
