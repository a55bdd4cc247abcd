package io.openuptimes.web.access;

/**
 * The prefixes of RFC 6265bis, by which a browser keeps a cookie from being set by a neighbouring domain or over plain
 * HTTP.
 */
final class CookieName {

    private CookieName() {}

    /**
     * @param secure whether the request came by TLS
     * @param basePath below which the service is reached; {@code /} if it has the host to itself
     * @return the name alone over plain HTTP, where browsers refuse the prefixes
     */
    static String of(String name, boolean secure, String basePath) {
        if (!secure) {
            return name;
        }
        // __Host- demands Path=/
        return (basePath.equals("/") ? "__Host-" : "__Secure-") + name;
    }
}
