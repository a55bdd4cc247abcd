package io.openuptimes.web.intake;

import io.openuptimes.web.http.ApiException;
import java.util.Locale;
import java.util.Map;

/** Why a request ended before it was read completely; each reason is a metric tag. */
public enum Refusal {
    /** The body exceeds the operation's limit. */
    TOO_LARGE,
    /** The caller's share of the held bytes is exhausted. */
    CALLER,
    /** The process's share of the heap is exhausted. */
    PROCESS,
    /** The body arrived too slowly. */
    SLOW_BODY,
    /** The TLS handshake was not complete in time. */
    SLOW_HANDSHAKE,
    /** The head did not arrive in time. */
    SLOW_HEAD,
    /** An HTTP/2 connection sent too many frames without content. */
    FLOOD,
    /** The client kept sending a body after the response. */
    UNREAD;

    private static final Map<String, String> RETRY_AFTER = Map.of("Retry-After", "5");

    /** The value of the metric tag. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The error response if a limit on held bytes is exhausted. */
    ApiException noRoom() {
        return this == CALLER
                ? new ApiException(429, "Too much request data in progress from this caller", RETRY_AFTER)
                : new ApiException(503, "Too much request data in progress; try again", RETRY_AFTER);
    }
}
