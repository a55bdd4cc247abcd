package io.openuptimes.check.type.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.util.AsciiString;
import java.util.List;

/**
 * The headers of an answer, with any names and values, except those that frame it: {@code Transfer-Encoding} becomes
 * {@link #isChunked()} and overrides {@code Content-Length} (RFC 9112, section 6.3), and {@code Connection} is dropped,
 * because no connection serves a second request.
 */
final class AnswerHeaders extends DefaultHttpHeaders {

    static final HttpHeadersFactory FACTORY = new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
            return new AnswerHeaders();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return new AnswerHeaders();
        }
    };

    private boolean chunked;
    private boolean coded;

    @SuppressWarnings("deprecation") // its replacement creates headers of a fixed class
    AnswerHeaders() {
        super(false); // no validation of names and values
    }

    /** Whether {@code chunked} is among the transfer codings. */
    boolean isChunked() {
        return chunked;
    }

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        if (HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name)) {
            takeCodings(value.toString());
            return this;
        }
        return HttpHeaderNames.CONNECTION.contentEqualsIgnoreCase(name) ? this : super.add(name, value);
    }

    private void takeCodings(String codings) {
        for (String each : codings.split(",", -1)) {
            String coding = each.strip();
            chunked |= AsciiString.contentEqualsIgnoreCase(coding, HttpHeaderValues.CHUNKED);
            coded |= !coding.isEmpty() && !AsciiString.contentEqualsIgnoreCase(coding, HttpHeaderValues.IDENTITY);
        }
    }

    /** Whether there is any transfer coding, which overrides the length. */
    boolean isCoded() {
        return coded;
    }

    @Override
    public List<String> getAll(CharSequence name) {
        return coded && HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name) ? List.of() : super.getAll(name);
    }
}
