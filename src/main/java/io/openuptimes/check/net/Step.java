package io.openuptimes.check.net;

import io.openuptimes.model.Outcome;

/** The steps of one request and its answer, in order. */
public enum Step {
    LOOKUP("name lookup", Outcome.DNS),
    CONNECT("connecting", Outcome.CONNECT),
    HANDSHAKE("TLS handshake", Outcome.TLS),
    ANSWER("waiting for the response", Outcome.PROTOCOL),
    BODY("reading the response", Outcome.PROTOCOL);

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // outcomes do not change
    private final Outcome failure;

    Step(String words, Outcome failure) {
        this.words = words;
        this.failure = failure;
    }

    /** What the check was doing, for people. */
    public String words() {
        return words;
    }

    /** The outcome of a failure in this step. */
    public Outcome failure() {
        return failure;
    }
}
