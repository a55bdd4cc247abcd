package io.openuptimes.web.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request with an answer. Does nothing where the client is gone or has its answer already.
 *
 * <p>Small bodies are written at once. All others go through a {@link PieceStream}, within the bounds of
 * {@link Outflow}; where these are used up, the answer is a 429 or a 503, or a {@linkplain #shorten short form} of it.
 *
 * <p>Text is compressed as {@link ContentCoding} says: at once up to {@value #COMPRESSED_AT_ONCE} bytes, which takes about
 * a millisecond, else piece by piece.
 */
public final class Answers {

    public static final CharSequence JSON = HttpHeaders.createOptimized("application/json; charset=utf-8");
    private static final int COMPRESSED_AT_ONCE = 64 * 1024;

    /** Headers of a body that is not sent after all. */
    private static final List<CharSequence> OF_BODY = List.of(
            HttpHeaders.CONTENT_LENGTH,
            HttpHeaders.CONTENT_ENCODING,
            HttpHeaders.CONTENT_DISPOSITION,
            HttpHeaders.TRANSFER_ENCODING,
            HttpHeaders.CACHE_CONTROL,
            HttpHeaders.ETAG);

    private static final String BEFORE = BeforeAnswer.class.getName();
    private static final String SHORTER = Answers.class.getName() + ".shorter";

    private Answers() {}

    /** 200 with a JSON object that no cache may keep. */
    public static void json(RoutingContext context, JsonObject body) {
        json(context, 200, body);
    }

    /** Has the request's JSON answer wait for some work, once. */
    public static void before(RoutingContext context, BeforeAnswer work) {
        context.put(BEFORE, work);
    }

    /**
     * Has the request's JSON answer sent in a short form where there is no room for the whole, instead of refusing it:
     * the caller has to hear of a change that has been made.
     *
     * @param shorter makes it, of 16 KiB at most
     */
    public static void shorten(RoutingContext context, UnaryOperator<JsonObject> shorter) {
        context.put(SHORTER, shorter);
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
            response.putHeader(HttpHeaders.CACHE_CONTROL, CacheControl.NO_STORE);
        }
        UnaryOperator<JsonObject> shorter = context.remove(SHORTER);
        end(
                context,
                status,
                JSON,
                body.toBuffer(),
                shorter == null ? null : () -> shorter.apply(body).toBuffer());
    }

    /** Any body of this answer alone; the caller sets further headers beforehand. */
    public static void end(RoutingContext context, int status, CharSequence contentType, Buffer body) {
        end(context, status, contentType, body, null);
    }

    private static void end(
            RoutingContext context,
            int status,
            CharSequence contentType,
            Buffer body,
            @Nullable Supplier<Buffer> shorter) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        if (!ContentCoding.isGzip(context, contentType, body.length())) {
            endAsIs(context, body, shorter);
            return;
        }
        ContentCoding.put(response);
        if (body.length() <= COMPRESSED_AT_ONCE) {
            endAsIs(context, Buffer.buffer(Gzip.of(body.getBytes())), shorter);
        } else if (isHead(context)) {
            response.end(); // how long it gets is known when it has been sent
        } else {
            response.setChunked(true);
            Pieces pieces = new GzipPieces(context.vertx(), Pieces.of(body, Pieces.SIZE));
            begin(
                    context,
                    pieces,
                    body.length() + GzipPieces.MEMORY,
                    null,
                    refused -> endShorter(context, shorter, refused));
        }
    }

    private static void endAsIs(RoutingContext context, Buffer body, @Nullable Supplier<Buffer> shorter) {
        HttpServerResponse response = context.response();
        if (isHead(context)) {
            // what GET would say, without the body
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
            response.end();
        } else if (isSmall(context, body.length())) {
            AtOnce.end(context, body);
        } else {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
            begin(
                    context,
                    Pieces.of(context.request(), body),
                    body.length(),
                    null,
                    refused -> endShorter(context, shorter, refused));
        }
    }

    private static void endShorter(RoutingContext context, @Nullable Supplier<Buffer> shorter, ApiException refused) {
        HttpServerResponse response = context.response();
        response.setChunked(false);
        if (shorter == null) {
            refuse(context, refused);
        } else {
            response.headers().remove(HttpHeaders.CONTENT_LENGTH).remove(HttpHeaders.CONTENT_ENCODING);
            AtOnce.end(context.vertx(), context.request(), shorter.get());
        }
    }

    /**
     * 200 with JSON that has an entity tag, made of its bytes, or a 304. Caches may keep it for the caller and ask again,
     * unless the caller of this method has said otherwise.
     */
    public static void tagged(RoutingContext context, Buffer body) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (!response.headers().contains(HttpHeaders.CACHE_CONTROL)) {
            response.putHeader(HttpHeaders.CACHE_CONTROL, CacheControl.NO_CACHE);
        }
        Vary.on(response, Vary.ON_CALLER);
        boolean compressed = ContentCoding.isGzip(context, JSON, body.length());
        if (!EntityTags.answerKnown(context, Tags.of(body.getBytes()), compressed)) {
            end(context, 200, JSON, body);
        }
    }

    private static boolean isHead(RoutingContext context) {
        return context.request().method().equals(HttpMethod.HEAD);
    }

    /** Whether a body is written at once. */
    public static boolean isSmall(RoutingContext context, long bytes) {
        return AtOnce.takes(context.request(), bytes);
    }

    /** A body that stays in memory whether it is sent or not; the caller sets further headers beforehand. */
    public static void lasting(RoutingContext context, CharSequence contentType, Buffer body) {
        lasting(context, 200, contentType, body);
    }

    /** As {@link #lasting(RoutingContext, CharSequence, Buffer)}, with that status. */
    public static void lasting(RoutingContext context, int status, CharSequence contentType, Buffer body) {
        if (isSmall(context, body.length())) {
            end(context, status, contentType, body);
        } else {
            context.response().setStatusCode(status);
            stream(context, contentType, Pieces.of(context.request(), body), body.length(), null);
        }
    }

    /**
     * A long body that several answers share; the caller sets further headers beforehand.
     *
     * @param length of the whole, in bytes
     * @param readers has the answer for as long as it is under way; null for a body that stays in memory anyway
     */
    public static void stream(
            RoutingContext context, CharSequence contentType, Pieces pieces, long length, @Nullable Readers readers) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
        if (isHead(context)) {
            response.end();
        } else {
            begin(context, pieces, 0, readers, refused -> refuse(context, refused));
        }
    }

    /** Ends a HEAD request as {@link #stream(RoutingContext, Pieces, long)} would begin the answer to a GET. */
    public static void head(RoutingContext context) {
        isGzipStream(context);
        context.response().end();
    }

    private static boolean isGzipStream(RoutingContext context) {
        HttpServerResponse response = context.response();
        boolean gzip = ContentCoding.isGzip(context, response.headers().get(HttpHeaders.CONTENT_TYPE), Long.MAX_VALUE);
        if (gzip) {
            ContentCoding.put(response);
        }
        return gzip;
    }

    /**
     * A body of unknown length, for as long as the caller's right lasts; the caller sets all headers beforehand.
     *
     * @param bytes that it keeps in memory while it is under way
     * @return the stream, to end it early; null if the answer was refused or the client is gone
     */
    public static @Nullable PieceStream stream(RoutingContext context, Pieces pieces, long bytes) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            pieces.close();
            return null;
        }
        response.setChunked(true);
        Pieces permitted = pieces.during(Permission.of(context));
        boolean gzip = isGzipStream(context);
        return begin(
                context,
                gzip ? new GzipPieces(context.vertx(), permitted) : permitted,
                gzip ? bytes + GzipPieces.MEMORY : bytes,
                null,
                refused -> refuse(context, refused));
    }

    private static @Nullable PieceStream begin(
            RoutingContext context,
            Pieces pieces,
            long bytes,
            @Nullable Readers readers,
            Consumer<ApiException> otherwise) {
        Outflow outflow = Outflow.of(context.vertx());
        PieceStream stream = new PieceStream(context, pieces, outflow);
        long ofBody = readers == null ? bytes : readers.toReserve();
        FairShares.Share share;
        try {
            // as one: a caller's first share may be of any size
            share = outflow.take(context, ofBody + PieceStream.COST);
        } catch (ApiException tooMany) {
            pieces.close();
            otherwise.accept(tooMany);
            return null;
        }
        if (readers != null) {
            readers.add(share, stream);
        }
        stream.start(share);
        return stream;
    }

    /** Answers with an error although headers of a body have been set. */
    public static void refuse(RoutingContext context, ApiException error) {
        OF_BODY.forEach(context.response().headers()::remove);
        context.fail(error.status(), error);
    }
}
