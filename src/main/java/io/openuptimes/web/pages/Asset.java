package io.openuptimes.web.pages;

import io.openuptimes.web.http.AcceptEncoding;
import io.openuptimes.web.http.Answers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A file as it is sent, plain and compressed.
 *
 * @param type its media type
 * @param tag names the content
 */
record Asset(CharSequence type, Buffer plain, Buffer gzip, String tag) {

    private static final Map<String, CharSequence> TYPES = Map.of(
            "html", HttpHeaders.createOptimized("text/html; charset=utf-8"),
            "css", HttpHeaders.createOptimized("text/css; charset=utf-8"),
            "js", HttpHeaders.createOptimized("text/javascript; charset=utf-8"),
            "svg", HttpHeaders.createOptimized("image/svg+xml"));

    /**
     * @param name its ending says what it is
     */
    static Asset of(String name, byte[] content) {
        CharSequence type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalArgumentException("no type is known for " + name);
        }
        CRC32C sum = new CRC32C();
        sum.update(content);
        String tag = HexFormat.of().toHexDigits((int) sum.getValue()) + Integer.toHexString(content.length);
        return new Asset(type, Buffer.buffer(content), Buffer.buffer(compress(content)), tag);
    }

    private static byte[] compress(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION); // once, and sent for as long as the process lives
            }
        }) {
            zip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot be: it is all memory
        }
        return out.toByteArray();
    }

    /** Ends the request with it, or with a 304; the caller has set what caches may do. */
    void answer(RoutingContext context) {
        answer(context, 200);
    }

    /**
     * As {@link #answer(RoutingContext)}, with that status.
     *
     * @param status one that is an error is never answered by a 304
     */
    void answer(RoutingContext context, int status) {
        HttpServerResponse response = context.response();
        boolean compressed = AcceptEncoding.takesGzip(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING));
        response.putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .putHeader(HttpHeaders.ETAG, '"' + tag + (compressed ? "-gzip\"" : "\""));
        String known = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        if (status == 200 && known != null && known.contains(tag)) {
            response.setStatusCode(304).end();
            return;
        }
        if (compressed) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        Answers.lasting(context, status, type, compressed ? gzip : plain);
    }
}
