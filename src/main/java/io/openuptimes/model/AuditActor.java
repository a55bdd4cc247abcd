package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * The actor of an audit log entry.
 *
 * @param kind {@code key}, {@code configured-key}, {@code session}, {@code setup-token}, {@code services-file} or
 *     {@code anonymous}
 * @param key prefix of the API key; null for other kinds
 */
public record AuditActor(String kind, @Nullable String key) {

    /** The admin, signed in with the password. */
    public static final AuditActor SESSION = new AuditActor("session", null);

    /** The services file, which changes services without a request. */
    public static final AuditActor SERVICES_FILE = new AuditActor("services-file", null);
}
