package io.openuptimes.web.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Collects the request headers that an answer depends on (RFC 9110, section 12.5.5). */
public final class Vary {

    /** For responses that depend on the caller's key or session. */
    public static final String ON_CALLER = "Authorization, Cookie";

    private Vary() {}

    /**
     * Adds the names to {@code Vary} unless they are already listed.
     *
     * @param names comma-separated
     */
    public static void on(HttpServerResponse response, String names) {
        MultiMap headers = response.headers();
        String before = headers.get(HttpHeaders.VARY);
        if (before == null) {
            headers.set(HttpHeaders.VARY, names);
        } else if (!before.contains(names)) {
            headers.set(HttpHeaders.VARY, before + ", " + names);
        }
    }
}
