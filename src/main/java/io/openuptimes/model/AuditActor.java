package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * The actor of an audit log entry.
 *
 * @param kind {@code key}, {@code configured-key}, {@code session}, {@code setup-token}, {@code services-file}, {@code
 *     command-line} or {@code anonymous}
 * @param key prefix of the API key; null for other kinds
 */
public record AuditActor(String kind, @Nullable String key) {

    /** The admin, signed in with the password. */
    public static final AuditActor SESSION = new AuditActor("session", null);

    /** The services file, which changes services without a request. */
    public static final AuditActor SERVICES_FILE = new AuditActor("services-file", null);

    /** A command on a machine of the installation, which changes the store without a request. */
    public static final AuditActor COMMAND_LINE = new AuditActor("command-line", null);
}
