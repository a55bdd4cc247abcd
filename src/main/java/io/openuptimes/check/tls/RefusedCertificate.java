package io.openuptimes.check.tls;

import java.security.cert.CertificateException;

/** The server's certificate is not accepted; the message says why in our own words and names no host. */
final class RefusedCertificate extends CertificateException {

    private static final long serialVersionUID = 1;

    private final boolean forAlgorithm;

    /**
     * @param forAlgorithm whether the reason is an algorithm, which the other engine may support
     */
    RefusedCertificate(String message, boolean forAlgorithm, CertificateException cause) {
        super(message, cause);
        this.forAlgorithm = forAlgorithm;
    }

    RefusedCertificate(String message) {
        super(message);
        this.forAlgorithm = false;
    }

    boolean forAlgorithm() {
        return forAlgorithm;
    }
}
