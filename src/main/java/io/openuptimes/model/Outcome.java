package io.openuptimes.model;

import java.util.Locale;

/**
 * How a check ended: up, or the class of its failure.
 *
 * <p>The code is what the store and the history keep; a code is never given a second meaning.
 */
public enum Outcome {
    /** Not checked yet; never the outcome of a check. */
    NONE(0),
    UP(1),
    /** The host's name could not be resolved. */
    DNS(2),
    /** No connection to the host and port could be opened. */
    CONNECT(3),
    /** The TLS handshake failed, or the certificate is not to be trusted. */
    TLS(4),
    /** The service's timeout passed before the answer was complete. */
    TIMEOUT(5),
    /** Too many redirects, a loop, or one that leads nowhere. */
    REDIRECT(6),
    /** A complete answer with another status code than the expected one. */
    STATUS(7),
    /** Not HTTP, or an answer that broke off. */
    PROTOCOL(8),
    /** This machine lacked what a check takes, or stops: it says nothing of the service, and is recorded nowhere. */
    RESOURCE(9),
    /** No address of the host may be connected to. Stored in another form, which nodes of version 1.0 can read. */
    DENIED(10);

    /** The text of every {@link #DENIED}; the rule is named to writers only, see {@link CheckResult#deniedBy}. */
    public static final String DENIED_TEXT = "denied by egress policy";

    private static final Outcome[] BY_CODE = values();

    private final int code;

    Outcome(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The failure class in the API's words: {@code dns}, {@code timeout} and so on. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Status status() {
        return switch (this) {
            case NONE, RESOURCE -> Status.UNKNOWN;
            case UP -> Status.UP;
            default -> Status.DOWN;
        };
    }

    /** Whether the service did not do what it should. */
    public boolean isFailure() {
        return status() == Status.DOWN;
    }

    /**
     * @throws IllegalArgumentException if no outcome has that code
     */
    public static Outcome ofCode(int code) {
        if (code < 0 || code >= BY_CODE.length) {
            throw new IllegalArgumentException("no outcome has the code " + code);
        }
        return BY_CODE[code];
    }
}
