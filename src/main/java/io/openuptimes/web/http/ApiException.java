package io.openuptimes.web.http;

import io.openuptimes.model.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends a request with an error response. The message is shown to the caller. */
public final class ApiException extends RuntimeException {

    private final int status;
    private final Map<String, String> headers;
    private final @Nullable Problem problem;

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
        this(status, message, headers, null);
    }

    /**
     * @param problem of a field, whose code and details become part of the response
     */
    public ApiException(int status, Problem problem) {
        this(status, problem.message(), Map.of(), problem);
    }

    private ApiException(int status, String message, Map<String, String> headers, @Nullable Problem problem) {
        super(message, null, false, false);
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.problem = problem;
    }

    /** The problem with a field; null if there is another reason. */
    public @Nullable Problem problem() {
        return problem;
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
