package io.openuptimes.web.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * A text kept in memory, plain and compressed.
 *
 * @param type its media type
 * @param tag entity tag of the content
 */
public record StoredText(CharSequence type, Buffer plain, Buffer gzip, String tag) {

    /** Compresses it, which takes a few milliseconds per 100 kB. */
    public static StoredText of(CharSequence type, byte[] content) {
        return new StoredText(type, Buffer.buffer(content), Buffer.buffer(Gzip.smallest(content)), Tags.of(content));
    }

    /** Sends the text, or a 304. Set {@code Cache-Control} before the call. */
    public void answer(RoutingContext context) {
        answer(context, 200);
    }

    /**
     * Like {@link #answer(RoutingContext)}, with the given status.
     *
     * @param status an error status is never replaced by a 304
     */
    public void answer(RoutingContext context, int status) {
        HttpServerResponse response = context.response();
        boolean compressed = ContentCoding.isTaken(context);
        Vary.on(response, "Accept-Encoding");
        if (status == 200 && EntityTags.answerKnown(context, tag, compressed)) {
            return;
        }
        if (compressed) {
            ContentCoding.put(response);
        }
        Answers.lasting(context, status, type, compressed ? gzip : plain);
    }
}
