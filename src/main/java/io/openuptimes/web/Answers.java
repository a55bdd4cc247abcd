package io.openuptimes.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Ends a request with an answer. Does nothing where the client is gone or has its answer already. */
public final class Answers {

    static final CharSequence JSON = HttpHeaders.createOptimized("application/json; charset=utf-8");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    private Answers() {}

    /** 200 with a JSON object that no cache may keep. */
    public static void json(RoutingContext context, JsonObject body) {
        json(context, 200, body);
    }

    /** A JSON object that no cache may keep. */
    public static void json(RoutingContext context, int status, JsonObject body) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (!response.headers().contains(HttpHeaders.CACHE_CONTROL)) {
            response.putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
        }
        end(context, status, JSON, body.toBuffer());
    }

    /** Any body; the caller sets further headers beforehand. */
    public static void end(RoutingContext context, int status, CharSequence contentType, Buffer body) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        if (context.request().method().equals(HttpMethod.HEAD)) {
            // what GET would say, without the body
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
            response.end();
        } else {
            response.end(body);
        }
    }
}
