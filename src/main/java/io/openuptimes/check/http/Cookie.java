package io.openuptimes.check.http;

import io.openuptimes.model.Target;

/**
 * A cookie that an answer has set (RFC 6265bis, section 5.7).
 *
 * @param name may be empty
 * @param domain in lower case, without a dot at either end
 * @param hostOnly whether it goes to that host alone, not to those below it
 * @param path starts with a slash
 * @param secure whether it goes over HTTPS only
 * @param expired whether it ends those of its name, domain and path
 */
record Cookie(
        String name, String value, String domain, boolean hostOnly, String path, boolean secure, boolean expired) {

    /** Whether this one takes the other's place. */
    boolean replaces(Cookie other) {
        return name.equals(other.name)
                && domain.equals(other.domain)
                && hostOnly == other.hostOnly
                && path.equals(other.path);
    }

    /** Whether a request to there has it. */
    boolean goesTo(Target target) {
        String host = host(target);
        return (hostOnly ? host.equals(domain) : isWithin(host, domain))
                && isBelow(target.path(), path)
                && (!secure || isSecure(target));
    }

    /** Whether it would hide a cookie that was set over HTTPS, while it was not itself. */
    boolean hides(Cookie other) {
        return other.secure
                && name.equals(other.name)
                && (isWithin(domain, other.domain) || isWithin(other.domain, domain))
                && isBelow(path, other.path);
    }

    int size() {
        return name.length() + value.length();
    }

    /** As the {@code Cookie} header has it. */
    String pair() {
        return name.isEmpty() ? value : name + "=" + value;
    }

    /** The host without the dot that a complete name may end in. */
    static String host(Target target) {
        String host = target.host();
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** The same name, or one below it, by whole labels (section 5.1.3). */
    static boolean isWithin(String host, String domain) {
        return host.endsWith(domain)
                && (host.length() == domain.length() || host.charAt(host.length() - domain.length() - 1) == '.');
    }

    /** The same path, or one below it, by whole segments (section 5.1.4). */
    private static boolean isBelow(String path, String above) {
        return path.startsWith(above)
                && (path.length() == above.length() || above.endsWith("/") || path.charAt(above.length()) == '/');
    }

    /** HTTPS, or this machine: nobody listens in between, and browsers and curl take it for secure. */
    static boolean isSecure(Target target) {
        String host = target.host();
        return target.tls()
                || host.equals("localhost")
                || host.equals("::1")
                || (target.isAddress() && host.startsWith("127."));
    }
}
