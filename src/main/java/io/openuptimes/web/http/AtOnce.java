package io.openuptimes.web.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends a request with a body that is not counted. Over HTTP/1 the socket takes it. Over HTTP/2 the client decides by its
 * window: a stream whose body it has not taken after {@link Outflow.Limits#stallMillis} is reset.
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

    static void end(Vertx vertx, HttpServerRequest request, Buffer body) {
        if (!isStream(request)) {
            request.response().end(body);
            return;
        }
        Outflow outflow = Outflow.of(vertx);
        request.response()
                .end(body)
                .timeout(outflow.stallMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> {
                    if (failure instanceof TimeoutException) {
                        outflow.brokenOff(Outflow.Break.STALLED);
                        request.response().reset();
                    }
                });
    }

    private static boolean isStream(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2;
    }
}
