package io.openuptimes.check.net;

import io.openuptimes.check.net.lookup.LookupException;
import io.openuptimes.check.net.tls.Causes;
import io.openuptimes.check.net.tls.Handshake;
import io.openuptimes.model.Outcome;
import java.net.NoRouteToHostException;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Classifies failures that do not depend on the protocol, and describes them without exception messages, which contain
 * host names.
 */
public final class NetworkFailures {

    private NetworkFailures() {}

    /**
     * Classifies a shortage on this machine, and failures of name lookup, connecting and TLS.
     *
     * @param step in which the failure happened; null between steps
     * @param handshake of the connection; null without TLS
     * @return null for any other failure, which only the protocol can explain
     */
    public static @Nullable Failure of(@Nullable Step step, Throwable cause, @Nullable Handshake handshake) {
        String lack = Shortage.of(cause);
        if (lack != null) {
            return new Failure(Outcome.RESOURCE, lack);
        }
        if (step == null) {
            return null;
        }
        return switch (step) {
            case LOOKUP -> lookup(cause);
            case CONNECT -> new Failure(step.failure(), connect(cause));
            case HANDSHAKE -> new Failure(step.failure(), tls(cause, handshake));
            case ANSWER, BODY ->
                Causes.has(cause, SSLException.class) ? new Failure(Outcome.TLS, tls(cause, handshake)) : null;
        };
    }

    /**
     * The deadline passed before any of the answer arrived.
     *
     * @param step the current step; null between two requests
     * @param timeout milliseconds
     */
    public static Failure late(@Nullable Step step, int timeout) {
        if (step == Step.LOOKUP) {
            return lookup(LookupException.serverSilent());
        }
        String doing = step == null ? "" : " (" + step.words() + ")";
        return new Failure(Outcome.TIMEOUT, "no response within " + timeout + " ms" + doing);
    }

    private static Failure lookup(Throwable cause) {
        return cause instanceof LookupException failed
                ? Failure.ofLookup(failed.reason().text(), failed.reason().isUnanswered())
                : Failure.ofLookup("name could not be resolved", false);
    }

    private static String connect(Throwable cause) {
        String message = Objects.requireNonNullElse(cause.getMessage(), "").toLowerCase(Locale.ROOT);
        if (message.contains("refused")) {
            return "connection refused";
        }
        if (message.contains("timed out")) { // the operating system gave up before the deadline
            return "connection timed out";
        }
        boolean noRoute = Causes.has(cause, NoRouteToHostException.class)
                || message.contains("no route")
                || message.contains("unreach");
        return noRoute ? "no route to host" : "connection could not be opened";
    }

    private static String tls(Throwable cause, @Nullable Handshake handshake) {
        return handshake == null ? "TLS handshake failed" : handshake.problem(cause);
    }
}
