package io.openuptimes.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A CA and certificates as PEM files, created with openssl, for names and keys that keytool does not support. */
public final class PemCertificates {

    private final Path directory;

    private PemCertificates(Path directory) {
        this.directory = directory;
    }

    /** Whether openssl is installed. */
    public static boolean available() {
        try {
            return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Creates the CA. */
    public static PemCertificates in(Path directory) {
        PemCertificates made = new PemCertificates(directory);
        made.key("ca", "P-256");
        made.openssl(
                "req",
                "-x509",
                "-new",
                "-key",
                made.file("ca.key"),
                "-subj",
                "/CN=Test authority",
                "-days",
                "3650",
                "-out",
                made.file("ca.pem"));
        return made;
    }

    /** A certificate with a P-256 key, signed by the CA. */
    public PemCertificates named(String name, String alternativeNames) {
        return leaf(name, "P-256", "subjectAltName=" + alternativeNames);
    }

    /**
     * A certificate signed by the CA.
     *
     * @param key {@code P-256}, {@code P-384}, {@code P-521}, {@code RSA}, {@code RSA-PSS} or {@code ED25519}
     * @param extensions in the syntax of openssl's configuration
     */
    public PemCertificates leaf(String name, String key, String... extensions) {
        key(name, key);
        return sign(name, "ca", "30", extensions);
    }

    /** An intermediate CA. */
    public PemCertificates intermediate(String name) {
        key(name, "P-256");
        return sign(name, "ca", "30", "basicConstraints=critical,CA:true");
    }

    /** Reissues the certificate of an existing key. */
    public PemCertificates sign(String name, String issuer, String days, String... extensions) {
        try {
            Files.write(directory.resolve(name + ".ext"), List.of(extensions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        openssl("req", "-new", "-key", file(name + ".key"), "-subj", "/CN=" + name, "-out", file(name + ".csr"));
        openssl(
                "x509",
                "-req",
                "-in",
                file(name + ".csr"),
                "-CA",
                file(issuer + ".pem"),
                "-CAkey",
                file(issuer + ".key"),
                "-CAcreateserial",
                "-days",
                days,
                "-extfile",
                file(name + ".ext"),
                "-out",
                file(name + ".pem"));
        return this;
    }

    private void key(String name, String kind) {
        List<String> command = new ArrayList<>(List.of("genpkey", "-out", file(name + ".key"), "-algorithm"));
        command.addAll(
                switch (kind) {
                    case "RSA", "RSA-PSS" -> List.of(kind, "-pkeyopt", "rsa_keygen_bits:2048");
                    case "ED25519" -> List.of(kind);
                    default -> List.of("EC", "-pkeyopt", "ec_paramgen_curve:" + kind);
                });
        openssl(command.toArray(String[]::new));
    }

    public Path cert(String name) {
        return directory.resolve(name + ".pem");
    }

    public Path key(String name) {
        return directory.resolve(name + ".key");
    }

    /** The CA certificate. */
    public Path authority() {
        return cert("ca");
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    public void openssl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
