package io.openuptimes.web.access;

import java.util.concurrent.atomic.AtomicBoolean;

/** The one-time token of this process, printed to the log. It authorizes completing the setup, and nothing else. */
public final class SetupToken {

    private final String token = Secrets.random();
    private final String hash = Secrets.sha256(token);
    private final AtomicBoolean ended = new AtomicBoolean();

    private SetupToken() {}

    /** Creates a token of 256 random bits. */
    public static SetupToken create() {
        return new SetupToken();
    }

    /** Whether this is the token and it has not ended. Compares in constant time. */
    public boolean matches(String given) {
        return Secrets.equal(hash, Secrets.sha256(given)) && !ended.get();
    }

    /** The plain token, only for the log lines that print it until the setup is complete. */
    public String forTheLog() {
        return token;
    }

    /** Ends the token when the setup is complete. */
    void end() {
        ended.set(true);
    }

    @Override
    public String toString() {
        return "SetupToken[***]";
    }
}
