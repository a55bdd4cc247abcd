package io.openuptimes.model;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The outcome of a check: up, perhaps degraded, the class of its failure, or why it says nothing about the service.
 *
 * <p>Codes are stored and never reused. Later versions may add codes: an outcome with an unknown code keeps its code
 * and status, and is shown as {@code unknown (code n)}.
 *
 * <p>There is one instance per code and status, so {@code ==} compares outcomes.
 */
public final class Outcome {

    /** Not checked yet; never the outcome of a check. */
    public static final Outcome NONE = new Outcome(0, "none", Status.UNKNOWN);

    public static final Outcome UP = new Outcome(1, "up", Status.UP);
    /** The host name could not be resolved. */
    public static final Outcome DNS = failure(2, "dns");
    /** No connection to host and port could be opened. */
    public static final Outcome CONNECT = failure(3, "connect");
    /** The TLS handshake failed, or the certificate is not trusted. */
    public static final Outcome TLS = failure(4, "tls");
    /** The service's timeout passed before the answer was complete. */
    public static final Outcome TIMEOUT = failure(5, "timeout");
    /** Too many redirects, a redirect loop, or an invalid target. */
    public static final Outcome REDIRECT = failure(6, "redirect");
    /** A complete answer with an unexpected status code. */
    public static final Outcome STATUS = failure(7, "status");
    /** Not HTTP, or a truncated answer. */
    public static final Outcome PROTOCOL = failure(8, "protocol");
    /** This machine ran out of resources or is stopping; says nothing about the service and is not recorded. */
    public static final Outcome RESOURCE = new Outcome(9, "resource", Status.UNKNOWN);
    /** The egress policy denies all addresses of the host. */
    public static final Outcome DENIED = failure(10, "denied");
    /** This node does not know the check type. Says nothing about the service and is not recorded. */
    public static final Outcome UNSUPPORTED = new Outcome(11, "unsupported", Status.UNKNOWN);
    /** The check failed while this node reached none of its reference targets. */
    public static final Outcome EGRESS = new Outcome(12, "egress", Status.UNKNOWN);
    /** None of this node's name servers answered. */
    public static final Outcome RESOLVER = new Outcome(13, "resolver", Status.UNKNOWN);
    /** The check failed while a service that this one depends on was not up. */
    public static final Outcome PARENT = new Outcome(14, "parent", Status.UNKNOWN);
    /** Up, but slower than {@link Policy#degradedAfter}. */
    public static final Outcome SLOW = new Outcome(15, "slow", Status.UP);
    /** Up, but another node of the location could not confirm that. */
    public static final Outcome DISPUTED = new Outcome(16, "disputed", Status.UP);

    /** Text of every {@link #DENIED}; only callers with write access see the rule, see {@link CheckResult#deniedBy}. */
    public static final String DENIED_TEXT = "denied by egress policy";

    /** The {@link #word} of every outcome that this version does not know. */
    public static final String UNKNOWN_WORD = "unknown";

    /** The highest possible code. */
    public static final int MAX_CODE = 0xFFFF;

    /** Known outcomes, indexed by code. */
    private static final List<Outcome> KNOWN = List.of(
            NONE,
            UP,
            DNS,
            CONNECT,
            TLS,
            TIMEOUT,
            REDIRECT,
            STATUS,
            PROTOCOL,
            RESOURCE,
            DENIED,
            UNSUPPORTED,
            EGRESS,
            RESOLVER,
            PARENT,
            SLOW,
            DISPUTED);

    private static final Map<Unknown, Outcome> OTHERS = new ConcurrentHashMap<>();

    private record Unknown(int code, Status status) {}

    private final int code;
    private final String word;
    private final Status status;

    private Outcome(int code, String word, Status status) {
        this.code = code;
        this.word = word;
        this.status = status;
    }

    private static Outcome failure(int code, String word) {
        return new Outcome(code, word, Status.DOWN);
    }

    /** All known outcomes, by ascending code. */
    public static List<Outcome> known() {
        return KNOWN;
    }

    /** The outcome with this code; a failure if it is unknown. Larger codes count as {@link #MAX_CODE}. */
    public static Outcome ofCode(int code) {
        return ofCode(code, Status.DOWN);
    }

    /**
     * Like {@link #ofCode(int)}.
     *
     * @param status of the outcome if its code is unknown
     */
    public static Outcome ofCode(int code, Status status) {
        if (code >= 0 && code < KNOWN.size()) {
            return KNOWN.get(code);
        }
        int kept = code < 0 ? MAX_CODE : Math.min(code, MAX_CODE);
        return OTHERS.computeIfAbsent(
                new Unknown(kept, status), one -> new Outcome(one.code(), UNKNOWN_WORD, one.status()));
    }

    /**
     * The outcome with this {@link #word}, in upper or lower case.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Outcome ofWord(String word) {
        return KNOWN.stream()
                .filter(outcome -> outcome.word.equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no outcome is called " + word));
    }

    /** 0 to {@link #MAX_CODE}. */
    public int code() {
        return code;
    }

    /** The failure class as in the API: {@code dns}, {@code timeout} and so on, or {@link #UNKNOWN_WORD}. */
    public String word() {
        return word;
    }

    public Status status() {
        return status;
    }

    /** Whether the service is down. */
    public boolean isFailure() {
        return status == Status.DOWN;
    }

    /** Whether the service is up, but not as it should be. */
    public boolean isDegraded() {
        return status == Status.UP && this != UP;
    }

    /** Whether there was no complete answer, which may be due to the network. */
    public boolean isNetworkFailure() {
        return this == DNS || this == CONNECT || this == TLS || this == TIMEOUT || this == PROTOCOL;
    }

    /** Whether the check says something about the service, or about why nothing can be said. */
    public boolean isRecorded() {
        return this != NONE && this != RESOURCE && this != UNSUPPORTED;
    }

    /** Whether this version knows the code. */
    public boolean isKnown() {
        return code < KNOWN.size();
    }

    /**
     * The text of a failure as shown to callers.
     *
     * @param error as stored
     * @return {@code error}, after the code if this version does not know it
     */
    public String text(String error) {
        if (isKnown()) {
            return error;
        }
        return error.isEmpty() ? toString() : this + ": " + error;
    }

    /** The word, or {@code unknown (code n)}. */
    @Override
    public String toString() {
        return isKnown() ? word : word + " (code " + code + ")";
    }
}
