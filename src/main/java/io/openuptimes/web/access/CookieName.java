package io.openuptimes.web.access;

/**
 * The cookie name prefixes of RFC 6265bis. Browsers accept {@code __Secure-} only over TLS, and {@code __Host-} only
 * from this exact host; the latter is not possible below a path.
 */
final class CookieName {

    private CookieName() {}

    /**
     * @param secure whether the request used TLS
     * @param path the cookie's; {@code /} if the service has the host to itself
     * @return the bare name over plain HTTP, where browsers reject the prefixes
     */
    static String of(String name, boolean secure, String path) {
        if (!secure) {
            return name;
        }
        // __Host- requires Path=/
        return (path.equals("/") ? "__Host-" : "__Secure-") + name;
    }
}
