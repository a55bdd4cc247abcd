package io.openuptimes.check.type.http;

import io.openuptimes.config.Version;
import io.openuptimes.model.Target;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request of a check.
 *
 * @param headers to send, except those that frame the request; must not be changed
 * @param body null for none
 */
record Hop(
        Method method,
        Target target,
        MultiMap headers,
        @Nullable String body) implements Next {

    private static final String USER_AGENT = "OpenUptimes/" + Version.CURRENT;
    private static final String HOST = "host";
    private static final String COOKIE = "cookie";

    private static final Set<String> OF_A_BODY =
            Set.of("content-encoding", "content-language", "content-location", "content-type");

    /** The first request of a check. */
    static Hop first(HttpSpec spec, Target target) {
        MultiMap headers = standard(target);
        for (Map.Entry<String, String> header : spec.headers().entrySet()) {
            headers.set(header.getKey(), header.getValue());
        }
        return new Hop(spec.method(), target, headers, body(spec));
    }

    /** Methods that expect a body send an empty one, because some servers insist on it (411). */
    private static @Nullable String body(HttpSpec spec) {
        String body = spec.body();
        if (body != null) {
            return body;
        }
        return switch (spec.method()) {
            case POST, PUT, PATCH -> "";
            case GET, HEAD, DELETE, OPTIONS -> null;
        };
    }

    private static MultiMap standard(Target target) {
        return HttpHeaders.headers()
                .set(HOST, target.authority())
                .set("user-agent", USER_AGENT)
                .set("accept", "*/*");
    }

    /** The same request to another URL. The service's headers and body are only sent to their origin. */
    Hop to(Target other) {
        return target.hasOriginOf(other)
                ? new Hop(method, other, headers, body)
                : new Hop(method, other, standard(other), null);
    }

    /** This request as a GET without a body. */
    Hop asGet() {
        MultiMap withoutBody = HttpHeaders.headers().addAll(headers);
        OF_A_BODY.forEach(withoutBody::remove);
        return new Hop(Method.GET, target, withoutBody, null);
    }

    /** The {@code Cookie} header; null for none. */
    @Nullable
    String cookies() {
        return headers.get(COOKIE);
    }

    /** This request with another {@code Cookie} header, or without one. */
    Hop withCookies(@Nullable String cookies) {
        MultiMap others = HttpHeaders.headers().addAll(headers).remove(COOKIE);
        return new Hop(method, target, cookies == null ? others : others.set(COOKIE, cookies), body);
    }
}
