package io.openuptimes.web.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which pages of other origins may read responses (Fetch standard, "CORS protocol"). Public reads allow every
 * origin, without cookies; a page that has its own key may send it as {@code Authorization}. Everything else, and
 * cookies, is limited to the origins in the setting {@code http.allowedOrigins}.
 *
 * <p>Vert.x's CorsHandler has one policy per router and rejects foreign origins. This policy is per operation, and a
 * foreign origin gets the normal response, which its browser withholds from the page.
 *
 * <p>Belongs to one event loop.
 */
public final class Cors {

    private static final CharSequence ANY = HttpHeaders.createOptimized("*");
    private static final CharSequence EXPOSED = HttpHeaders.createOptimized("ETag, OpenUptimes-Event, Retry-After,"
            + " RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Content-Disposition, Idempotent-Replayed");
    private static final CharSequence TAKEN = HttpHeaders.createOptimized("Accept, Authorization, Content-Type,"
            + " Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, X-CSRF-Token");
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final CharSequence READ_METHODS = HttpHeaders.createOptimized("GET, HEAD");
    private static final CharSequence ONE_DAY = HttpHeaders.createOptimized("86400");

    private final CommonHeaders headers;
    private final Set<String> allowed;

    /**
     * @param headers the event loop's common headers
     * @param allowed origins, as browsers send them
     */
    public Cors(CommonHeaders headers, List<String> allowed) {
        this.headers = headers;
        this.allowed = Set.copyOf(allowed);
    }

    /** Adds the CORS headers of a public read. */
    static MultiMap addPublic(MultiMap headers) {
        return headers.add(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANY)
                .add(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }

    /**
     * The first handler of a route.
     *
     * @param publicRead whether pages of any origin may read the response
     */
    public Handler<RoutingContext> of(boolean publicRead) {
        return context -> {
            headers.begin(context, publicRead);
            if (!allowed.isEmpty()) {
                // runs after the operation has set its headers, including Vary
                context.addHeadersEndHandler(end -> putAllowed(context));
            }
            context.next();
        };
    }

    private void putAllowed(RoutingContext context) {
        HttpServerResponse response = context.response();
        Vary.on(response, "Origin");
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        if (isAllowed(origin)) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true")
                    .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }

    private boolean isAllowed(@Nullable String origin) {
        return origin != null && allowed.contains(origin);
    }

    /**
     * Answers preflights and passes all other requests on.
     *
     * @param methods supported by the path
     * @param publicRead whether pages of any origin may read the response to {@code GET}
     */
    public Handler<RoutingContext> preflights(Collection<String> methods, boolean publicRead) {
        return context -> {
            HttpServerRequest request = context.request();
            if (request.method().equals(HttpMethod.OPTIONS)
                    && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)) {
                options(context, methods, publicRead);
            } else {
                context.next();
            }
        };
    }

    /**
     * Answers {@code OPTIONS}, whether or not it is a preflight.
     *
     * @param methods supported by the path
     * @param publicRead whether pages of any origin may read the response to {@code GET}
     */
    public void options(RoutingContext context, Collection<String> methods, boolean publicRead) {
        HttpServerResponse response = context.response();
        String all = String.join(", ", methods);
        response.setStatusCode(204).putHeader(HttpHeaders.ALLOW, all + ", OPTIONS");
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        String wanted = context.request().getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        Vary.on(response, "Origin, Access-Control-Request-Method");
        if (origin != null && wanted != null) {
            if (isAllowed(origin)) {
                allow(response, all); // putAllowed adds the origin
            } else if (publicRead && READS.contains(wanted)) {
                allow(response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANY), READ_METHODS);
            }
        }
        response.end();
    }

    private static void allow(HttpServerResponse response, CharSequence methods) {
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, TAKEN)
                .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, ONE_DAY);
    }
}
