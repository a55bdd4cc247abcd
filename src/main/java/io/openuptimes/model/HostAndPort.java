package io.openuptimes.model;

/**
 * The authority of a URL, without a user name.
 *
 * @param host as in {@link Target}
 * @param port 1 to 65535
 */
record HostAndPort(String host, int port) {

    private static final int MAX_PORT = 65_535;

    /**
     * @throws IllegalArgumentException with a message that describes the problem
     */
    static HostAndPort of(String authority, int defaultPort) {
        if (authority.startsWith("[")) {
            return bracketed(authority, defaultPort);
        }
        int colon = authority.indexOf(':');
        if (colon < 0) {
            return new HostAndPort(HostName.of(authority), defaultPort);
        }
        if (authority.indexOf(':', colon + 1) > 0 && IpNotation.ipv6(authority) != null) {
            throw new IllegalArgumentException("must have its IPv6 address in brackets");
        }
        String host = HostName.of(authority.substring(0, colon));
        return new HostAndPort(host, port(authority.substring(colon + 1), defaultPort));
    }

    private static HostAndPort bracketed(String authority, int defaultPort) {
        int end = authority.indexOf(']');
        if (end < 0) {
            throw new IllegalArgumentException("has no ] after its IPv6 address");
        }
        String address = authority.substring(1, end);
        if (address.indexOf('%') >= 0) {
            throw new IllegalArgumentException("must not have a zone in its IPv6 address");
        }
        String host = IpNotation.ipv6(address);
        if (host == null) {
            throw new IllegalArgumentException("has an invalid IPv6 address in its brackets");
        }
        String rest = authority.substring(end + 1);
        if (!rest.isEmpty() && rest.charAt(0) != ':') {
            throw new IllegalArgumentException("must have a slash or a port after its IPv6 address");
        }
        return new HostAndPort(host, port(rest.isEmpty() ? rest : rest.substring(1), defaultPort));
    }

    private static int port(String given, int defaultPort) {
        if (given.isEmpty()) {
            return defaultPort;
        }
        int port = 0;
        for (int i = 0; i < given.length() && port <= MAX_PORT; i++) {
            char c = given.charAt(i);
            if (Character.isWhitespace(c)) {
                throw new IllegalArgumentException("has a space " + (i == 0 ? "before" : "in or after") + " its port");
            }
            port = c >= '0' && c <= '9' ? port * 10 + (c - '0') : MAX_PORT + 1;
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("must have a port from 1 to 65535, or none");
        }
        return port;
    }
}
