package io.openuptimes.web.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/** Ends a request with an answer. Does nothing where the client is gone or has its answer already. */
public final class Answers {

    public static final CharSequence JSON = HttpHeaders.createOptimized("application/json; charset=utf-8");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    private static final String BEFORE = BeforeAnswer.class.getName();

    private Answers() {}

    /** 200 with a JSON object that no cache may keep. */
    public static void json(RoutingContext context, JsonObject body) {
        json(context, 200, body);
    }

    /** Has the request's JSON answer wait for some work, once. */
    public static void before(RoutingContext context, BeforeAnswer work) {
        context.put(BEFORE, work);
    }

    /** A JSON object that no cache may keep. */
    public static void json(RoutingContext context, int status, JsonObject body) {
        BeforeAnswer first = context.remove(BEFORE);
        if (first != null) {
            first.before(status).onComplete(done -> json(context, status, body));
            return;
        }
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

    /**
     * A long body in pieces, as fast as the client reads; the caller sets further headers beforehand.
     *
     * @param pieces shared by many, not to be written to any more
     * @param readers has the stream for as long as it is under way
     */
    public static void stream(
            RoutingContext context, CharSequence contentType, List<byte[]> pieces, Set<PieceStream> readers) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(PieceStream.length(pieces)));
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.end();
            return;
        }
        PieceStream stream = new PieceStream(context.vertx(), response, pieces);
        readers.add(stream);
        stream.start(() -> readers.remove(stream));
    }

    /**
     * Whether the caller has that content already, by its {@code If-None-Match}.
     *
     * @param tag what the entity tags of all its forms have in common
     */
    public static boolean isKnown(RoutingContext context, String tag) {
        String known = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        return known != null && (known.contains(tag) || known.strip().equals("*"));
    }
}
