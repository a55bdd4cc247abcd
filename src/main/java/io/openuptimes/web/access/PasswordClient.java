package io.openuptimes.web.access;

/**
 * The client that a password hash is charged to.
 *
 * @param name attempts are counted under it: a session, a key, a browser or an address
 * @param known whether it has signed in before, which gives it a queue that strangers cannot fill
 */
public record PasswordClient(String name, boolean known) {}
