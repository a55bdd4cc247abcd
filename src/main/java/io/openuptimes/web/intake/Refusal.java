package io.openuptimes.web.intake;

import io.openuptimes.web.http.ApiException;
import java.util.Locale;
import java.util.Map;

/** Why a request ends before it has been read completely; the metrics count each reason. */
public enum Refusal {
    /** The body exceeds the operation's limit. */
    TOO_LARGE,
    /** The caller's share of the bytes held is used up. */
    CALLER,
    /** The process's share of the heap is used up. */
    PROCESS,
    /** The body arrives too slowly. */
    SLOW_BODY,
    /** The TLS handshake was not complete in time. */
    SLOW_HANDSHAKE,
    /** The head did not arrive in time. */
    SLOW_HEAD,
    /** An HTTP/2 connection sent too many frames that carry nothing. */
    FLOOD,
    /** The client went on sending a body that had been answered. */
    UNREAD;

    private static final Map<String, String> RETRY_AFTER = Map.of("Retry-After", "5");

    /** The value of the metric's tag. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The answer where there is no room for a request, of the caller's or at all. */
    ApiException noRoom() {
        return this == CALLER
                ? new ApiException(429, "Too much request data in progress from this caller", RETRY_AFTER)
                : new ApiException(503, "Too much request data in progress; try again", RETRY_AFTER);
    }
}
