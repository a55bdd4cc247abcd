package io.openuptimes.web.access;

/**
 * A request as one proxy received it, according to that proxy; fields that it did not report are empty.
 *
 * @param client the sender's address, possibly with a port; or a placeholder such as {@code unknown}
 * @param scheme {@code http} or {@code https}
 */
record ProxyHop(String client, String scheme) {

    static final ProxyHop SILENT = new ProxyHop("", "");
}
