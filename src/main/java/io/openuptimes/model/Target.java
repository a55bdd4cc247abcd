package io.openuptimes.model;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a check goes, taken from a URL that a person wrote.
 *
 * <p>Splits as RFC 3986 (appendix B) does, and is as lenient as a browser where that is harmless: an international host
 * name becomes its ASCII form, and characters that a request line may not hold are percent-encoded.
 *
 * @param tls https
 * @param host the name in ASCII, or an address; an IPv6 address without its brackets
 * @param port 1 to 65535
 * @param requestUri path and query, starting with a slash, ASCII only
 */
public record Target(boolean tls, String host, int port, String requestUri) {

    private static final Pattern URL =
            Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(\\?[^#]*)?(#.*)?$", Pattern.DOTALL);
    private static final Pattern AUTHORITY = Pattern.compile("^(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]*)(?::(.*))?$");
    private static final Pattern HOST_NAME =
            Pattern.compile("^(?=.{1,253}\\.?$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
                    + "(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\\.?$");
    private static final Pattern IPV4_LIKE = Pattern.compile("^[0-9.]+$");
    private static final Pattern IPV4 =
            Pattern.compile("^(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}$");
    /** No longer text becomes a name that DNS can hold; it is refused before its ASCII form is worked out. */
    private static final int MAX_HOST = 255;

    private static final String KEPT = "-._~:/?@!$&'()*+,;=%[]";

    /**
     * @throws IllegalArgumentException with a message that says what is wrong, without the field's name
     */
    public static Target of(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be an absolute URL, such as https://example.com/health");
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("must start with http:// or https://");
        }
        boolean tls = scheme.equals("https");
        String authority = parts.group(2);
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException("must not hold a user name or password; use the header Authorization");
        }
        Matcher hostAndPort = AUTHORITY.matcher(authority);
        if (!hostAndPort.matches()) {
            throw new IllegalArgumentException("has no valid host");
        }
        String host = host(hostAndPort.group(1));
        int port = port(hostAndPort.group(2), tls ? 443 : 80);
        String path = parts.group(3);
        String query = parts.group(4);
        return new Target(tls, host, port, encode((path.isEmpty() ? "/" : path) + (query == null ? "" : query)));
    }

    private static String host(String given) {
        if (given.isEmpty()) {
            throw new IllegalArgumentException("has no host");
        }
        if (given.length() > MAX_HOST) {
            throw new IllegalArgumentException("has no valid host");
        }
        if (given.startsWith("[")) {
            String address = given.substring(1, given.length() - 1);
            if (!isIpv6(address)) {
                throw new IllegalArgumentException("has no valid IPv6 address between [ and ]");
            }
            return address;
        }
        String ascii;
        try {
            ascii = IDN.toASCII(given);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has no valid host", e);
        }
        boolean valid = IPV4_LIKE.matcher(ascii).matches()
                ? IPV4.matcher(ascii).matches()
                : HOST_NAME.matcher(ascii).matches();
        if (!valid) {
            throw new IllegalArgumentException("has no valid host");
        }
        return ascii.toLowerCase(Locale.ROOT);
    }

    private static boolean isIpv6(String address) {
        if (address.indexOf(':') < 0) {
            return false;
        }
        try {
            // with a colon in it this is only ever read as an address, never looked up
            InetAddress.getByName(address);
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static int port(@Nullable String given, int otherwise) {
        if (given == null || given.isEmpty()) {
            return otherwise;
        }
        int port = given.matches("[0-9]{1,5}") ? Integer.parseInt(given) : 0;
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("must have a port from 1 to 65535, or none");
        }
        return port;
    }

    private static String encode(String pathAndQuery) {
        StringBuilder out = null;
        byte[] bytes = pathAndQuery.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int c = bytes[i] & 0xFF;
            boolean kept = c < 128 && (Character.isLetterOrDigit(c) || KEPT.indexOf(c) >= 0);
            if (!kept && out == null) {
                out = new StringBuilder(new String(bytes, 0, i, StandardCharsets.US_ASCII));
            }
            if (out != null) {
                if (kept) {
                    out.append((char) c);
                } else {
                    out.append('%').append(String.format(Locale.ROOT, "%02X", c));
                }
            }
        }
        return out == null ? pathAndQuery : out.toString();
    }

    /** The host and port as the {@code Host} header names them. */
    public String authority() {
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? bracketed : bracketed + ":" + port;
    }

    /** Whether scheme, host and port are the same (RFC 6454). */
    public boolean hasOriginOf(Target other) {
        return tls == other.tls && host.equals(other.host) && port == other.port;
    }

    /** Whether the host is an address and needs no lookup. */
    public boolean isAddress() {
        return host.indexOf(':') >= 0 || IPV4_LIKE.matcher(host).matches();
    }

    /**
     * Where a {@code Location} header in an answer from here leads (RFC 9110, section 10.2.2).
     *
     * @throws IllegalArgumentException if it is no http or https URL
     */
    public Target resolve(String location) {
        if (location.isEmpty() || location.startsWith("#")) {
            return this;
        }
        String scheme = tls ? "https" : "http";
        if (location.matches("(?s)^[A-Za-z][A-Za-z0-9+.-]*:.*")) {
            return of(location);
        }
        if (location.startsWith("//")) {
            return of(scheme + ":" + location);
        }
        String base = scheme + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        String path = requestUri.indexOf('?') < 0 ? requestUri : requestUri.substring(0, requestUri.indexOf('?'));
        if (location.startsWith("?")) {
            return of(base + path + location);
        }
        String full = location.startsWith("/") ? location : path.substring(0, path.lastIndexOf('/') + 1) + location;
        return of(base + withoutDots(full));
    }

    /** RFC 3986, section 5.2.4. */
    private static String withoutDots(String pathAndRest) {
        int end = pathAndRest.length();
        for (char c : new char[] {'?', '#'}) {
            int at = pathAndRest.indexOf(c);
            if (at >= 0) {
                end = Math.min(end, at);
            }
        }
        ArrayDeque<String> kept = new ArrayDeque<>();
        String[] segments = pathAndRest.substring(0, end).split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            switch (segments[i]) {
                case ".." -> {
                    kept.pollLast();
                    if (last) {
                        kept.add("");
                    }
                }
                case "." -> {
                    if (last) {
                        kept.add("");
                    }
                }
                default -> kept.add(segments[i]);
            }
        }
        return "/" + String.join("/", kept) + pathAndRest.substring(end);
    }
}
