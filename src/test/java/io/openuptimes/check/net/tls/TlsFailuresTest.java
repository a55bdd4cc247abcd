package io.openuptimes.check.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.handler.ssl.OpenSsl;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.testing.OpensslServer;
import io.openuptimes.testing.PemCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reason of a failed handshake, worded the same for both engines, and the certificate seen. */
class TlsFailuresTest {

    private static final String NAMES = "subjectAltName=DNS:localhost,IP:127.0.0.1";

    private static PemCertificates certificates;

    @BeforeAll
    static void makeCertificates(@TempDir Path directory) throws Exception {
        assumeTrue(PemCertificates.available(), "no openssl");
        assumeTrue(OpenSsl.isAvailable(), "no BoringSSL on this platform");
        certificates = PemCertificates.in(directory)
                .leaf("good", "P-256", NAMES)
                .leaf("own", "P-256", NAMES)
                .leaf("client-only", "P-256", NAMES, "extendedKeyUsage=clientAuth")
                .named("other", "DNS:other.example,DNS:www.other.example")
                .leaf("public", "P-256", NAMES)
                .leaf("private", "P-256", NAMES)
                .leaf("stranger", "P-256", NAMES)
                .intermediate("middle");
        certificates
                .sign("own", "own", "30", NAMES)
                .sign("private", "middle", "30", NAMES)
                .sign(
                        "public",
                        "middle",
                        "30",
                        NAMES,
                        "authorityInfoAccess=caIssuers;URI:http://ca.example/middle.crt");
        PemCertificates unknown = PemCertificates.in(Files.createDirectory(directory.resolve("unknown")));
        unknown.leaf("stranger", "P-256", NAMES);
        Files.copy(unknown.key("stranger"), directory.resolve("unknown.key"));
        Files.writeString(
                directory.resolve("unknown.pem"),
                Files.readString(unknown.cert("stranger")) + Files.readString(unknown.authority()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "good        | -tls1_1 -cipher DEFAULT@SECLEVEL=0 | TLS handshake failed: the server speaks neither TLS 1.2 nor TLS 1.3",
                "good        | -tls1_2 -Verify 1 -verify_return_error | TLS handshake failed: the server asks for a client certificate",
                "good        | -alpn spdy/1 | TLS handshake failed: no common application protocol (the server sent the alert no_application_protocol)",
                "own         | '' | certificate is self-signed",
                "client-only | '' | certificate is not meant for TLS servers",
                "other       | '' | certificate is not valid for this host name",
                "public      | '' | certificate chain is incomplete: the server does not send the intermediate certificate",
                "private     | '' | certificate is signed by an unknown authority, or an intermediate certificate is missing",
            })
    void says_why(String certificate, String options, String problem) throws Exception {
        try (OpensslServer server = OpensslServer.start(
                certificates, certificate, options.isEmpty() ? new String[0] : options.split(" ", -1))) {
            for (boolean boringSsl : new boolean[] {true, false}) {
                try (TlsClient client = new TlsClient(certificates.authority(), boringSsl, Map.of())) {
                    TlsClient.Result result = client.connect("localhost", server.port());
                    assertThat(result.problem()).isEqualTo(problem);
                    assertThat(result.tries()).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void an_authority_that_is_not_trusted_is_unknown() throws Exception {
        try (OpensslServer server = OpensslServer.start(
                certificates,
                "unknown",
                "-cert_chain",
                certificates.cert("unknown").toString())) {
            for (boolean boringSsl : new boolean[] {true, false}) {
                try (TlsClient client = new TlsClient(certificates.authority(), boringSsl, Map.of())) {
                    assertThat(client.connect("localhost", server.port()).problem())
                            .isEqualTo("certificate is signed by an unknown authority");
                }
            }
        }
    }

    @Test
    void a_server_that_does_not_speak_the_demanded_version_is_told() throws Exception {
        try (OpensslServer server = OpensslServer.start(certificates, "good", "-tls1_2")) {
            for (boolean boringSsl : new boolean[] {true, false}) {
                try (TlsClient client = new TlsClient(certificates.authority(), boringSsl, Map.of())) {
                    assertThat(client.connect("localhost", server.port())
                                    .handshake()
                                    .version())
                            .isEqualTo("TLSv1.2");
                    TlsClient.Result result = client.connect("localhost", server.port(), TlsClient.ONLY_1_3);
                    assertThat(result.problem()).isEqualTo("TLS handshake failed: the server does not speak TLS 1.3");
                }
            }
        }
    }

    @Test
    void the_certificate_is_shown_whether_it_was_accepted_or_not() throws Exception {
        for (String name : List.of("other", "good")) {
            try (OpensslServer server = OpensslServer.start(certificates, name)) {
                for (boolean boringSsl : new boolean[] {true, false}) {
                    try (TlsClient client = new TlsClient(certificates.authority(), boringSsl, Map.of())) {
                        TlsClient.Result strict = client.connect("localhost", server.port());
                        TlsClient.Result careless = client.connect("localhost", server.port(), TlsClient.CARELESS);
                        ServerCertificate seen = strict.handshake().certificate();
                        assertThat(seen.names())
                                .isEqualTo(
                                        name.equals("good")
                                                ? List.of("localhost", "127.0.0.1")
                                                : List.of("other.example", "www.other.example"));
                        assertThat(seen.issuer()).isEqualTo("CN=Test authority");
                        assertThat(seen.fingerprint()).matches("[0-9a-f]{64}");
                        assertThat(seen.validTo() - seen.validFrom()).isEqualTo(30 * 86_400_000L);
                        assertThat(seen.chainValidTo()).isEqualTo(seen.validTo());
                        assertThat(careless.handshake().certificate())
                                .as("read once")
                                .isSameAs(seen);
                    }
                }
            }
        }
    }
}
