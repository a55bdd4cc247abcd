package io.openuptimes.check.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.handler.ssl.OpenSsl;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.testing.LogCapture;
import io.openuptimes.testing.OpensslServer;
import io.openuptimes.testing.PemCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Client certificates from files, presented to servers that request one. */
class ClientCertificateTest {

    private static final TlsDemands WITH_PARTNER = new TlsDemands(false, "partner", null, false, TlsClient.HTTP);

    private static PemCertificates certificates;
    private static Path directory;

    @BeforeAll
    static void makeCertificates(@TempDir Path dir) throws Exception {
        assumeTrue(PemCertificates.available(), "no openssl");
        directory = dir;
        certificates = PemCertificates.in(dir)
                .named("server", "DNS:localhost")
                .leaf("ec", "P-256")
                .leaf("p521", "P-521")
                .leaf("rsa", "RSA")
                .leaf("pss", "RSA-PSS")
                .leaf("ed25519", "ED25519");
        convert("rsa", "rsa-pkcs1", "rsa", "-traditional");
        convert("ec", "ec-sec1", "ec");
        convert("p521", "p521-sec1", "ec");
        convert("ec", "ec-encrypted", "pkcs8", "-topk8", "-passout", "pass:secret");
        convert("rsa", "rsa-encrypted", "pkcs8", "-topk8", "-passout", "pass:secret", "-v2", "aes-128-cbc");
        convert("rsa", "rsa-legacy", "rsa", "-traditional", "-aes128", "-passout", "pass:secret");
    }

    /** Converts a key to another format, and copies its certificate. */
    private static void convert(String from, String to, String... command) throws Exception {
        String[] options = {
            "-in",
            certificates.key(from).toString(),
            "-out",
            certificates.key(to).toString()
        };
        String[] all = new String[command.length + options.length];
        System.arraycopy(command, 0, all, 0, command.length);
        System.arraycopy(options, 0, all, command.length, options.length);
        certificates.openssl(all);
        Files.copy(certificates.cert(from), certificates.cert(to));
    }

    private static Map<String, ClientCertificate> load(String cert, String key, @Nullable String password)
            throws Exception {
        return ClientCertificate.load(Map.of(
                "partner",
                new Settings.ClientCertificate(
                        certificates.cert(cert).toString(),
                        certificates.key(key).toString(),
                        password)));
    }

    private static OpensslServer wantingServer() {
        return OpensslServer.start(
                certificates,
                "server",
                "-tls1_2",
                "-Verify",
                "1",
                "-verify_return_error",
                "-CAfile",
                certificates.authority().toString());
    }

    private static boolean[] engines() {
        return OpenSsl.isAvailable() ? new boolean[] {true, false} : new boolean[] {false};
    }

    @ParameterizedTest
    @CsvSource({
        "ec,",
        "rsa,",
        "p521,",
        "rsa-pkcs1,",
        "ec-sec1,",
        "p521-sec1,",
        "ec-encrypted, secret",
        "rsa-encrypted, secret",
        "ed25519,",
        "pss,"
    })
    void is_accepted_by_a_server_that_wants_one(String name, @Nullable String password) throws Exception {
        Map<String, ClientCertificate> loaded = load(name, name, password);
        try (OpensslServer server = wantingServer()) {
            for (boolean boringSsl : engines()) {
                try (TlsClient client = new TlsClient(certificates.authority(), boringSsl, loaded)) {
                    assertThat(client.connect("localhost", server.port(), WITH_PARTNER)
                                    .problem())
                            .isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "none   | ec            | -     | .cert: file ",
                "ec     | none          | -     | .key: file ",
                "ec     | p521          | -     | .key: is not the private key of the certificate in ",
                "ec     | rsa           | -     | .key is not a PEM file of a private key of the certificate's algorithm without a password",
                "ec     | ec-encrypted  | -     | .key is not a PEM file of a private key of the certificate's algorithm without a password",
                "ec     | ec-encrypted  | wrong | .key is not a PEM file of a private key of the certificate's algorithm with the given password",
                "rsa    | rsa-legacy    | secret | .key is not a PEM file of a private key of the certificate's algorithm with the given password"
            })
    void what_is_wrong_is_told_with_the_setting(String cert, String key, @Nullable String password, String problem) {
        assertThatThrownBy(() -> load(cert, key, password))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("checks.clientCertificates.partner.")
                .hasMessageContaining(problem);
    }

    @Test
    void a_file_without_certificates_is_told() throws Exception {
        Files.writeString(directory.resolve("empty.pem"), "nothing\n");
        assertThatThrownBy(() -> load("empty", "ec", null))
                .hasMessageStartingWith("checks.clientCertificates.partner.cert: ")
                .hasMessageEndingWith("empty.pem is not a PEM file of X.509 certificates");
    }

    @Test
    void one_that_has_expired_is_warned_of() throws Exception {
        certificates.leaf("old", "P-256").sign("old", "ca", "-1");
        try (LogCapture log = LogCapture.of(ClientCertificate.class)) {
            load("old", "old", null);
            load("ec", "ec", null);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("checks.clientCertificates.partner: CN=old, valid until 20");
        }
    }

    @Test
    void the_password_is_in_no_text() throws Exception {
        ClientCertificate loaded = load("ec", "ec-encrypted", "secret").get("partner");
        assertThat(loaded + " " + loaded.files()).doesNotContain("secret");
    }

    @Test
    void renewed_files_are_read_again_and_broken_ones_change_nothing(@TempDir Path other) throws Exception {
        PemCertificates unknown =
                PemCertificates.in(other).leaf("stranger", "P-256").sign("stranger", "stranger", "30");
        copy(unknown.cert("stranger"), unknown.key("stranger"));
        try (OpensslServer server = wantingServer()) {
            for (boolean boringSsl : engines()) {
                copy(unknown.cert("stranger"), unknown.key("stranger"));
                try (TlsClient client =
                        new TlsClient(certificates.authority(), boringSsl, load("renewed", "renewed", null))) {
                    assertThat(client.connect("localhost", server.port(), WITH_PARTNER)
                                    .problem())
                            .isEqualTo("TLS handshake failed: the server does not accept the client certificate"
                                    + " (alert unknown_ca)");
                    copy(certificates.cert("ec"), certificates.key("ec"));
                    for (int i = 0; i < 3; i++) {
                        client.tls().renewCertificates();
                        assertThat(client.connect("localhost", server.port(), WITH_PARTNER)
                                        .problem())
                                .isEmpty();
                        Files.writeString(certificates.key("renewed"), "broken");
                    }
                }
            }
        }
    }

    @Test
    void a_renewal_after_the_end_makes_no_contexts() throws Exception {
        copy(certificates.cert("ec"), certificates.key("ec"));
        try (TlsClient client = new TlsClient(certificates.authority(), false, load("renewed", "renewed", null))) {
            client.tls().close();
            copy(certificates.cert("rsa"), certificates.key("rsa"));
            client.tls().renewCertificates();
            assertThat(client.tls().hasCertificates()).isFalse();
        }
    }

    private static void copy(Path cert, Path key) throws Exception {
        Files.copy(cert, certificates.cert("renewed"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(key, certificates.key("renewed"), StandardCopyOption.REPLACE_EXISTING);
    }
}
