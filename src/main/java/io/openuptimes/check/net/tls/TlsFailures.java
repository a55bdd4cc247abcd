package io.openuptimes.check.net.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.openuptimes.model.TlsVersion;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Describes TLS failures in the same words for both engines, because exception messages contain host names. */
final class TlsFailures {

    private static final String FAILED = "TLS handshake failed";

    /** Alerts that servers send if the client certificate is missing or unacceptable. */
    private static final Set<String> OF_CLIENT_CERTIFICATES = Set.of(
            "certificate_required",
            "handshake_failure",
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "unknown_ca",
            "access_denied",
            "decrypt_error");

    /** BoringSSL's and the JDK's messages for a server version that the engine rejects. */
    private static final Set<String> OF_VERSIONS =
            Set.of("UNSUPPORTED_PROTOCOL", "WRONG_SSL_VERSION", "WRONG_VERSION_NUMBER", "selected protocol version");

    private TlsFailures() {}

    static String text(Throwable cause, Handshake handshake) {
        RefusedCertificate refused = Causes.find(cause, RefusedCertificate.class);
        if (refused != null) {
            return Objects.requireNonNull(refused.getMessage());
        }
        if (Causes.has(cause, NotSslRecordException.class)) {
            return FAILED + ": the server does not speak TLS";
        }
        String alert = Alerts.of(cause);
        if (alert != null) {
            return alert(alert, handshake);
        }
        if (isClosed(cause)) {
            return isForCertificate(handshake)
                    ? FAILED + ": the server asked for a client certificate and closed the connection"
                    : "connection closed during the TLS handshake";
        }
        return isOfVersion(cause) ? version(handshake) : handshake.succeeded() ? "TLS connection failed" : FAILED;
    }

    private static String alert(String alert, Handshake handshake) {
        if (handshake.asksForCertificate() && OF_CLIENT_CERTIFICATES.contains(alert)) {
            return isForCertificate(handshake)
                    ? FAILED + ": the server asks for a client certificate"
                    : FAILED + ": the server does not accept the client certificate (alert " + alert + ")";
        }
        if (alert.equals("protocol_version")) {
            return version(handshake);
        }
        String sent = "the server sent the alert " + alert;
        return switch (alert) {
            case "handshake_failure", "insufficient_security" ->
                FAILED + ": no common cipher suite or key type (" + sent + ")";
            case "unrecognized_name" -> FAILED + ": the server does not know the host name (" + sent + ")";
            case "no_application_protocol" -> FAILED + ": no common application protocol (" + sent + ")";
            default -> handshake.succeeded() ? "TLS connection ended: " + sent : FAILED + ": " + sent;
        };
    }

    private static String version(Handshake handshake) {
        return handshake.demands().minVersion() == TlsVersion.V1_3
                ? FAILED + ": the server does not speak TLS 1.3"
                : FAILED + ": the server speaks neither TLS 1.2 nor TLS 1.3";
    }

    private static boolean isForCertificate(Handshake handshake) {
        return handshake.asksForCertificate() && handshake.demands().clientCertificate() == null;
    }

    private static boolean isOfVersion(Throwable cause) {
        String message = message(cause);
        return OF_VERSIONS.stream().anyMatch(message::contains);
    }

    /** Netty wraps it in a TLS exception if the close ends the handshake. */
    private static boolean isClosed(Throwable cause) {
        return Causes.has(cause, ClosedChannelException.class) || message(cause).startsWith("Connection closed");
    }

    /**
     * Returns whether the JDK's engine may succeed where BoringSSL failed: BoringSSL does not offer all kinds of keys,
     * and rejects leaf certificates whose key usage does not fit.
     */
    static boolean mayBeTheEngines(Throwable cause, Handshake handshake) {
        RefusedCertificate refused = Causes.find(cause, RefusedCertificate.class);
        if (refused != null) {
            return refused.forAlgorithm();
        }
        @Nullable String alert = Alerts.of(cause);
        if (alert != null) {
            return switch (alert) {
                case "handshake_failure" -> !isForCertificate(handshake);
                case "insufficient_security",
                        "illegal_parameter",
                        "decode_error",
                        "missing_extension",
                        "unsupported_extension",
                        "internal_error" -> true;
                default -> false;
            };
        }
        return message(cause).contains("OPENSSL_internal") && !isOfVersion(cause);
    }

    private static String message(Throwable cause) {
        SSLException failure = Causes.find(cause, SSLException.class);
        return failure == null ? "" : Objects.requireNonNullElse(failure.getMessage(), "");
    }
}
