package io.openuptimes.web.tls;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.runtime.KeyPairs;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/**
 * A certificate with its private key.
 *
 * @param pair the files that it was read from
 * @param leaf the server's own certificate, the first of the chain
 * @param options the pair as Vert.x options
 */
record HttpsCertificate(PemPair pair, X509Certificate leaf, PemKeyCertOptions options) {

    /**
     * Parses the pair as the server will, and signs a message to verify that certificate and key match. Blocks.
     *
     * @throws InvalidSettingsException if either is not PEM, or the key belongs to another certificate; the message
     *     names the setting
     */
    static HttpsCertificate of(Vertx vertx, PemPair pair) throws InvalidSettingsException {
        X509Certificate leaf = leaf(pair);
        PemKeyCertOptions options =
                new PemKeyCertOptions().addCertValue(pair.certificates()).addKeyValue(pair.key());
        PrivateKey key = privateKey(vertx, options, leaf.getPublicKey().getAlgorithm());
        if (!KeyPairs.belong(key, leaf.getPublicKey())) {
            throw new InvalidSettingsException(
                    List.of("http.tls.key: is not the private key of the certificate in http.tls.cert"));
        }
        return new HttpsCertificate(pair, leaf, options);
    }

    private static X509Certificate leaf(PemPair pair) throws InvalidSettingsException {
        try {
            Collection<? extends Certificate> chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(pair.certificates().getBytes()));
            if (!chain.isEmpty() && chain.iterator().next() instanceof X509Certificate first) {
                return first;
            }
        } catch (GeneralSecurityException e) {
            // reported below, like an empty file
        }
        throw new InvalidSettingsException(List.of("http.tls.cert: must be a PEM file of X.509 certificates"));
    }

    private static PrivateKey privateKey(Vertx vertx, PemKeyCertOptions options, String algorithm)
            throws InvalidSettingsException {
        try {
            for (KeyManager manager : options.getKeyManagerFactory(vertx).getKeyManagers()) {
                if (manager instanceof X509KeyManager keys) {
                    String[] aliases = keys.getServerAliases(algorithm, null);
                    if (aliases != null && aliases.length > 0) {
                        return keys.getPrivateKey(aliases[0]);
                    }
                }
            }
        } catch (Exception e) { // any parse error; its message may quote the key
            throw unusableKey();
        }
        throw unusableKey();
    }

    private static InvalidSettingsException unusableKey() {
        return new InvalidSettingsException(
                List.of("http.tls.key: must be a PEM file of an RSA or EC private key without a passphrase, of the same"
                        + " algorithm as the certificate in http.tls.cert"));
    }

    @Override
    public String toString() {
        return leaf.getSubjectX500Principal() + ", valid until "
                + leaf.getNotAfter().toInstant();
    }
}
