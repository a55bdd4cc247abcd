package io.openuptimes.web.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends short bodies. Over HTTP/1 the socket buffers the body, so it is not counted. Over HTTP/2 the client's window
 * controls the flow: a stream whose body is not consumed within {@link Outflow.Limits#stallMillis} is reset.
 */
final class AtOnce {

    /** Bytes that a socket buffers even if the client does not read. */
    static final int BYTES = 64 * 1024;

    /** The same for one of an HTTP/2 connection's many streams. */
    private static final int BYTES_IN_STREAM = 4 * 1024;

    private AtOnce() {}

    /** Whether a body of this length is written at once. */
    static boolean takes(HttpServerRequest request, long bytes) {
        return bytes <= (isStream(request) ? BYTES_IN_STREAM : BYTES);
    }

    /** Counts an HTTP/2 body against its caller's share; a caller with too many unread bodies loses this one. */
    static void end(RoutingContext context, Buffer body) {
        HttpServerRequest request = context.request();
        if (!isStream(request)) {
            request.response().end(body);
            return;
        }
        Outflow outflow = Outflow.of(context.vertx());
        FairShares.Share share;
        try {
            share = outflow.take(context, body.length());
        } catch (ApiException tooMany) {
            breakOff(request, outflow, Outflow.Break.CROWDED);
            return;
        }
        Context own = context.vertx().getOrCreateContext();
        share.onEvicted(() -> own.runOnContext(then -> breakOff(request, outflow, Outflow.Break.CROWDED)));
        endStream(request, outflow, body).onComplete(ended -> share.close());
    }

    /** Sends a response of a few bytes to a request that matched no route. */
    static void end(Vertx vertx, HttpServerRequest request, Buffer body) {
        if (isStream(request)) {
            endStream(request, Outflow.of(vertx), body);
        } else {
            request.response().end(body);
        }
    }

    private static Future<Void> endStream(HttpServerRequest request, Outflow outflow, Buffer body) {
        return request.response()
                .end(body)
                .timeout(outflow.stallMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> {
                    if (failure instanceof TimeoutException) {
                        breakOff(request, outflow, Outflow.Break.STALLED);
                    }
                });
    }

    private static void breakOff(HttpServerRequest request, Outflow outflow, Outflow.Break why) {
        outflow.brokenOff(why);
        request.response().reset();
    }

    private static boolean isStream(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2;
    }
}
