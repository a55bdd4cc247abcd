package io.openuptimes.web.http;

import io.vertx.core.http.HttpHeaders;

/** {@code Cache-Control} values for responses (RFC 9111, section 5.2.2). */
public final class CacheControl {

    /** May be stored, but must be revalidated before each use. */
    public static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");

    public static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    /** Never changes, since its URL contains the version. Valid for a year, the longest that caches honour. */
    public static final CharSequence IMMUTABLE = HttpHeaders.createOptimized("public, max-age=31536000, immutable");

    private CacheControl() {}
}
