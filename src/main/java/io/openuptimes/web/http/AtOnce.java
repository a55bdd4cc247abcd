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
 * Ends a request with a short body. Over HTTP/1 the socket takes it, and it is not counted. Over HTTP/2 the client decides
 * by its window: a stream whose body it has not taken after {@link Outflow.Limits#stallMillis} is reset.
 */
final class AtOnce {

    /** Bytes that a socket takes even if its client does not read. */
    static final int BYTES = 64 * 1024;

    /** The same for one of the many streams of an HTTP/2 connection. */
    private static final int BYTES_IN_STREAM = 4 * 1024;

    private AtOnce() {}

    /** Whether a body of that length is written at once. */
    static boolean takes(HttpServerRequest request, long bytes) {
        return bytes <= (isStream(request) ? BYTES_IN_STREAM : BYTES);
    }

    /** With the body of a stream counted as its caller's: one that lets too many wait loses this one. */
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

    /** For an answer to a request that belongs to no route, of a few bytes. */
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
