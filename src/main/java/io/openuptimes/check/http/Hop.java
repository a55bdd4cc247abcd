package io.openuptimes.check.http;

import io.openuptimes.config.Version;
import io.openuptimes.model.Service;
import io.openuptimes.model.Target;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request of a check.
 *
 * @param headers as they are sent, but for those that frame the request
 * @param body null for none
 */
record Hop(
        HttpMethod method,
        Target target,
        MultiMap headers,
        @Nullable Buffer body) implements Next {

    private static final String USER_AGENT = "OpenUptimes/" + Version.CURRENT;
    private static final CharSequence HOST = HttpHeaders.HOST;

    /** What may go to an origin that the service's owner did not name: nothing in which a secret could be. */
    private static final Set<String> FOR_ANYBODY = Set.of(
            "accept",
            "accept-charset",
            "accept-encoding",
            "accept-language",
            "cache-control",
            "content-type",
            "user-agent");

    private static final Set<String> OF_A_BODY =
            Set.of("content-encoding", "content-language", "content-location", "content-type");

    /** The first request of a check. */
    static Hop first(Service service, Target target) {
        MultiMap headers = HttpHeaders.headers()
                .set(HOST, target.authority())
                .set(HttpHeaders.USER_AGENT, USER_AGENT)
                .set(HttpHeaders.ACCEPT, "*/*");
        for (Map.Entry<String, String> header : service.headers().entrySet()) {
            headers.set(header.getKey(), header.getValue());
        }
        return new Hop(method(service), target, headers, body(service));
    }

    private static HttpMethod method(Service service) {
        return switch (service.method()) {
            case GET -> HttpMethod.GET;
            case HEAD -> HttpMethod.HEAD;
            case POST -> HttpMethod.POST;
            case PUT -> HttpMethod.PUT;
            case PATCH -> HttpMethod.PATCH;
            case DELETE -> HttpMethod.DELETE;
            case OPTIONS -> HttpMethod.OPTIONS;
        };
    }

    /** Methods that expect a body say that theirs is empty; some servers insist on it (411). */
    private static @Nullable Buffer body(Service service) {
        String body = service.body();
        if (body != null) {
            return Buffer.buffer(body);
        }
        return switch (service.method()) {
            case POST, PUT, PATCH -> Buffer.buffer();
            case GET, HEAD, DELETE, OPTIONS -> null;
        };
    }

    /** This request to another URL. What was meant for this host does not go to another one, nor from https to http. */
    Hop to(Target other) {
        MultiMap kept = HttpHeaders.headers();
        boolean sameOrigin =
                target.tls() == other.tls() && target.host().equals(other.host()) && target.port() == other.port();
        for (Map.Entry<String, String> header : headers) {
            if (sameOrigin || FOR_ANYBODY.contains(lower(header.getKey()))) {
                kept.add(header.getKey(), header.getValue());
            }
        }
        if (!sameOrigin) {
            kept.set(HOST, other.authority());
        }
        return new Hop(method, other, kept, body);
    }

    /** This request as a GET without a body. */
    Hop asGet() {
        MultiMap kept = HttpHeaders.headers();
        for (Map.Entry<String, String> header : headers) {
            if (!OF_A_BODY.contains(lower(header.getKey()))) {
                kept.add(header.getKey(), header.getValue());
            }
        }
        return new Hop(HttpMethod.GET, target, kept, null);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
