package io.openuptimes.runtime;

/** Host and port as they stand in a URL. */
public final class HostPort {

    private HostPort() {}

    /**
     * The two, with brackets around an IPv6 address.
     *
     * @param host name or address, in brackets or not
     */
    public static String of(String host, int port) {
        return of(host, String.valueOf(port));
    }

    /** The same, of a port that is a text. */
    public static String of(String host, String port) {
        return bracketed(host) + ":" + port;
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
