package io.openuptimes.web.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * A text that stays in memory, plain and compressed.
 *
 * @param type its media type
 * @param tag names the content
 */
public record StoredText(CharSequence type, Buffer plain, Buffer gzip, String tag) {

    /** Compresses it, which takes a few milliseconds per 100 kB. */
    public static StoredText of(CharSequence type, byte[] content) {
        return new StoredText(
                type, Buffer.buffer(content), Buffer.buffer(Gzip.smallest(content)), Tags.of(content));
    }

    /** Ends the request with it, or with a 304; the caller has set what caches may do. */
    public void answer(RoutingContext context) {
        HttpServerResponse response = context.response();
        boolean compressed = ContentCoding.isTaken(context);
        Vary.on(response, "Accept-Encoding");
        if (EntityTags.answerKnown(context, tag, compressed)) {
            return;
        }
        if (compressed) {
            ContentCoding.put(response);
        }
        Answers.lasting(context, type, compressed ? gzip : plain);
    }
}
