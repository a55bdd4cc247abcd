package io.openuptimes.web.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Objects;

/**
 * Answers malformed and oversized HTTP messages in the API's error format. An HTTP/1.x connection is closed afterwards,
 * because the start of the next request is unknown. HTTP/2 frames delimit requests, so its connections stay open.
 */
public final class InvalidRequests implements Handler<HttpServerRequest> {

    private final Vertx vertx;
    private final CommonHeaders headers;

    /**
     * @param headers the event loop's common headers
     */
    public InvalidRequests(Vertx vertx, CommonHeaders headers) {
        this.vertx = vertx;
        this.headers = headers;
    }

    @Override
    public void handle(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        headers.put(request.response());
        if (cause instanceof TooLongHttpLineException) {
            answer(request, uriTooLong());
        } else if (cause instanceof TooLongHttpHeaderException) {
            answer(request, headersTooLarge());
        } else {
            answer(request, new ApiException(400, "Bad request"));
        }
    }

    static ApiException uriTooLong() {
        return new ApiException(414, "URI too long");
    }

    static ApiException headersTooLarge() {
        return new ApiException(431, "Request header fields too large");
    }

    /** Ends the request, and the connection if it is HTTP/1.x. */
    public void answer(HttpServerRequest request, ApiException error) {
        boolean closing = request.version() != HttpVersion.HTTP_2;
        request.response().setStatusCode(error.status()).putHeader(HttpHeaders.CONTENT_TYPE, Answers.JSON);
        if (closing) {
            request.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
        AtOnce.end(
                vertx,
                request,
                Errors.body(error.status(), Objects.requireNonNull(error.getMessage()))
                        .toBuffer());
        if (closing) {
            request.connection().close();
        }
    }
}
