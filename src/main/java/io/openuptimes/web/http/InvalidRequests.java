package io.openuptimes.web.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Answers what is not HTTP, or too much of it, in the contract's form, and closes the connection. */
public final class InvalidRequests implements Handler<HttpServerRequest> {

    @Override
    public void handle(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        int status = 400;
        String message = "Bad request";
        if (cause instanceof TooLongHttpLineException) {
            status = 414;
            message = "URI too long";
        } else if (cause instanceof TooLongHttpHeaderException) {
            status = 431;
            message = "Request header fields too large";
        }
        SecurityHeaders.put(request.response());
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Answers.JSON)
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(Errors.body(status, message).toBuffer());
        request.connection().close();
    }
}
