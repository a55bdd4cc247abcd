package io.openuptimes.check.type.http;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.openuptimes.check.net.Connection;
import io.openuptimes.check.net.Failure;
import io.openuptimes.check.net.NetworkFailures;
import io.openuptimes.check.net.Step;
import io.openuptimes.check.net.tls.Causes;
import io.openuptimes.model.Outcome;
import org.jspecify.annotations.Nullable;

/** Classifies failures of HTTP checks and describes them without exception messages. */
final class FailureClassifier {

    private FailureClassifier() {}

    /**
     * @param step in which the failure happened; null between steps
     * @param connection null if none was opened
     * @param begun whether the server has sent any of the answer
     */
    static Failure of(@Nullable Step step, Throwable cause, @Nullable Connection connection, boolean begun) {
        Failure known = connection == null ? NetworkFailures.of(step, cause, null) : connection.failure(cause);
        if (known != null) {
            return known;
        }
        String text = step == null ? "the request could not be made" : answer(step, cause, begun);
        return new Failure(Outcome.PROTOCOL, text);
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
        return NetworkFailures.late(step, timeout);
    }

    private static Failure timeout(String text) {
        return new Failure(Outcome.TIMEOUT, text);
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
