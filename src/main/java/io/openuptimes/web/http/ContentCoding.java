package io.openuptimes.web.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Decides which responses are compressed: long enough text, if the caller accepts gzip. */
public final class ContentCoding {

    public static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");

    /** Text up to this length in bytes is sent uncompressed; it fits in about one packet. */
    static final int WORTH = 1_000;

    private static final String NEVER = ContentCoding.class.getName();
    private static final String ACCEPT_ENCODING = "Accept-Encoding";

    private ContentCoding() {}

    /**
     * Disables compression for a response that contains a secret: its compressed length would leak the secret to a
     * caller that controls the surrounding text (BREACH).
     */
    public static void never(RoutingContext context) {
        context.put(NEVER, true);
    }

    /**
     * Whether to compress a response. Adds {@code Accept-Encoding} to {@code Vary} if that depends on the caller.
     *
     * @param type the media type; null for none
     * @param length in bytes; {@link Long#MAX_VALUE} if unknown
     */
    static boolean isGzip(RoutingContext context, @Nullable CharSequence type, long length) {
        HttpServerResponse response = context.response();
        if (length <= WORTH
                || type == null
                || !MediaTypes.isText(type.toString())
                || response.headers().contains(HttpHeaders.CONTENT_ENCODING)
                || context.get(NEVER) != null) {
            return false;
        }
        Vary.on(response, ACCEPT_ENCODING);
        return isTaken(context);
    }

    /** Whether the caller accepts gzip. */
    public static boolean isTaken(RoutingContext context) {
        return AcceptEncoding.takesGzip(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING));
    }

    static void put(HttpServerResponse response) {
        response.putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
    }
}
