package io.openuptimes.web.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** What every answer tells browsers, errors included. Pages loosen the first of them a little. */
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
     * @param sharedWith who may embed the answer, the value of {@code Cross-Origin-Resource-Policy}
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

    /** For an answer that goes by TLS: the next request shall, too. */
    public static void putForTls(HttpServerResponse response) {
        response.putHeader(HSTS, ONE_YEAR);
    }

    static boolean isForTls(HttpServerResponse response) {
        return response.headers().contains(HSTS);
    }

    /** For an image that somebody has sent: an SVG with a script is an image, too. */
    public static void putForImage(HttpServerResponse response) {
        response.putHeader(CSP, CSP_OF_IMAGES);
    }

    /** For the page that shows the API's document: scripts, styles and images from here, nothing inline. */
    public static void putForDocs(HttpServerResponse response) {
        response.putHeader(CSP, CSP_OF_DOCS);
    }

    /** For any other page. */
    public static void putForPage(HttpServerResponse response, String policy) {
        response.putHeader(CSP, policy);
    }

    /**
     * What a page may do: all that it loads comes from here; nothing stands inline but its import map; and no text
     * becomes markup but by way of the templates.
     *
     * @param importMap the source expression that names the import map's content
     */
    public static String policyOfPages(String importMap) {
        return "default-src 'none'; script-src 'self' " + importMap + "; style-src 'self'; img-src 'self' data:;"
                + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
                + " require-trusted-types-for 'script'; trusted-types lit-html";
    }
}
