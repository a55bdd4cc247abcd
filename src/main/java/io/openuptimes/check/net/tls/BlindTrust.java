package io.openuptimes.check.net.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Accepts every certificate and host name, for checks that ignore TLS errors and for the health check. */
public final class BlindTrust extends X509ExtendedTrustManager {

    private final BiConsumer<SSLEngine, X509Certificate[]> witness;

    /**
     * @param witness receives each handshake's engine and certificates
     */
    public BlindTrust(BiConsumer<SSLEngine, X509Certificate[]> witness) {
        this.witness = witness;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        witness.accept(engine, chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
