package io.openuptimes.web;

import io.openuptimes.web.board.BoardPoint;
import io.openuptimes.web.board.LongAnswer;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.CommonHeaders;
import io.openuptimes.web.http.ContentCoding;
import io.openuptimes.web.http.EntityTags;
import io.openuptimes.web.http.LongBody;
import io.openuptimes.web.http.Pieces;
import io.openuptimes.web.http.Rendering;
import io.openuptimes.web.list.ListAnswer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends complete lists, with conditional requests and compression. */
final class WholeAnswers {

    /** Up to this size, compression takes at most a millisecond or two and runs on the event loop. */
    private static final int COMPRESSED_AT_ONCE = 64 * 1024;

    /** Carries the value that pages and changes have as {@code event}. */
    static final CharSequence EVENT = HttpHeaders.createOptimized("OpenUptimes-Event");

    private WholeAnswers() {}

    /**
     * Writes the headers, and ends the response with a 304 if the caller has the current version. A 304 is the most
     * frequent answer, so it omits the browser headers that came with the full response.
     *
     * @return whether the response has ended
     */
    private static boolean isKnown(
            RoutingContext context,
            String contentTag,
            boolean compressed,
            @Nullable BoardPoint upTo,
            CharSequence cacheControl) {
        HttpServerResponse response = context.response();
        boolean known = EntityTags.isKnown(context.request(), contentTag);
        if (known) {
            CommonHeaders.reduce(context);
        }
        response.putHeader(HttpHeaders.CACHE_CONTROL, cacheControl)
                .putHeader(HttpHeaders.VARY, ListAnswer.VARY_ON)
                .putHeader(HttpHeaders.ETAG, EntityTags.header(contentTag, compressed))
                .putHeader(EVENT, String.valueOf(upTo));
        if (known) {
            response.setStatusCode(304).end();
        }
        return known;
    }

    /**
     * Sends a large answer.
     *
     * @param cacheControl whether shared caches may store it
     */
    static void send(RoutingContext context, LongAnswer answer, CharSequence cacheControl) {
        LongBody body = answer.body();
        boolean compressed = ContentCoding.isTaken(context);
        if (isKnown(context, body.tag(), compressed, answer.upTo(), cacheControl)) {
            return;
        }
        if (!compressed) {
            stream(context, body, body.plain());
            return;
        }
        List<byte[]> made = body.gzipIfMade();
        (made != null ? Future.succeededFuture(made) : context.vertx().executeBlocking(body::gzip, false))
                .onSuccess(pieces -> {
                    context.response().putHeader(HttpHeaders.CONTENT_ENCODING, ContentCoding.GZIP);
                    stream(context, body, pieces);
                })
                .onFailure(context::fail);
    }

    /**
     * Sends a small answer.
     *
     * @param upTo all events up to this point are included
     * @param cacheControl whether shared caches may store it
     */
    static void send(
            RoutingContext context, Rendering rendering, @Nullable BoardPoint upTo, CharSequence cacheControl) {
        boolean compressed = ContentCoding.isTaken(context);
        if (isKnown(context, rendering.tag(), compressed, upTo, cacheControl)) {
            return;
        }
        if (!compressed) {
            send(context, rendering, rendering.body());
            return;
        }
        compressed(context, rendering)
                .onSuccess(body -> {
                    context.response().putHeader(HttpHeaders.CONTENT_ENCODING, ContentCoding.GZIP);
                    send(context, rendering, body);
                })
                .onFailure(context::fail);
    }

    private static void stream(RoutingContext context, LongBody shared, List<byte[]> body) {
        Answers.stream(
                context, Answers.JSON, Pieces.of(context.request(), body), Pieces.length(body), shared.readers());
    }

    private static void send(RoutingContext context, Rendering rendering, Buffer body) {
        if (Answers.isSmall(context, body.length())) {
            Answers.end(context, 200, Answers.JSON, body);
        } else {
            Answers.stream(
                    context, Answers.JSON, Pieces.of(context.request(), body), body.length(), rendering.readers());
        }
    }

    private static Future<Buffer> compressed(RoutingContext context, Rendering rendering) {
        @Nullable Buffer made = rendering.gzipIfMade();
        if (made != null) {
            return Future.succeededFuture(made);
        }
        return rendering.length() <= COMPRESSED_AT_ONCE
                ? Future.succeededFuture(rendering.gzip())
                : context.vertx()
                        .executeBlocking(rendering::gzip); // in order, so that a second caller finds the result
    }
}
