package io.openuptimes.web.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Security headers of every response, errors included. Pages relax the Content-Security-Policy slightly. */
public final class SecurityHeaders {

    private static final CharSequence CSP = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence CSP_OF_DATA =
            HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");
    private static final CharSequence CSP_OF_DOCS = HttpHeaders.createOptimized("default-src 'self';"
            + " img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");

    private static final CharSequence CSP_OF_IMAGES =
            HttpHeaders.createOptimized("default-src 'none'; style-src 'unsafe-inline'; sandbox");

    private static final CharSequence HSTS = HttpHeaders.createOptimized("Strict-Transport-Security");
    private static final CharSequence ONE_YEAR = HttpHeaders.createOptimized("max-age=31536000");

    private SecurityHeaders() {}

    /**
     * @param sharedWith the value of {@code Cross-Origin-Resource-Policy}: which sites may embed the response
     */
    static MultiMap addAll(MultiMap headers, String sharedWith) {
        return headers.add(CSP, CSP_OF_DATA)
                .add("X-Content-Type-Options", "nosniff")
                .add("X-Frame-Options", "DENY")
                .add("Referrer-Policy", "no-referrer")
                .add("Cross-Origin-Opener-Policy", "same-origin")
                .add("Cross-Origin-Resource-Policy", sharedWith)
                .add("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    }

    /** Adds HSTS to a response over TLS. */
    public static void putForTls(HttpServerResponse response) {
        response.putHeader(HSTS, ONE_YEAR);
    }

    static boolean isForTls(HttpServerResponse response) {
        return response.headers().contains(HSTS);
    }

    /** For an uploaded image; an SVG may contain a script. */
    public static void putForImage(HttpServerResponse response) {
        response.putHeader(CSP, CSP_OF_IMAGES);
    }

    /** For the API documentation page: scripts, styles and images from this origin, nothing inline. */
    public static void putForDocs(HttpServerResponse response) {
        response.putHeader(CSP, CSP_OF_DOCS);
    }

    /** For any other page. */
    public static void putForPage(HttpServerResponse response, String policy) {
        response.putHeader(CSP, policy);
    }

    /**
     * The policy for pages: everything is loaded from this origin, nothing is inline except the import map, and text
     * becomes markup only through the templates.
     *
     * @param importMap the source expression (hash) of the import map
     */
    public static String policyOfPages(String importMap) {
        return "default-src 'none'; script-src 'self' " + importMap + "; style-src 'self'; img-src 'self' data:;"
                + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
                + " require-trusted-types-for 'script'; trusted-types lit-html";
    }
}
