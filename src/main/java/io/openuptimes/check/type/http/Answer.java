package io.openuptimes.check.type.http;

import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The head of an answer and the progress of its body. */
final class Answer {

    /** A status code has three digits (RFC 9110, section 15). */
    private static final int MIN_CODE = 100;

    private static final int MAX_CODE = 999;

    /** A body without a length counts as still being sent for this long after its last byte. */
    private static final long ALIVE_NS = TimeUnit.SECONDS.toNanos(1);

    private static final String EVENT_STREAM = "text/event-stream";
    private static final String CAMERA_STREAM = "multipart/x-mixed-replace";

    private final HttpVersion version;
    private final int status;
    private final @Nullable String location;
    private final List<String> cookies;
    private final boolean stream;
    private final boolean hasLength;
    private long bytes;
    private long lastByteAt;

    private Answer(HttpClientResponse head) {
        version = head.version();
        status = head.statusCode();
        location = head.getHeader(HttpHeaders.LOCATION);
        cookies = head.cookies();
        stream = isStream(head.getHeader(HttpHeaders.CONTENT_TYPE));
        hasLength = head.headers().contains(HttpHeaders.CONTENT_LENGTH);
    }

    static Answer of(HttpClientResponse head) {
        return new Answer(head);
    }

    private static boolean isStream(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.strip().toLowerCase(Locale.ROOT);
        return type.startsWith(EVENT_STREAM) || type.startsWith(CAMERA_STREAM);
    }

    boolean hasValidStatus() {
        return status >= MIN_CODE && status <= MAX_CODE;
    }

    int status() {
        return status;
    }

    /** The redirect's target; null without a {@code Location} header. */
    @Nullable
    String location() {
        return location;
    }

    /** The values of {@code Set-Cookie}. */
    List<String> cookies() {
        return cookies;
    }

    /** For example {@code HTTP/1.1}. */
    String protocol() {
        return switch (version) {
            case HTTP_1_0 -> "HTTP/1.0";
            case HTTP_1_1 -> "HTTP/1.1";
            case HTTP_2 -> "HTTP/2";
        };
    }

    /** Whether the body is a stream without an end, so that the verdict uses the head alone. */
    boolean isStream() {
        return stream;
    }

    /**
     * Counts a piece of the body.
     *
     * @return whether the limit has been reached
     */
    boolean received(int length) {
        bytes += length;
        lastByteAt = System.nanoTime();
        return bytes > AnswerDecoder.MAX_BODY_BYTES;
    }

    /** Whether a body without a length has begun and is still being sent. */
    boolean goesOn() {
        return !hasLength && bytes > 0 && System.nanoTime() - lastByteAt <= ALIVE_NS;
    }
}
