package io.openuptimes.web.access;

/**
 * What one proxy says of a request as it came to it; empty where it says nothing.
 *
 * @param client the sender's address, maybe with a port; or a word that is none, such as {@code unknown}
 * @param scheme {@code http} or {@code https}
 * @param host that the sender asked for, maybe with a port
 */
record Hop(String client, String scheme, String host) {

    static final Hop SILENT = new Hop("", "", "");
}
