package io.openuptimes.check.tls;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Says why a chain of certificates was refused, in words that name no host: callers without a key read them. */
final class CertificateFaults {

    /** Tells where the issuer's certificate can be fetched; certificates of public authorities have it. */
    private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";

    private CertificateFaults() {}

    /**
     * @param trusted authorities
     * @param cause what the JDK said
     */
    static RefusedCertificate explain(X509Certificate[] chain, X509Certificate[] trusted, CertificateException cause) {
        List<X509Certificate> path = path(chain);
        String period = period(path);
        boolean forAlgorithm = isForAlgorithm(cause);
        return new RefusedCertificate(
                period != null ? period : text(path, trusted, cause, forAlgorithm), forAlgorithm, cause);
    }

    private static String text(
            List<X509Certificate> path, X509Certificate[] trusted, CertificateException cause, boolean forAlgorithm) {
        if (forAlgorithm) {
            return "certificate or its chain uses an algorithm that is not accepted";
        }
        if (isForPurpose(cause)) {
            return "certificate is not meant for a TLS server";
        }
        X509Certificate last = path.get(path.size() - 1);
        if (isSelfIssued(last)) {
            return path.size() == 1 ? "certificate is self-signed" : "certificate is signed by an unknown authority";
        }
        if (knows(trusted, last.getIssuerX500Principal())) {
            return "certificate is not trusted";
        }
        return last.getExtensionValue(AUTHORITY_INFORMATION_ACCESS) != null
                ? "certificate chain is incomplete: the server does not send the intermediate certificate"
                : "certificate is signed by an unknown authority, or an intermediate certificate is missing";
    }

    /** From the leaf to the last certificate whose issuer is not in the chain; servers may send others besides. */
    private static List<X509Certificate> path(X509Certificate[] chain) {
        List<X509Certificate> path = new ArrayList<>();
        X509Certificate at = chain[0];
        while (at != null && path.size() < chain.length) {
            path.add(at);
            at = isSelfIssued(at) ? null : issuer(at, chain);
        }
        return path;
    }

    private static @Nullable X509Certificate issuer(X509Certificate certificate, X509Certificate[] chain) {
        for (X509Certificate other : chain) {
            if (other.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
                return other;
            }
        }
        return null;
    }

    private static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    private static boolean knows(X509Certificate[] trusted, X500Principal issuer) {
        for (X509Certificate authority : trusted) {
            if (authority.getSubjectX500Principal().equals(issuer)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String period(List<X509Certificate> path) {
        for (int i = 0; i < path.size(); i++) {
            X509Certificate certificate = path.get(i);
            String which = i == 0 ? "certificate" : "a certificate of the chain";
            try {
                certificate.checkValidity();
            } catch (CertificateExpiredException e) {
                return which + " expired on " + day(certificate.getNotAfter());
            } catch (CertificateNotYetValidException e) {
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

    /** The words of the JDK's EndEntityChecker, which has no type for it. */
    private static boolean isForPurpose(CertificateException cause) {
        String message = message(cause);
        return message.contains("xtended key usage") || message.contains("KeyUsage");
    }

    private static String message(Throwable cause) {
        return Objects.requireNonNullElse(cause.getMessage(), "");
    }
}
