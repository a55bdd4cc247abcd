package io.openuptimes.check.net.tls;

import io.openuptimes.model.ServerCertificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Verifies a server's certificate as curl does: its chain by the JDK's rules and the trusted authorities, then its
 * names by RFC 9525. The engine must not verify names itself, because the JDK accepts common names and partial
 * wildcards.
 */
class ServerTrust {

    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;

    private final X509ExtendedTrustManager chains;
    private final TrustAnchors anchors;
    private final Clock clock;

    /**
     * @param chains verifies chains; engines tell it not to verify names
     * @param anchors the authorities that {@code chains} trusts
     * @param clock wall clock for certificate expiry
     */
    ServerTrust(X509ExtendedTrustManager chains, TrustAnchors anchors, Clock clock) {
        this.chains = chains;
        this.anchors = anchors;
        this.clock = clock;
    }

    /**
     * @param engine the handshake's engine, created for the host
     * @throws RefusedCertificate if the chain is not trusted
     */
    void check(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        try {
            chains.checkServerTrusted(chain, purpose(chain[0], authType), engine);
        } catch (CertificateException e) {
            throw CertificateFaults.explain(CertificatePath.of(chain, anchors), anchors, clock.instant(), e);
        }
        if (!HostNames.covers(chain[0], engine.getPeerHost())) {
            throw new RefusedCertificate(ServerCertificate.OTHER_NAME);
        }
    }

    /**
     * Picks an authentication type that matches the leaf's key usage. OpenSSL, and so curl, accepts any usage of a
     * server's key; the JDK requires the usage that the cipher suite needs.
     */
    private static String purpose(X509Certificate leaf, String authType) {
        boolean[] usage = leaf.getKeyUsage();
        if (usage == null) {
            return authType;
        }
        if (usage[DIGITAL_SIGNATURE]) {
            return "ECDHE_RSA";
        }
        if (usage[KEY_ENCIPHERMENT]) {
            return "RSA";
        }
        return usage[KEY_AGREEMENT] ? "ECDH_RSA" : authType;
    }
}
