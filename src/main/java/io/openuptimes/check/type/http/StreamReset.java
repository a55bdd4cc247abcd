package io.openuptimes.check.type.http;

import io.netty.handler.codec.http2.Http2Error;
import io.openuptimes.check.net.tls.Causes;
import io.vertx.core.http.GoAway;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The server reset the stream of an HTTP/2 request, or closed the connection before accepting the request.
 *
 * @param code error code (RFC 9113, section 7)
 */
record StreamReset(long code) {

    /** The stream of the connection's only request. */
    private static final int FIRST_STREAM = 1;

    /** Null if the failure is of another kind. */
    static @Nullable StreamReset of(Throwable failure) {
        StreamResetException reset = Causes.find(failure, StreamResetException.class);
        if (reset != null) {
            return new StreamReset(reset.getCode());
        }
        HttpClosedException closed = Causes.find(failure, HttpClosedException.class);
        GoAway gone = closed == null ? null : goAway(closed);
        return gone == null ? null : of(gone);
    }

    private static @Nullable GoAway goAway(HttpClosedException closed) {
        try {
            return closed.goAway();
        } catch (RuntimeException e) {
            return null; // Vert.x 5.0.10 cannot copy a GOAWAY without debug data
        }
    }

    private static @Nullable StreamReset of(GoAway gone) {
        if (gone.getErrorCode() == Http2Error.HTTP_1_1_REQUIRED.code()) {
            return new StreamReset(gone.getErrorCode());
        }
        return gone.getLastStreamId() < FIRST_STREAM ? new StreamReset(Http2Error.REFUSED_STREAM.code()) : null;
    }

    /** Whether the request was not processed and may be sent again (RFC 9113, section 8.7). */
    boolean isRefusal() {
        return code == Http2Error.REFUSED_STREAM.code();
    }

    /** Whether the server demands HTTP/1.1. */
    boolean wantsHttp1() {
        return code == Http2Error.HTTP_1_1_REQUIRED.code();
    }

    /** The error's name, or its number if it has none. */
    String name() {
        Http2Error known = Http2Error.valueOf(code);
        return known == null ? String.format(Locale.ROOT, "error %d", code) : known.name();
    }
}
