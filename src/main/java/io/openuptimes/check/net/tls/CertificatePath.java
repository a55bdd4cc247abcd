package io.openuptimes.check.net.tls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that decide the verdict: from the leaf to the first one signed by a trusted authority or, without
 * one, to the last whose issuer the server did not send. Other certificates that the server sends, such as old
 * cross-signed roots, need not be valid; nor need the authority's own, as in the JDK.
 *
 * @param certificates the leaf first; never empty
 * @param trusted whether the path reaches an authority
 */
record CertificatePath(List<X509Certificate> certificates, boolean trusted) {

    CertificatePath {
        certificates = List.copyOf(certificates);
    }

    /**
     * @param sent the leaf first, the others in any order
     */
    static CertificatePath of(X509Certificate[] sent, TrustAnchors anchors) {
        List<X509Certificate> path = new ArrayList<>();
        X509Certificate at = sent[0];
        while (at != null && path.size() < sent.length) {
            path.add(at);
            if (anchors.contains(at) || anchors.signed(at)) {
                return new CertificatePath(path, true);
            }
            at = isSelfIssued(at) ? null : issuer(at, sent);
        }
        return new CertificatePath(path, false);
    }

    /** If several certificates have the issuer's name and key, returns the one that expires last. */
    private static @Nullable X509Certificate issuer(X509Certificate certificate, X509Certificate[] sent) {
        X509Certificate best = null;
        for (X509Certificate other : sent) {
            if (other.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                    && (best == null || end(other) > end(best))
                    && TrustAnchors.isSignedWith(other.getPublicKey(), certificate)) {
                best = other;
            }
        }
        return best;
    }

    private static long end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant().toEpochMilli();
    }

    static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    X509Certificate last() {
        return certificates.get(certificates.size() - 1);
    }

    /** Earliest expiry of any certificate in the path, epoch milliseconds. */
    long end() {
        return certificates.stream().mapToLong(CertificatePath::end).min().orElseThrow();
    }
}
