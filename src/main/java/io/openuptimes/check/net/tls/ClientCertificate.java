package io.openuptimes.check.net.tls;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.runtime.KeyPairs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client certificate with its private key, which checks may present to servers.
 *
 * @param setting its key in the settings
 * @param files the files it was read from
 * @param chain the leaf first
 */
public record ClientCertificate(
        String setting, Settings.ClientCertificate files, List<X509Certificate> chain, PrivateKey key) {

    private static final Logger LOG = LoggerFactory.getLogger(ClientCertificate.class);
    private static final int MAX_BYTES = 1024 * 1024;

    public ClientCertificate {
        chain = List.copyOf(chain);
    }

    /**
     * Reads all client certificates. Blocks.
     *
     * @param settings by name
     * @throws InvalidSettingsException if a file cannot be used; the message names the setting
     */
    public static Map<String, ClientCertificate> load(Map<String, Settings.ClientCertificate> settings)
            throws InvalidSettingsException {
        Map<String, ClientCertificate> loaded = new HashMap<>();
        for (Map.Entry<String, Settings.ClientCertificate> entry : settings.entrySet()) {
            String setting = "checks.clientCertificates." + entry.getKey();
            ClientCertificate certificate = read(setting, entry.getValue());
            if (certificate.hasExpired()) {
                LOG.warn("{}: {}; servers will probably refuse it", setting, certificate);
            }
            loaded.put(entry.getKey(), certificate);
        }
        return loaded;
    }

    /** Rereads the certificate from its files. Blocks. */
    ClientCertificate readAgain() throws InvalidSettingsException {
        return read(setting, files);
    }

    private static ClientCertificate read(String setting, Settings.ClientCertificate files)
            throws InvalidSettingsException {
        List<X509Certificate> chain = chain(setting + ".cert", files.cert());
        PrivateKey key = key(setting + ".key", files, chain.get(0));
        if (!KeyPairs.belong(key, chain.get(0).getPublicKey())) {
            throw invalid(setting + ".key", "is not the private key of the certificate in " + files.cert());
        }
        return new ClientCertificate(setting, files, chain, key);
    }

    private static List<X509Certificate> chain(String setting, String file) throws InvalidSettingsException {
        byte[] content = content(setting, file);
        try {
            List<X509Certificate> chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(content))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!chain.isEmpty()) {
                return chain;
            }
        } catch (CertificateException e) {
            // reported below, like an empty file
        }
        throw invalid(setting, file + " is not a PEM file of X.509 certificates");
    }

    private static PrivateKey key(String setting, Settings.ClientCertificate files, X509Certificate leaf)
            throws InvalidSettingsException {
        byte[] content = content(setting, files.key());
        try {
            return PemKey.read(content, files.keyPassword(), leaf.getPublicKey());
        } catch (GeneralSecurityException | RuntimeException e) { // their messages may quote the key
            throw invalid(
                    setting,
                    files.key() + " is not a PEM file of a private key of the certificate's algorithm"
                            + (files.keyPassword() == null ? " without a password" : " with the given password"));
        }
    }

    private static byte[] content(String setting, String file) throws InvalidSettingsException {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw invalid(setting, file + " is larger than 1 MiB");
            }
            return content;
        } catch (NoSuchFileException e) {
            throw invalid(setting, "file " + file + " does not exist");
        } catch (IOException | RuntimeException e) {
            throw invalid(setting, file + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static InvalidSettingsException invalid(String setting, String problem) {
        return new InvalidSettingsException(List.of(setting + ": " + problem));
    }

    private boolean hasExpired() {
        return chain.get(0).getNotAfter().toInstant().isBefore(Instant.now());
    }

    /** Omits the key. */
    @Override
    public String toString() {
        return chain.get(0).getSubjectX500Principal() + ", valid until "
                + chain.get(0).getNotAfter().toInstant();
    }
}
