package io.openuptimes.web.intake;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/** What Vert.x does not tell of a connection, and how requests end whose bodies nobody wants. */
final class Connections {

    /** HTTP/2: the answer is complete, the rest of the request is not needed. */
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

    /** Reads no more of an answered request: ends its connection or, where many share one, its stream. */
    static void end(HttpServerRequest request) {
        if (isMultiplexed(request)) {
            request.response().reset(NO_ERROR);
        } else {
            request.connection().close();
        }
    }
}
