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

/** Enforces time and size limits on an event loop's requests, from a connection's first byte to a body's last. */
public final class Intake {

    private final IntakeLimits limits;
    private final IntakeMetrics metrics;
    private final Sweep sweep;

    /**
     * @param vertx its current context must be the event loop that receives the requests
     */
    public Intake(Vertx vertx, IntakeLimits limits, IntakeMetrics metrics) {
        this.limits = limits;
        this.metrics = metrics;
        this.sweep = new Sweep(vertx, limits.sweep());
    }

    /** For a TLS server: closes connections that do not reach {@link #watch(HttpConnection)} in time. */
    public HttpServerOptions timeSetup(HttpServerOptions options) {
        SetupTimeout.addTo(options, limits);
        return options;
    }

    /** Counts a connection whose TLS handshake timed out. */
    public void failed(Throwable failure) {
        if (failure instanceof SslHandshakeTimeoutException) {
            metrics.refused(Refusal.SLOW_HANDSHAKE);
        }
    }

    /** Closes the connection if request heads arrive too slowly or HTTP/2 frames flood it. */
    public void watch(HttpConnection connection) {
        Channel channel = Connections.channel(connection);
        SetupTimeout.lift(channel);
        HeadTimeout.install(channel, this);
        FrameLimit.install(channel, this);
    }

    /**
     * Ends a request whose body is still arriving some time after its response. Call this before handling the request.
     */
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
     * Add this to a route before the handlers that read the body.
     *
     * @param account counts the request's bytes
     */
    public Handler<RoutingContext> opening(Function<RoutingContext, HeldBytes> account) {
        return context -> {
            IncomingBody.open(context, this, account.apply(context));
            context.next();
        };
    }

    /** Ends all timing. */
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
