package io.openuptimes.check.net.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Presents one client certificate, or none, to servers that ask, and records that they asked.
 *
 * <p>As in curl, the authorities that the server lists are ignored: a rejection tells the user more than no
 * certificate.
 */
final class ClientKeys extends X509ExtendedKeyManager {

    private static final String ALIAS = "client";

    private final Handshakes handshakes;
    private final @Nullable ClientCertificate certificate;

    ClientKeys(Handshakes handshakes, @Nullable ClientCertificate certificate) {
        this.handshakes = handshakes;
        this.certificate = certificate;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        handshakes.sawRequestForCertificate(engine);
        return certificate != null
                        && List.of(keyTypes).contains(certificate.key().getAlgorithm())
                ? ALIAS
                : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return certificate == null ? null : certificate.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return certificate == null ? null : certificate.key();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return certificate == null ? null : new String[] {ALIAS};
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
