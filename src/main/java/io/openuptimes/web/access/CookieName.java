package io.openuptimes.web.access;

/**
 * The prefixes of RFC 6265bis. Browsers take a cookie whose name begins with {@code __Secure-} only over TLS, and one with
 * {@code __Host-} only from this very host; the latter cannot be had below a path.
 */
final class CookieName {

    private CookieName() {}

    /**
     * @param secure whether the request came by TLS
     * @param path of the cookie; {@code /} if the service has the host to itself
     * @return the name alone over plain HTTP, where browsers refuse the prefixes
     */
    static String of(String name, boolean secure, String path) {
        if (!secure) {
            return name;
        }
        // __Host- demands Path=/
        return (path.equals("/") ? "__Host-" : "__Secure-") + name;
    }
}
