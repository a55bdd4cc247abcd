package io.openuptimes.check.type.http;

import io.openuptimes.model.Target;

/**
 * A cookie set by an answer (RFC 6265bis, section 5.7).
 *
 * @param name may be empty
 * @param domain in lower case, without a leading or trailing dot
 * @param hostOnly whether it is sent to that host only, not to its subdomains
 * @param path starts with a slash
 * @param secure whether it is sent over HTTPS only
 * @param expired whether it removes cookies of its name, domain and path
 */
record Cookie(
        String name, String value, String domain, boolean hostOnly, String path, boolean secure, boolean expired) {

    /** Whether this cookie replaces the other. */
    boolean replaces(Cookie other) {
        return name.equals(other.name)
                && domain.equals(other.domain)
                && hostOnly == other.hostOnly
                && path.equals(other.path);
    }

    /** Whether a request to the target includes it. */
    boolean goesTo(Target target) {
        String host = host(target);
        return (hostOnly ? host.equals(domain) : isWithin(host, domain))
                && isBelow(target.path(), path)
                && (!secure || isSecure(target));
    }

    /** Whether a cookie set without HTTPS would override one set over HTTPS. */
    boolean hides(Cookie other) {
        return other.secure
                && name.equals(other.name)
                && (isWithin(domain, other.domain) || isWithin(other.domain, domain))
                && isBelow(path, other.path);
    }

    int size() {
        return name.length() + value.length();
    }

    /** The form used in the {@code Cookie} header. */
    String pair() {
        return name.isEmpty() ? value : name + "=" + value;
    }

    /** The host without the trailing dot of a fully qualified name. */
    static String host(Target target) {
        String host = target.host();
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** Whether the host equals the domain or is a subdomain (section 5.1.3). */
    static boolean isWithin(String host, String domain) {
        return host.endsWith(domain)
                && (host.length() == domain.length() || host.charAt(host.length() - domain.length() - 1) == '.');
    }

    /** Whether the path equals the other or is below it, by whole segments (section 5.1.4). */
    private static boolean isBelow(String path, String above) {
        return path.startsWith(above)
                && (path.length() == above.length() || above.endsWith("/") || path.charAt(above.length()) == '/');
    }

    /** HTTPS or loopback: like browsers and curl, treats this machine as secure. */
    static boolean isSecure(Target target) {
        String host = target.host();
        return target.tls()
                || host.equals("localhost")
                || host.equals("::1")
                || (target.isAddress() && host.startsWith("127."));
    }
}
