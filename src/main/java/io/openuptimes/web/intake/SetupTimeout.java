package io.openuptimes.web.intake;

import io.netty.channel.Channel;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/**
 * Times a TLS connection until it speaks HTTP: the TLS handshake, and the HTTP/2 settings after it, have to complete in
 * time. Vert.x reports an HTTP/2 connection only with these settings. Until then the server writes nothing but its own
 * settings, so the time since the last write equals the time since the handshake, whatever the client sends.
 */
final class SetupTimeout {

    private SetupTimeout() {}

    static void addTo(HttpServerOptions options, IntakeLimits limits) {
        options.setSslHandshakeTimeout(limits.head().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setWriteIdleTimeout((int) options.getIdleTimeoutUnit().convert(limits.head()));
    }

    /** Ends the write timeout once the connection speaks HTTP. */
    static void lift(Channel channel) {
        IdleStateHandler idle = channel.pipeline().get(IdleStateHandler.class);
        if (idle != null && idle.getWriterIdleTimeInMillis() > 0) {
            IdleStateHandler rest = new IdleStateHandler(
                    idle.getReaderIdleTimeInMillis(), 0, idle.getAllIdleTimeInMillis(), TimeUnit.MILLISECONDS);
            channel.pipeline().replace(idle, channel.pipeline().context(idle).name(), rest);
        }
    }
}
