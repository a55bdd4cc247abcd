package io.openuptimes.check.http;

import io.netty.handler.codec.http2.Http2Error;
import io.openuptimes.check.tls.Causes;
import io.vertx.core.http.StreamResetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The server ended the stream of an HTTP/2 request.
 *
 * @param code of the error (RFC 9113, section 7)
 */
record StreamReset(long code) {

    /** Null if the failure is another one. */
    static @Nullable StreamReset of(Throwable failure) {
        StreamResetException reset = Causes.find(failure, StreamResetException.class);
        return reset == null ? null : new StreamReset(reset.getCode());
    }

    /** Whether nothing was done with the request, so that it may be sent again (RFC 9113, section 8.7). */
    boolean isRefusal() {
        return code == Http2Error.REFUSED_STREAM.code();
    }

    /** Whether the request is to be sent over HTTP/1.1. */
    boolean wantsHttp1() {
        return code == Http2Error.HTTP_1_1_REQUIRED.code();
    }

    /** The error's name, or its number where it has none. */
    String name() {
        Http2Error known = Http2Error.valueOf(code);
        return known == null ? String.format(Locale.ROOT, "error %d", code) : known.name();
    }
}
