package io.openuptimes.web.http;

import io.vertx.core.http.HttpHeaders;

/** What answers say to caches (RFC 9111, section 5.2.2). */
public final class CacheControl {

    /** It may be kept, and is asked for again before each use. */
    public static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");

    public static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    /** It is never another: its address says which version it is. For a year, the longest that caches take. */
    public static final CharSequence IMMUTABLE = HttpHeaders.createOptimized("public, max-age=31536000, immutable");

    private CacheControl() {}
}
