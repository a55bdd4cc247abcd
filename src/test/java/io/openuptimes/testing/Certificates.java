package io.openuptimes.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A test CA and certificates of all kinds, created with the JDK's keytool. */
public final class Certificates {

    public static final String PASSWORD = "changeit";

    private final Path directory;
    private final Path store;

    private Certificates(Path directory) {
        this.directory = directory;
        this.store = directory.resolve("certificates.p12");
    }

    /** Creates the CA. */
    public static Certificates in(Path directory) {
        Certificates made = new Certificates(directory);
        made.keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test authority", "-ext", "bc:c", "-validity", "3650");
        return made;
    }

    /** A certificate signed by the CA. */
    public Certificates signed(String alias, String subjectAlternativeNames) {
        return signedFor(alias, subjectAlternativeNames, "-validity", "365");
    }

    /** A certificate signed by the CA that expired yesterday. */
    public Certificates expired(String alias, String subjectAlternativeNames) {
        return signedFor(alias, subjectAlternativeNames, "-startdate", "-31d", "-validity", "30");
    }

    /** A certificate signed by the CA for 90 days, of which {@code days} remain. */
    public Certificates ending(String alias, String subjectAlternativeNames, int days) {
        return signedFor(alias, subjectAlternativeNames, "-startdate", "-" + (90 - days) + "d", "-validity", "90");
    }

    /** A certificate signed by the CA that becomes valid tomorrow. */
    public Certificates early(String alias, String subjectAlternativeNames) {
        return signedFor(alias, subjectAlternativeNames, "-startdate", "+1d", "-validity", "30");
    }

    private Certificates signedFor(String alias, String subjectAlternativeNames, String... period) {
        List<String> arguments = new ArrayList<>(List.of(
                "-genkeypair",
                "-alias",
                alias,
                "-signer",
                "ca",
                "-dname",
                "CN=" + alias,
                "-ext",
                "san=" + subjectAlternativeNames));
        arguments.addAll(List.of(period));
        keytool(arguments.toArray(String[]::new));
        return this;
    }

    /** A self-signed certificate. */
    public Certificates selfSigned(String alias, String subjectAlternativeNames) {
        keytool(
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-ext",
                "san=" + subjectAlternativeNames,
                "-validity",
                "365");
        return this;
    }

    /** A PKCS #12 store with all of them, protected by {@link #PASSWORD}. */
    public Path store() {
        return store;
    }

    /** A certificate chain as a PEM file. */
    public Path pem(String alias) {
        try {
            List<byte[]> chain = new ArrayList<>();
            for (var certificate : keys().getCertificateChain(alias)) {
                chain.add(certificate.getEncoded());
            }
            return write(alias + ".pem", "CERTIFICATE", chain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A private key as a PEM file. */
    public Path key(String alias) {
        try {
            return write(
                    alias + ".key",
                    "PRIVATE KEY",
                    List.of(keys().getKey(alias, PASSWORD.toCharArray()).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** TLS for a client that trusts only this CA. */
    public SSLContext clientContext() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", keys().getCertificate("ca"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore keys() throws GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return keys;
    }

    private Path write(String name, String type, List<byte[]> contents) {
        StringBuilder pem = new StringBuilder();
        for (byte[] content : contents) {
            pem.append("-----BEGIN ")
                    .append(type)
                    .append("-----\n")
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content))
                    .append("\n-----END ")
                    .append(type)
                    .append("-----\n");
        }
        try {
            return Files.writeString(directory.resolve(name), pem, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.add("-J-XX:TieredStopAtLevel=1"); // halves the startup time
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(180, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool: " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
