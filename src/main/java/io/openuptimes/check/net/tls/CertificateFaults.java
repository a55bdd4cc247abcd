package io.openuptimes.check.net.tls;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Describes why a certificate chain was rejected, without host names, because callers without a key can read it. */
final class CertificateFaults {

    /** Says where to fetch the issuer's certificate; public authorities' certificates have it. */
    private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";

    private CertificateFaults() {}

    /**
     * @param path of the server's certificates
     * @param anchors the trusted authorities
     * @param cause the JDK's exception
     */
    static RefusedCertificate explain(
            CertificatePath path, TrustAnchors anchors, Instant now, CertificateException cause) {
        String period = period(path, now);
        boolean forAlgorithm = isForAlgorithm(cause);
        return new RefusedCertificate(
                period != null ? period : text(path, anchors, cause, forAlgorithm), forAlgorithm, cause);
    }

    private static String text(
            CertificatePath path, TrustAnchors anchors, CertificateException cause, boolean forAlgorithm) {
        if (forAlgorithm) {
            return "certificate or its chain uses a disallowed algorithm";
        }
        if (isForPurpose(cause)) {
            return "certificate is not meant for TLS servers";
        }
        X509Certificate last = path.last();
        if (CertificatePath.isSelfIssued(last)) {
            return path.certificates().size() == 1
                    ? "certificate is self-signed"
                    : "certificate is signed by an unknown authority";
        }
        if (anchors.knows(last.getIssuerX500Principal())) {
            return "certificate is not trusted";
        }
        return last.getExtensionValue(AUTHORITY_INFORMATION_ACCESS) != null
                ? "certificate chain is incomplete: the server does not send the intermediate certificate"
                : "certificate is signed by an unknown authority, or an intermediate certificate is missing";
    }

    /** Validity above the leaf counts only on a trusted path; otherwise a valid one would change nothing. */
    private static @Nullable String period(CertificatePath path, Instant now) {
        List<X509Certificate> needed =
                path.trusted() ? path.certificates() : path.certificates().subList(0, 1);
        for (int i = 0; i < needed.size(); i++) {
            X509Certificate certificate = needed.get(i);
            String which = i == 0 ? "certificate" : "a certificate in the chain";
            if (now.isAfter(certificate.getNotAfter().toInstant())) {
                return which + " expired on " + day(certificate.getNotAfter());
            }
            if (now.isBefore(certificate.getNotBefore().toInstant())) {
                return which + " is not valid before " + day(certificate.getNotBefore());
            }
        }
        return null;
    }

    private static LocalDate day(Date date) {
        return LocalDate.ofInstant(date.toInstant(), ZoneOffset.UTC);
    }

    private static boolean isForAlgorithm(CertificateException cause) {
        CertPathValidatorException invalid = Causes.find(cause, CertPathValidatorException.class);
        return (invalid != null && invalid.getReason() == BasicReason.ALGORITHM_CONSTRAINED)
                || message(cause).contains("onform to algorithm constraints");
    }

    /** Matches messages of the JDK's EndEntityChecker, which has no exception type for this. */
    private static boolean isForPurpose(CertificateException cause) {
        String message = message(cause);
        return message.contains("xtended key usage") || message.contains("KeyUsage");
    }

    private static String message(Throwable cause) {
        return Objects.requireNonNullElse(cause.getMessage(), "");
    }
}
