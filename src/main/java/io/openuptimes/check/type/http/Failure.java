package io.openuptimes.check.type.http;

import io.openuptimes.model.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Why a check failed.
 *
 * @param text short and without URL, host or address, because callers without a key can read it
 * @param deniedBy the egress rule, for callers with write access; null if none
 */
record Failure(Outcome outcome, String text, @Nullable String deniedBy) implements Next {

    Failure(Outcome outcome, String text) {
        this(outcome, text, null);
    }

    /**
     * @param rule name of the egress rule
     */
    static Failure denied(String rule) {
        return new Failure(Outcome.DENIED, Outcome.DENIED_TEXT, rule);
    }

    /** This node lacks the client certificate that the service names. */
    static Failure noClientCertificate() {
        return new Failure(Outcome.TLS, "the client certificate is not configured on this node");
    }
}
