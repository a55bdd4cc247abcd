package io.openuptimes.check.http;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.ssl.NotSslRecordException;
import io.openuptimes.check.net.LookupException;
import io.openuptimes.model.Outcome;
import io.vertx.core.http.StreamResetException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what an exception means for a check, in the project's own words: those of exceptions name hosts. */
final class Failures {

    private static final int MOST_CAUSES = 12;

    private Failures() {}

    /**
     * @param step in which it happened; null where it belongs to none
     */
    static Failure of(@Nullable Step step, Throwable cause) {
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
            case HANDSHAKE -> new Failure(step.failure(), tls(cause));
            case ANSWER, BODY ->
                has(cause, SSLException.class)
                        ? new Failure(Outcome.TLS, tls(cause))
                        : new Failure(step.failure(), answer(cause));
        };
    }

    private static String lookup(Throwable cause) {
        return cause instanceof LookupException failed ? failed.reason().text() : "name could not be resolved";
    }

    private static String connect(Throwable cause) {
        String message = Objects.requireNonNullElse(cause.getMessage(), "").toLowerCase(Locale.ROOT);
        if (message.contains("refused")) {
            return "connection refused";
        }
        if (has(cause, NoRouteToHostException.class) || message.contains("no route") || message.contains("unreach")) {
            return "no route to host";
        }
        return cause instanceof ConnectTimeoutException ? "connection timed out" : "connection could not be opened";
    }

    private static String tls(Throwable cause) {
        if (has(cause, CertificateExpiredException.class)) {
            return "certificate has expired";
        }
        if (has(cause, CertificateNotYetValidException.class)) {
            return "certificate is not valid yet";
        }
        CertificateException certificate = find(cause, CertificateException.class);
        if (certificate != null) {
            return isOtherName(certificate)
                    ? "certificate is not valid for this host name"
                    : "certificate is not trusted";
        }
        if (has(cause, CertPathBuilderException.class)) {
            return "certificate is not trusted";
        }
        if (has(cause, NotSslRecordException.class)) {
            return "TLS handshake failed: the server does not speak TLS";
        }
        if (has(cause, ClosedChannelException.class)) {
            return "connection was closed during the TLS handshake";
        }
        return "TLS handshake failed";
    }

    /** The JDK has no type for it; the words are those of its HostnameChecker. */
    private static boolean isOtherName(CertificateException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), "");
        return message.startsWith("No name matching") || message.startsWith("No subject alternative");
    }

    private static String answer(Throwable cause) {
        if (has(cause, TooLongFrameException.class)) {
            return "head of the answer is too long";
        }
        UnreadableAnswerException unreadable = find(cause, UnreadableAnswerException.class);
        if (unreadable != null) {
            return "not a valid HTTP answer: " + unreadable.reason();
        }
        StreamResetException reset = find(cause, StreamResetException.class);
        if (reset != null) {
            return "the server reset the HTTP/2 stream (" + Http2Error.valueOf(reset.getCode()) + ")";
        }
        boolean garbage = has(cause, DecoderException.class)
                || has(cause, IllegalArgumentException.class)
                || has(cause, IllegalStateException.class);
        return garbage ? "not a valid HTTP answer" : "connection was closed before the answer was complete";
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return find(failure, type) != null;
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        Throwable at = failure;
        for (int i = 0; at != null && i < MOST_CAUSES; i++) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
            at = at.getCause();
        }
        return null;
    }
}
