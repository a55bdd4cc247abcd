package io.openuptimes.web.access;

/**
 * On whose account a password is hashed.
 *
 * @param name its attempts are counted under: a session, a key, a browser or an address
 * @param known whether it has signed in before, and so has room that strangers cannot take
 */
public record PasswordClient(String name, boolean known) {}
