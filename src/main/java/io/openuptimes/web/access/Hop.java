package io.openuptimes.web.access;

/**
 * What one proxy says of a request as it came to it; empty where it says nothing.
 *
 * @param client the sender's address, maybe with a port; or a word that is none, such as {@code unknown}
 * @param scheme {@code http} or {@code https}
 */
record Hop(String client, String scheme) {

    static final Hop SILENT = new Hop("", "");
}
