package io.openuptimes.web.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Entity tags of responses, and {@code If-None-Match} (RFC 9110, section 13.1.2). The tag of the compressed form ends
 * in {@value #GZIP}; a caller with either form has the content.
 */
public final class EntityTags {

    private static final String GZIP = "-gzip";

    private EntityTags() {}

    /** The value for {@code ETag}. */
    public static String header(String tag, boolean compressed) {
        return compressed ? '"' + tag + GZIP + '"' : '"' + tag + '"';
    }

    /**
     * Sets the tag, and sends a 304 if the caller already has the content.
     *
     * @return whether the request has ended
     */
    public static boolean answerKnown(RoutingContext context, String tag, boolean compressed) {
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.ETAG, header(tag, compressed));
        if (!isKnown(context.request(), tag)) {
            return false;
        }
        response.setStatusCode(304).end();
        return true;
    }

    /** Whether the caller already has the content, in either form. */
    public static boolean isKnown(HttpServerRequest request, String tag) {
        String first = request.headers().get(HttpHeaders.IF_NONE_MATCH);
        if (first == null) {
            return false;
        }
        if (names(first, tag)) {
            return true;
        }
        List<String> lines = request.headers().getAll(HttpHeaders.IF_NONE_MATCH);
        return lines.size() > 1 && names(String.join(",", lines), tag);
    }

    /** Whether the list contains the tag, weak or strong. Everything after a syntax error is ignored. */
    static boolean names(String header, String tag) {
        int length = header.length();
        int at = skipSeparators(header, 0);
        if (at < length && header.charAt(at) == '*') {
            return skipSeparators(header, at + 1) == length;
        }
        while (at < length) {
            int start = header.startsWith("W/", at) ? at + 2 : at;
            int end = start < length && header.charAt(start) == '"' ? header.indexOf('"', start + 1) : -1;
            if (end < 0) {
                return false;
            }
            if (isOf(header, start + 1, end, tag)) {
                return true;
            }
            at = skipSeparators(header, end + 1);
        }
        return false;
    }

    private static boolean isOf(String header, int start, int end, String tag) {
        int more = end - start - tag.length();
        return header.startsWith(tag, start)
                && (more == 0 || (more == GZIP.length() && header.startsWith(GZIP, end - more)));
    }

    private static int skipSeparators(String header, int from) {
        int at = from;
        while (at < header.length() && " \t,".indexOf(header.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }
}
