package io.openuptimes.check.net.tls;

import io.openuptimes.check.net.tls.RememberedTrust.Good;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Verifies the server's certificates and records them with their handshake, including those it refuses. */
final class VerifyingTrust extends EngineTrust {

    private final RememberedTrust trust;
    private final SeenCertificates seen;
    private final Handshakes handshakes;
    private final @Nullable Resumption resumption;

    /**
     * @param resumption session resumption for these handshakes; null if sessions are not resumed
     */
    VerifyingTrust(
            RememberedTrust trust, SeenCertificates seen, Handshakes handshakes, @Nullable Resumption resumption) {
        this.trust = trust;
        this.seen = seen;
        this.handshakes = handshakes;
        this.resumption = resumption;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        Good good;
        try {
            good = trust.check(chain, authType, engine);
        } catch (CertificateException e) {
            handshakes.saw(engine, seen.of(chain));
            throw e;
        }
        handshakes.saw(engine, good.certificate());
        if (resumption != null) {
            resumption.saw(engine.getPeerPort(), good.end());
        }
    }
}
