package io.openuptimes.web.intake;

import io.netty.channel.Channel;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/**
 * Times a connection of TLS until it speaks HTTP: a handshake that is not complete in time ends it, as do HTTP/2 settings
 * that do not come in time after it. Vert.x tells of an HTTP/2 connection only with these; until then the server writes
 * nothing but its own settings, so that the time without a write is the time since the handshake, whatever trickles in.
 */
final class SetupTimeout {

    private SetupTimeout() {}

    static void addTo(HttpServerOptions options, IntakeLimits limits) {
        options.setSslHandshakeTimeout(limits.head().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setWriteIdleTimeout((int) options.getIdleTimeoutUnit().convert(limits.head()));
    }

    /** The connection speaks HTTP: writes are not timed any more. */
    static void lift(Channel channel) {
        IdleStateHandler idle = channel.pipeline().get(IdleStateHandler.class);
        if (idle != null && idle.getWriterIdleTimeInMillis() > 0) {
            IdleStateHandler rest = new IdleStateHandler(
                    idle.getReaderIdleTimeInMillis(), 0, idle.getAllIdleTimeInMillis(), TimeUnit.MILLISECONDS);
            channel.pipeline().replace(idle, channel.pipeline().context(idle).name(), rest);
        }
    }
}
