package io.openuptimes.model;

import java.util.Locale;

/**
 * The outcome of a check: up, or the class of its failure.
 *
 * <p>The code is stored in status and history and must never be reused.
 */
public enum Outcome {
    /** Not checked yet; never the outcome of a check. */
    NONE(0),
    UP(1),
    /** The host name could not be resolved. */
    DNS(2),
    /** No connection to host and port could be opened. */
    CONNECT(3),
    /** The TLS handshake failed, or the certificate is not trusted. */
    TLS(4),
    /** The service's timeout passed before the answer was complete. */
    TIMEOUT(5),
    /** Too many redirects, a redirect loop, or an invalid target. */
    REDIRECT(6),
    /** A complete answer with an unexpected status code. */
    STATUS(7),
    /** Not HTTP, or a truncated answer. */
    PROTOCOL(8),
    /** This machine ran out of resources or is stopping; says nothing about the service and is not recorded. */
    RESOURCE(9),
    /** The egress policy denies all addresses of the host. Stored in a form that nodes of version 1.0 can read. */
    DENIED(10),
    /** This node does not know the check type; says nothing about the service and is not recorded. */
    UNSUPPORTED(11);

    /** Text of every {@link #DENIED}; only callers with write access see the rule, see {@link CheckResult#deniedBy}. */
    public static final String DENIED_TEXT = "denied by egress policy";

    private static final Outcome[] BY_CODE = values();

    private final int code;

    Outcome(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The failure class as in the API: {@code dns}, {@code timeout} and so on. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Status status() {
        return switch (this) {
            case NONE, RESOURCE, UNSUPPORTED -> Status.UNKNOWN;
            case UP -> Status.UP;
            default -> Status.DOWN;
        };
    }

    /** Whether the service is down. */
    public boolean isFailure() {
        return status() == Status.DOWN;
    }

    /**
     * @throws IllegalArgumentException if the code is unknown
     */
    public static Outcome ofCode(int code) {
        if (code < 0 || code >= BY_CODE.length) {
            throw new IllegalArgumentException("no outcome has the code " + code);
        }
        return BY_CODE[code];
    }
}
