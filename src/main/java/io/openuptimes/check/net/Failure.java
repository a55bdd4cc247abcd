package io.openuptimes.check.net;

import io.openuptimes.model.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Why a check got no answer.
 *
 * @param outcome the class of the failure
 * @param text short and without URL, host or address, because callers without a key can read it
 * @param deniedBy the egress rule, for callers with write access; null if none
 * @param ownFault what may be at fault instead of the target
 */
public record Failure(
        Outcome outcome, String text, @Nullable String deniedBy, OwnFault ownFault) {

    /** Ends attempts when the process stops. */
    static final Failure BROKEN_OFF = new Failure(Outcome.RESOURCE, "it was broken off");

    /** The process was suspended during the attempt and during its repetition. */
    static final Failure STALLED = new Failure(Outcome.RESOURCE, "this machine was stalled");

    static final Failure NO_FILES = new Failure(Outcome.RESOURCE, Shortage.FILES);

    /** This node lacks the client certificate that the service names. */
    static final Failure NO_CLIENT_CERTIFICATE =
            new Failure(Outcome.TLS, "the client certificate is not configured on this node", null, OwnFault.NONE);

    public Failure(Outcome outcome, String text) {
        this(outcome, text, null, OwnFault.of(outcome));
    }

    /**
     * The name could not be resolved.
     *
     * @param unanswered whether no name server answered
     */
    static Failure ofLookup(String text, boolean unanswered) {
        return new Failure(Outcome.DNS, text, null, unanswered ? OwnFault.RESOLVER : OwnFault.LINE);
    }

    /**
     * @param rule name of the egress rule
     */
    static Failure denied(String rule) {
        return new Failure(Outcome.DENIED, Outcome.DENIED_TEXT, rule, OwnFault.NONE);
    }

    boolean isLackOfFiles() {
        return equals(NO_FILES);
    }
}
