package io.openuptimes.check.net.tls;

import java.security.cert.CertificateException;

/** The server's certificate was rejected; the message gives our own reason and contains no host name. */
final class RefusedCertificate extends CertificateException {

    private static final long serialVersionUID = 1;

    private final boolean forAlgorithm;

    /**
     * @param forAlgorithm whether an algorithm is the reason, which the other engine may support
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
