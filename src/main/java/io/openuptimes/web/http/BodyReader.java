package io.openuptimes.web.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;

/** Reads a request's body whole, up to a bound, for {@link JsonBody} to parse. */
public final class BodyReader implements Handler<RoutingContext> {

    public static final int MAX_BYTES = 1024 * 1024;

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (declaredLength(request) > MAX_BYTES) {
            refuse(context);
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            context.response().writeContinue();
        }
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= MAX_BYTES) {
                body.appendBuffer(chunk);
            } else if (!context.failed()) {
                refuse(context);
            }
        });
        request.endHandler(end -> {
            if (!context.failed()) {
                ((RoutingContextInternal) context).setBody(body);
                context.next();
            }
        });
        request.exceptionHandler(gone -> {}); // nobody is left to answer
        request.resume();
    }

    static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
    }

    private static void refuse(RoutingContext context) {
        // and read no more of it
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        context.fail(new ApiException(413, "body: must be at most " + MAX_BYTES + " bytes"));
    }
}
