package io.openuptimes.runtime;

/** Formats host and port for URLs. */
public final class HostPort {

    private HostPort() {}

    /**
     * Joins host and port, with brackets around an IPv6 address.
     *
     * @param host name or address, with or without brackets
     */
    public static String of(String host, int port) {
        return of(host, String.valueOf(port));
    }

    /** The same with the port as text. */
    public static String of(String host, String port) {
        return bracketed(host) + ":" + port;
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
