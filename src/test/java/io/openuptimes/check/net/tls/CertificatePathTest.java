package io.openuptimes.check.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.handler.ssl.OpenSsl;
import io.openuptimes.testing.OpensslServer;
import io.openuptimes.testing.PemCertificates;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of the certificates sent by a server matter. */
class CertificatePathTest {

    private static final String[] AUTHORITY = {"basicConstraints=critical,CA:true"};
    private static final String NAMES = "subjectAltName=DNS:localhost";

    private static PemCertificates certificates;

    @BeforeAll
    static void makeCertificates(@TempDir Path directory) throws Exception {
        assumeTrue(PemCertificates.available(), "no openssl");
        certificates = PemCertificates.in(directory)
                .intermediate("old root")
                .sign("old root", "old root", "5", AUTHORITY)
                .intermediate("middle")
                .sign("middle", "ca", "10", AUTHORITY)
                .leaf("server", "P-256", NAMES)
                .sign("server", "middle", "30", NAMES);
        crossSign("ended", "-1");
        crossSign("ending", "3");
        join("middle and ended", "middle", "ended");
        join("ending and middle", "ending", "middle", "old root");
        Files.copy(certificates.cert("middle"), directory.resolve("valid middle.pem"));
        certificates.sign("middle", "ca", "-1", AUTHORITY);
        Files.copy(certificates.cert("middle"), directory.resolve("expired middle.pem"));
        join("both middles", "expired middle", "valid middle");
        certificates.sign("middle", "old root", "-1", AUTHORITY);
        join("unknown and expired", "middle", "old root");
    }

    /** Signs the trusted CA by another one. */
    private static void crossSign(String name, String days) throws Exception {
        Path request = certificates.cert("request");
        Path extensions = Files.write(certificates.cert("extensions"), List.of(AUTHORITY));
        certificates.openssl(
                "req",
                "-new",
                "-key",
                certificates.key("ca").toString(),
                "-subj",
                "/CN=Test authority",
                "-out",
                request.toString());
        certificates.openssl(
                "x509",
                "-req",
                "-in",
                request.toString(),
                "-CA",
                certificates.cert("old root").toString(),
                "-CAkey",
                certificates.key("old root").toString(),
                "-CAcreateserial",
                "-days",
                days,
                "-extfile",
                extensions.toString(),
                "-out",
                certificates.cert(name).toString());
    }

    private static void join(String name, String... parts) throws Exception {
        StringBuilder all = new StringBuilder();
        for (String part : parts) {
            all.append(Files.readString(certificates.cert(part)));
        }
        Files.writeString(certificates.cert(name), all);
    }

    private static X509Certificate read(String name) throws Exception {
        try (InputStream in = Files.newInputStream(certificates.cert(name))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static LocalDate lastDay(String name) throws Exception {
        return LocalDate.ofInstant(read(name).getNotAfter().toInstant(), ZoneOffset.UTC);
    }

    private static OpensslServer server(String others) {
        return OpensslServer.start(
                certificates, "server", "-cert_chain", certificates.cert(others).toString());
    }

    private static boolean[] engines() {
        return OpenSsl.isAvailable() ? new boolean[] {true, false} : new boolean[] {false};
    }

    @ParameterizedTest
    @CsvSource({
        "valid middle,      valid middle",
        "middle and ended,  valid middle",
        "ending and middle, valid middle",
        "both middles,      valid middle"
    })
    void the_chain_expires_with_the_certificates_that_were_needed(String others, String first) throws Exception {
        long end = read(first).getNotAfter().toInstant().toEpochMilli();
        try (OpensslServer server = server(others)) {
            for (boolean boringSsl : engines()) {
                try (TlsClient client = new TlsClient(certificates.authority(), boringSsl, Map.of())) {
                    for (TlsDemands demands : new TlsDemands[] {TlsClient.STRICT, TlsClient.CARELESS}) {
                        TlsClient.Result result = client.connect("localhost", server.port(), demands);
                        assertThat(result.problem()).isEmpty();
                        assertThat(result.handshake().certificate().chainValidTo())
                                .isEqualTo(end);
                    }
                }
            }
        }
    }

    @Test
    void of_a_chain_that_is_not_trusted_all_issuers_count() throws Exception {
        try (OpensslServer server = server("unknown and expired");
                TlsClient client = new TlsClient(certificates.authority(), false, Map.of())) {
            TlsClient.Result result = client.connect("localhost", server.port(), TlsClient.CARELESS);
            assertThat(result.handshake().certificate().chainValidTo())
                    .isEqualTo(read("middle").getNotAfter().toInstant().toEpochMilli());
        }
    }

    @Test
    void an_expired_certificate_of_the_chain_is_named_only_if_another_would_help() throws Exception {
        for (boolean boringSsl : engines()) {
            try (OpensslServer expired = server("expired middle");
                    OpensslServer unknown = server("unknown and expired");
                    TlsClient client = new TlsClient(certificates.authority(), boringSsl, Map.of())) {
                assertThat(client.connect("localhost", expired.port()).problem())
                        .isEqualTo("a certificate in the chain expired on " + lastDay("expired middle"));
                assertThat(client.connect("localhost", unknown.port()).problem())
                        .isEqualTo("certificate is signed by an unknown authority");
            }
        }
    }

    @Test
    void the_given_clock_tells_whether_it_has_expired() throws Exception {
        X509Certificate[] sent = {read("server"), read("valid middle")};
        TrustAnchors anchors = new TrustAnchors(read("ca"));
        CertificatePath path = CertificatePath.of(sent, anchors);
        CertificateException cause = new CertificateException("refused");
        Instant now = Instant.now();
        assertThat(CertificateFaults.explain(path, anchors, now, cause)).hasMessage("certificate is not trusted");
        assertThat(CertificateFaults.explain(path, anchors, now.plus(Duration.ofDays(11)), cause))
                .hasMessage("a certificate in the chain expired on " + lastDay("valid middle"));
        assertThat(CertificateFaults.explain(path, anchors, now.plus(Duration.ofDays(31)), cause))
                .hasMessage("certificate expired on " + lastDay("server"));
    }
}
