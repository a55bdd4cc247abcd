package io.openuptimes.web.access;

import java.util.concurrent.atomic.AtomicBoolean;

/** The one-time token of this process: whoever reads the log may complete the set-up with it, and nothing else. */
public final class SetupToken {

    private final String token = Secrets.random();
    private final String hash = Secrets.sha256(token);
    private final AtomicBoolean ended = new AtomicBoolean();

    private SetupToken() {}

    /** A new one, of 256 random bits. */
    public static SetupToken create() {
        return new SetupToken();
    }

    /** Whether this is the token and it has not ended; takes the same time wherever the two differ. */
    public boolean matches(String given) {
        return Secrets.equal(hash, Secrets.sha256(given)) && !ended.get();
    }

    /** The token as it stands in the log while the set-up is not completed; for those lines alone. */
    public String forTheLog() {
        return token;
    }

    /** The set-up is completed. */
    void end() {
        ended.set(true);
    }

    @Override
    public String toString() {
        return "SetupToken[***]";
    }
}
