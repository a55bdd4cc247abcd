package io.openuptimes.web.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Well-formed requests that this server does not implement, or that exceed its limits.
 *
 * <p>The HTTP/1.1 decoder enforces the limits itself; HTTP/2 requests are measured here, so that they get the same
 * responses.
 */
public final class Unsupported {

    /** Methods of RFC 9110 and RFC 5789. If a path does not support one of these, the response is a 405. */
    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS,
            HttpMethod.TRACE,
            HttpMethod.CONNECT);

    private final int maxUri;
    private final int maxHeaders;

    /**
     * @param maxUri maximum length of the request target, in characters
     * @param maxHeaders maximum characters of all header names and values
     */
    public Unsupported(int maxUri, int maxHeaders) {
        this.maxUri = maxUri;
        this.maxHeaders = maxHeaders;
    }

    /** Why the request is rejected; null if it is not. */
    public @Nullable ApiException problem(HttpServerRequest request) {
        HttpVersion version = request.version();
        if (version == null) {
            return new ApiException(501, "This version of HTTP is not implemented");
        }
        if (!METHODS.contains(request.method())) {
            return new ApiException(501, "This method is not implemented");
        }
        return version == HttpVersion.HTTP_2 ? tooLong(request) : transferEncoding(request);
    }

    private @Nullable ApiException tooLong(HttpServerRequest request) {
        if (request.uri() != null && request.uri().length() > maxUri) {
            return InvalidRequests.uriTooLong();
        }
        int length = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            length += header.getKey().length() + header.getValue().length();
        }
        return length > maxHeaders ? InvalidRequests.headersTooLarge() : null;
    }

    /** RFC 9112, 6.1 and 6.3: the end of the body is unknown unless {@code chunked} is the final coding. */
    private static @Nullable ApiException transferEncoding(HttpServerRequest request) {
        if (!request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            return null;
        }
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        if (codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked")) {
            return null;
        }
        String last = codings.get(codings.size() - 1);
        return last.substring(last.lastIndexOf(',') + 1).strip().equalsIgnoreCase("chunked")
                ? new ApiException(501, "Transfer-Encoding: only chunked is implemented")
                : new ApiException(400, "Transfer-Encoding: must end with chunked");
    }
}
