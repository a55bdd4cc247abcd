package io.openuptimes.web.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Says which answers are compressed: text that is long enough, for callers that take gzip. */
public final class ContentCoding {

    public static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");

    /** Longest text that is sent as it is, in bytes: about what one packet takes. */
    static final int WORTH = 1_000;

    private static final String NEVER = ContentCoding.class.getName();
    private static final String ACCEPT_ENCODING = "Accept-Encoding";

    private ContentCoding() {}

    /**
     * Has the answer sent as it is, because it holds a secret: its compressed length would tell something of it to callers
     * that choose the text beside it (BREACH).
     */
    public static void never(RoutingContext context) {
        context.put(NEVER, true);
    }

    /**
     * Whether an answer is to be compressed; says so in {@code Vary} if that depends on the caller.
     *
     * @param type the media type; null for none
     * @param length in bytes; {@link Long#MAX_VALUE} if it is not known
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

    /** Whether the caller takes gzip. */
    public static boolean isTaken(RoutingContext context) {
        return AcceptEncoding.takesGzip(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING));
    }

    static void put(HttpServerResponse response) {
        response.putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
    }
}
