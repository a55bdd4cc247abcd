package io.openuptimes.model;

import java.util.regex.Pattern;

/**
 * The target of a check, parsed from a URL written by a person.
 *
 * <p>Strict where a mistake would go unnoticed (two slashes, no user name, a port from 1 to 65535), otherwise as lenient as
 * a browser: international host names become ASCII, IPv4 addresses are normalized, dot segments are removed, and characters
 * not allowed in a request line are percent-encoded.
 *
 * @param tls whether the scheme is https
 * @param host name in ASCII and lower case, or a normalized address; IPv6 without brackets
 * @param port 1 to 65535
 * @param requestUri path and query, starting with a slash, ASCII only, without dot segments
 */
public record Target(boolean tls, String host, int port, String requestUri) {

    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";
    private static final Pattern OTHER_SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://.*", Pattern.DOTALL);

    /**
     * @throws IllegalArgumentException with a message that describes the problem without the field's name
     */
    public static Target of(String url) {
        boolean tls = url.regionMatches(true, 0, HTTPS, 0, HTTPS.length());
        if (!tls && !url.regionMatches(true, 0, HTTP, 0, HTTP.length())) {
            throw new IllegalArgumentException(problemOfItsStart(url));
        }
        int start = (tls ? HTTPS : HTTP).length();
        int end = endOfAuthority(url, start);
        String authority = url.substring(start, end);
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException("must not contain a user name or password; use an Authorization header");
        }
        return of(tls, authority, url.substring(end));
    }

    /**
     * @param authority host and port
     * @param rest path, query and fragment; each optional
     */
    static Target of(boolean tls, String authority, String rest) {
        HostAndPort to = HostAndPort.of(authority, defaultPort(tls));
        return new Target(tls, to.host(), to.port(), RequestUri.of(rest));
    }

    private static String problemOfItsStart(String url) {
        if (!url.isEmpty() && Character.isWhitespace(url.charAt(0))) {
            return "must not start with a space";
        }
        return OTHER_SCHEME.matcher(url).matches()
                ? "must start with http:// or https://"
                : "must be an absolute URL, such as https://example.com/health";
    }

    /** Start of the path, query or fragment. */
    static int endOfAuthority(String url, int start) {
        int end = start;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static int defaultPort(boolean tls) {
        return tls ? 443 : 80;
    }

    /**
     * The target of a {@code Location} header in an answer from here (RFC 9110, section 10.2.2), parsed like browsers.
     *
     * @throws IllegalArgumentException if it is not an http or https URL
     */
    public Target resolve(String location) {
        return Location.resolve(this, location);
    }

    /** Host and port in the form of the {@code Host} header. */
    public String authority() {
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == defaultPort(tls) ? bracketed : bracketed + ":" + port;
    }

    /** The request URI without its query. */
    public String path() {
        int query = requestUri.indexOf('?');
        return query < 0 ? requestUri : requestUri.substring(0, query);
    }

    /** Whether scheme, host and port are equal (RFC 6454). */
    public boolean hasOriginOf(Target other) {
        return tls == other.tls && host.equals(other.host) && port == other.port;
    }

    /**
     * Whether a URL has the same origin as a stored one, which a version with other rules may have accepted; a stored URL that is
     * no longer valid has the same origin only as an identical text.
     */
    public static boolean sameOrigin(String url, String stored) {
        if (url.equals(stored)) {
            return true;
        }
        try {
            return of(url).hasOriginOf(of(stored));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether the host is an address and needs no lookup. */
    public boolean isAddress() {
        return host.indexOf(':') >= 0 || IpNotation.isDottedDigits(host);
    }
}
