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
 * Sends responses. Does nothing if the client is gone or the response has already been sent.
 *
 * <p>Small bodies are written at once. Larger ones go through a {@link PieceStream} within the limits of
 * {@link Outflow}; when these are exhausted, the response is a 429 or a 503, or a {@linkplain #shorten short form} of
 * the body.
 *
 * <p>Text is compressed according to {@link ContentCoding}: in one go up to {@value #COMPRESSED_AT_ONCE} bytes, which
 * takes about a millisecond, otherwise piece by piece.
 */
public final class Answers {

    public static final CharSequence JSON = HttpHeaders.createOptimized("application/json; charset=utf-8");
    private static final int COMPRESSED_AT_ONCE = 64 * 1024;

    /** Headers to remove when the body is not sent after all. */
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

    /** Sends a 200 with a JSON object that caches must not store. */
    public static void json(RoutingContext context, JsonObject body) {
        json(context, 200, body);
    }

    /** Delays the request's JSON response until the work completes. The work runs once. */
    public static void before(RoutingContext context, BeforeAnswer work) {
        context.put(BEFORE, work);
    }

    /**
     * Sends the JSON response in a short form, instead of refusing it, if there is no room for all of it. Use this
     * after a change, so that the caller always learns the outcome.
     *
     * @param shorter makes the short form, at most 16 KiB
     */
    public static void shorten(RoutingContext context, UnaryOperator<JsonObject> shorter) {
        context.put(SHORTER, shorter);
    }

    /** Sends a JSON object that caches must not store. */
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

    /** Sends a body that only this response uses. Set additional headers before the call. */
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
            response.end(); // the compressed length is not known yet
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
            // the headers of GET, without the body
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
     * Sends a 200 with JSON and an entity tag made from its bytes, or a 304. Caches may store it but must revalidate
     * it, unless {@code Cache-Control} is already set.
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

    /** Whether the body is small enough to be written at once. */
    public static boolean isSmall(RoutingContext context, long bytes) {
        return AtOnce.takes(context.request(), bytes);
    }

    /** Sends a body that stays in memory anyway. Set additional headers before the call. */
    public static void lasting(RoutingContext context, CharSequence contentType, Buffer body) {
        lasting(context, 200, contentType, body);
    }

    /** Like {@link #lasting(RoutingContext, CharSequence, Buffer)}, with the given status. */
    public static void lasting(RoutingContext context, int status, CharSequence contentType, Buffer body) {
        if (isSmall(context, body.length())) {
            end(context, status, contentType, body);
        } else {
            context.response().setStatusCode(status);
            stream(context, contentType, Pieces.of(context.request(), body), body.length(), null);
        }
    }

    /**
     * Sends a long body that several responses share. Set additional headers before the call.
     *
     * @param length total length in bytes
     * @param readers tracks the response until it ends; null for a body that stays in memory anyway
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

    /** Ends a HEAD request with the headers that {@link #stream(RoutingContext, Pieces, long)} would send for GET. */
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
     * Streams a body of unknown length for as long as the caller stays authorized. Set all headers before the call.
     *
     * @param bytes memory that the body holds until the stream ends
     * @return the stream, for ending it early; null if the response was refused or the client is gone
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
            // taken as one share, since a caller's first share may be of any size
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

    /** Sends an error, removing body headers that are already set. */
    public static void refuse(RoutingContext context, ApiException error) {
        OF_BODY.forEach(context.response().headers()::remove);
        context.fail(error.status(), error);
    }
}
