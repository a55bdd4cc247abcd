package io.openuptimes.check.net.tls;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** The trusted authorities by name. As in the JDK, a name and a key identify an authority, not a certificate. */
final class TrustAnchors {

    private final Map<X500Principal, Set<PublicKey>> keys = new HashMap<>();

    TrustAnchors(X509Certificate... trusted) {
        for (X509Certificate authority : trusted) {
            keys.computeIfAbsent(authority.getSubjectX500Principal(), name -> new HashSet<>())
                    .add(authority.getPublicKey());
        }
    }

    /** Returns whether an authority has that name. */
    boolean knows(X500Principal name) {
        return keys.containsKey(name);
    }

    /** Returns whether the certificate belongs to an authority. */
    boolean contains(X509Certificate certificate) {
        return keys.getOrDefault(certificate.getSubjectX500Principal(), Set.of())
                .contains(certificate.getPublicKey());
    }

    /**
     * Returns whether an authority signed the certificate. Verifies the signature if an authority has the issuer's
     * name.
     */
    boolean signed(X509Certificate certificate) {
        for (PublicKey key : keys.getOrDefault(certificate.getIssuerX500Principal(), Set.of())) {
            if (isSignedWith(key, certificate)) {
                return true;
            }
        }
        return false;
    }

    static boolean isSignedWith(PublicKey key, X509Certificate certificate) {
        try {
            certificate.verify(key);
            return true;
        } catch (GeneralSecurityException | RuntimeException e) { // providers throw both for malformed keys
            return false;
        }
    }
}
