package io.openuptimes.check.type.http;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.openuptimes.check.net.lookup.LookupException;
import io.openuptimes.check.net.tls.Causes;
import io.openuptimes.check.net.tls.Handshake;
import io.openuptimes.model.Outcome;
import java.net.NoRouteToHostException;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Classifies exceptions of a check and describes them in our own words, because exception messages contain host names. */
final class FailureClassifier {

    private FailureClassifier() {}

    /**
     * @param step in which it happened; null if between steps
     * @param handshake of the connection; null without TLS
     * @param begun whether the server has sent any of the answer
     */
    static Failure of(@Nullable Step step, Throwable cause, @Nullable Handshake handshake, boolean begun) {
        String lack = Shortage.of(cause);
        if (lack != null) {
            return new Failure(Outcome.RESOURCE, lack);
        }
        if (step == null) {
            return new Failure(Outcome.PROTOCOL, "the request could not be made");
        }
        return switch (step) {
            case LOOKUP -> new Failure(step.failure(), lookup(cause));
            case CONNECT -> new Failure(step.failure(), connect(cause));
            case HANDSHAKE -> new Failure(step.failure(), tls(cause, handshake));
            case ANSWER, BODY ->
                Causes.has(cause, SSLException.class)
                        ? new Failure(Outcome.TLS, tls(cause, handshake))
                        : new Failure(step.failure(), answer(step, cause, begun));
        };
    }

    /**
     * The deadline passed.
     *
     * @param step the current step; null between two requests
     * @param begun whether the server has sent any of the answer
     * @param status of the answer, if its head has arrived
     * @param timeout milliseconds
     */
    static Failure late(@Nullable Step step, boolean begun, int status, int timeout) {
        String within = " within " + timeout + " ms";
        if (step == Step.BODY) {
            return timeout("the response started with status " + status + " but did not complete" + within);
        }
        if (step == Step.ANSWER && begun) {
            return timeout("the response started, but its headers did not complete" + within);
        }
        return timeout("no response" + within + (step == null ? "" : " (" + step.words() + ")"));
    }

    private static Failure timeout(String text) {
        return new Failure(Outcome.TIMEOUT, text);
    }

    private static String lookup(Throwable cause) {
        return cause instanceof LookupException failed ? failed.reason().text() : "name could not be resolved";
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

    private static String answer(Step step, Throwable cause, boolean begun) {
        if (Causes.has(cause, TooLongFrameException.class)) {
            return "response headers are too large";
        }
        UnreadableAnswerException unreadable = Causes.find(cause, UnreadableAnswerException.class);
        if (unreadable != null) {
            return "not a valid HTTP response: " + unreadable.reason();
        }
        StreamReset reset = StreamReset.of(cause);
        if (reset != null) {
            return "the server reset the HTTP/2 stream (" + reset.name() + ")";
        }
        boolean garbage = Causes.has(cause, DecoderException.class)
                || Causes.has(cause, IllegalArgumentException.class)
                || Causes.has(cause, IllegalStateException.class);
        return garbage ? "not a valid HTTP response" : closed(step, begun);
    }

    private static String closed(Step step, boolean begun) {
        if (step == Step.BODY) {
            return "connection closed before the response was complete";
        }
        return begun ? "connection closed within the response headers" : "connection closed without a response";
    }
}
