package io.openuptimes.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A server whose answer proves that this node's line works.
 *
 * @param host name or address, IPv6 without brackets
 * @param port 1 to 65535
 * @param requestUri path and query, starting with a slash; requested with {@link Scheme#HTTP} only
 */
public record ReferenceTarget(Scheme scheme, String host, int port, String requestUri) {

    /** How it is asked. */
    public enum Scheme {
        TCP(-1),
        HTTP(80),
        HTTPS(443);

        private final int port;

        Scheme(int port) {
            this.port = port;
        }

        private static @Nullable Scheme of(@Nullable String word) {
            for (Scheme scheme : values()) {
                if (scheme.name().equalsIgnoreCase(word)) {
                    return scheme;
                }
            }
            return null;
        }
    }

    /** Null if the text is not such a URL. */
    static @Nullable ReferenceTarget parse(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
        Scheme scheme = Scheme.of(url.getScheme());
        String host = url.getHost();
        if (scheme == null || host == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return null;
        }
        int port = url.getPort() == -1 ? scheme.port : url.getPort();
        String path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        if (port < 1 || port > 65_535 || (scheme == Scheme.TCP && !path.isEmpty() && !path.equals("/"))) {
            return null;
        }
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host.toLowerCase(Locale.ROOT);
        return new ReferenceTarget(scheme, bare, port, path.startsWith("/") ? path : "/" + path);
    }
}
