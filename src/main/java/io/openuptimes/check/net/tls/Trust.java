package io.openuptimes.check.net.tls;

import io.openuptimes.config.InvalidSettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Loads the trusted certificates: the system's trust store, plus those of a file. */
public final class Trust {

    private Trust() {}

    /**
     * Reads files; call it at startup only.
     *
     * @param caFile PEM; null for the system's trust store alone
     * @throws InvalidSettingsException if the file cannot be read or holds no certificate
     */
    public static X509ExtendedTrustManager load(@Nullable String caFile) throws InvalidSettingsException {
        try {
            X509ExtendedTrustManager system = manager(null);
            return caFile == null ? system : manager(joined(system, read(caFile)));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the system's trust store cannot be used", e);
        }
    }

    private static Collection<? extends Certificate> read(String caFile) throws InvalidSettingsException {
        try (InputStream in = Files.newInputStream(Path.of(caFile))) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw invalid(caFile + " holds no certificate");
            }
            return certificates;
        } catch (IOException e) {
            throw invalid(caFile + " cannot be read (" + e.getClass().getSimpleName() + ")");
        } catch (CertificateException e) {
            throw invalid(caFile + " is not a file of certificates in PEM form");
        }
    }

    private static InvalidSettingsException invalid(String problem) {
        return new InvalidSettingsException(List.of("checks.caFile: " + problem));
    }

    private static KeyStore joined(X509ExtendedTrustManager system, Collection<? extends Certificate> extra)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : system.getAcceptedIssuers()) {
            store.setCertificateEntry("system-" + number++, certificate);
        }
        for (Certificate certificate : extra) {
            store.setCertificateEntry("extra-" + number++, certificate);
        }
        return store;
    }

    private static X509ExtendedTrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager x509) {
                return x509;
            }
        }
        throw new IllegalStateException("the JDK has no X.509 trust manager");
    }
}
