package io.openuptimes.web.pages;

import io.openuptimes.web.http.StoredText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** A static file, plain and compressed. */
record Asset(StoredText text) {

    private static final Map<String, CharSequence> TYPES = Map.of(
            "html", HttpHeaders.createOptimized("text/html; charset=utf-8"),
            "css", HttpHeaders.createOptimized("text/css; charset=utf-8"),
            "js", HttpHeaders.createOptimized("text/javascript; charset=utf-8"),
            "svg", HttpHeaders.createOptimized("image/svg+xml"));

    /**
     * @param name its extension determines the media type
     */
    static Asset of(String name, byte[] content) {
        CharSequence type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalArgumentException("no type is known for " + name);
        }
        return new Asset(StoredText.of(type, content));
    }

    Buffer plain() {
        return text.plain();
    }

    /** Sends the file, or a 304. Set {@code Cache-Control} before the call. */
    void answer(RoutingContext context) {
        answer(context, 200);
    }

    /**
     * Like {@link #answer(RoutingContext)}, with the given status.
     *
     * @param status an error status is never replaced by a 304
     */
    void answer(RoutingContext context, int status) {
        text.answer(context, status);
    }
}
