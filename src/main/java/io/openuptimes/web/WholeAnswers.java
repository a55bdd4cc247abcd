package io.openuptimes.web;

import io.openuptimes.web.board.BoardPoint;
import io.openuptimes.web.board.LongAnswer;
import io.openuptimes.web.board.Rendering;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.CommonHeaders;
import io.openuptimes.web.http.ContentCoding;
import io.openuptimes.web.http.EntityTags;
import io.openuptimes.web.http.Pieces;
import io.openuptimes.web.list.ListAnswer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends what holds everything, to those who do not have it yet, compressed to those who take that. */
final class WholeAnswers {

    /** Up to here compressing takes no longer than a millisecond or two, and is done where we are. */
    private static final int COMPRESSED_AT_ONCE = 64 * 1024;

    /** Says there what pages and changes have as {@code event}. */
    static final CharSequence EVENT = HttpHeaders.createOptimized("OpenUptimes-Event");

    private WholeAnswers() {}

    /**
     * Begins the answer, and ends it with a 304 if the caller has it already. That one is as short as it can be, for it
     * is the most frequent: the headers for browsers stay those of the first.
     *
     * @return whether it is ended
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
     * Sends a large one.
     *
     * @param cacheControl whether others may keep it
     */
    static void send(RoutingContext context, LongAnswer answer, CharSequence cacheControl) {
        boolean compressed = ContentCoding.isTaken(context);
        if (isKnown(context, answer.tag(), compressed, answer.upTo(), cacheControl)) {
            return;
        }
        if (!compressed) {
            stream(context, answer, answer.plain());
            return;
        }
        List<byte[]> made = answer.gzipIfMade();
        (made != null ? Future.succeededFuture(made) : context.vertx().executeBlocking(answer::gzip, false))
                .onSuccess(pieces -> {
                    context.response().putHeader(HttpHeaders.CONTENT_ENCODING, ContentCoding.GZIP);
                    stream(context, answer, pieces);
                })
                .onFailure(context::fail);
    }

    /**
     * Sends a small one.
     *
     * @param upTo whatever happened up to there is in it
     * @param cacheControl whether others may keep it
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

    private static void stream(RoutingContext context, LongAnswer answer, List<byte[]> body) {
        Answers.stream(
                context, Answers.JSON, Pieces.of(context.request(), body), Pieces.length(body), answer.readers());
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
                : context.vertx().executeBlocking(rendering::gzip); // one after the other: the second finds it made
    }
}
