package io.openuptimes.web.intake;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/** Accesses connection internals that Vert.x does not expose, and ends requests with an unread body. */
final class Connections {

    /** HTTP/2: the response is complete, the rest of the request is not needed. */
    private static final long NO_ERROR = 0;

    private Connections() {}

    static Channel channel(HttpConnection connection) {
        return ((ConnectionBase) connection).channel();
    }

    static boolean isOpen(HttpConnection connection) {
        return channel(connection).isActive();
    }

    static boolean isMultiplexed(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2;
    }

    /** Stops reading an answered request: closes its connection or, with HTTP/2, its stream. */
    static void end(HttpServerRequest request) {
        if (isMultiplexed(request)) {
            request.response().reset(NO_ERROR);
        } else {
            request.connection().close();
        }
    }
}
