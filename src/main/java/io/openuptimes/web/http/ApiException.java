package io.openuptimes.web.http;

import java.util.Map;

/** Ends a request with an error response. The message is shown to the caller. */
public final class ApiException extends RuntimeException {

    private final int status;
    private final Map<String, String> headers;

    /**
     * @param status the HTTP status, 4xx or 5xx
     */
    public ApiException(int status, String message) {
        this(status, message, Map.of());
    }

    /**
     * @param headers additional response headers, such as {@code Retry-After}
     */
    public ApiException(int status, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.headers = Map.copyOf(headers);
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
