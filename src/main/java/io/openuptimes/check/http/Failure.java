package io.openuptimes.check.http;

import io.openuptimes.model.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Why a check is down.
 *
 * @param text a few words that name no URL, host or address: callers without a key read them
 * @param deniedBy the egress rule, for callers that may write; null where it is none
 */
record Failure(Outcome outcome, String text, @Nullable String deniedBy) implements Next {

    Failure(Outcome outcome, String text) {
        this(outcome, text, null);
    }

    /**
     * @param rule its name
     */
    static Failure denied(String rule) {
        return new Failure(Outcome.DENIED, Outcome.DENIED_TEXT, rule);
    }

    /** This node lacks the client certificate that the service names. */
    static Failure noClientCertificate() {
        return new Failure(Outcome.TLS, "the client certificate is not configured on this node");
    }
}
