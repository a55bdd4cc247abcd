package io.openuptimes.check.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.handler.ssl.OpenSsl;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.testing.CurlProgram;
import io.openuptimes.testing.OpensslServer;
import io.openuptimes.testing.PemCertificates;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The host names matched by a certificate: RFC 9525, and curl for wildcards. */
class HostNamesTest {

    private static PemCertificates certificates;

    @BeforeAll
    static void makeAuthority(@TempDir Path directory) {
        assumeTrue(PemCertificates.available(), "no openssl");
        certificates = PemCertificates.in(directory);
    }

    @ParameterizedTest
    @CsvSource({
        "example.com,           example.com,             true",
        "EXAMPLE.com,           example.COM,             true",
        "example.com,           example.com.,            true",
        "example.com.,          example.com,             true",
        "example.com,           www.example.com,         false",
        "example.com,           xample.com,              false",
        "my_host.example.com,   my_host.example.com,     true",
        "localhost,             localhost,               true",
        "xn--bcher-kva.example, XN--BCHER-KVA.example,   true",
        "*.example.com,         www.example.com,         true",
        "*.example.com,         WWW.Example.Com.,        true",
        "*.example.com,         my_host.example.com,     true",
        "*.example.com,         xn--bcher-kva.example.com, true",
        "*.example.com,         example.com,             false",
        "*.example.com,         a.b.example.com,         false",
        "*.example.com,         .example.com,            false",
        "*.com,                 example.com,             false",
        "*.test,                shop.test,               false",
        "*.test.,               shop.test,               false",
        "*,                     localhost,               false",
        "*.,                    localhost,               false",
        "*-web.example.com,     shop-web.example.com,    false",
        "x*.example.com,        xyz.example.com,         false",
        "x*y.example.com,       xzy.example.com,         false",
        "*.*.example.com,       a.b.example.com,         false",
        "www.*.com,             www.example.com,         false",
        "*.example.com,         *.example.com,           true",
        "**.example.com,        www.example.com,         false"
    })
    void a_name_covers_a_host(String name, String host, boolean covered) {
        assertThat(HostNames.covers(name, host)).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DNS:my_host.test             | my_host.test         | true",
                "DNS:*.shop.test              | my_host.shop.test    | true",
                "DNS:*.shop.test              | a.b.shop.test        | false",
                "DNS:*-web.shop.test          | eu-web.shop.test     | false",
                "DNS:x*.shop.test             | xy.shop.test         | false",
                "DNS:*.test                   | shop.test            | false",
                "DNS:*.*.test                 | a.b.test             | false",
                "DNS:SHOP.test                | shop.TEST            | true",
                "DNS:shop.test                | shop.test.           | true",
                "DNS:other.test,DNS:shop.test | shop.test            | true",
                "email:shop@shop.test         | shop.test            | false",
                "URI:https://shop.test/       | shop.test            | false",
                "IP:127.0.0.1                 | 127.0.0.1            | true",
                "DNS:127.0.0.1                | 127.0.0.1            | false",
                "DNS:*.0.0.1                  | 127.0.0.1            | false",
                "IP:127.0.0.1                 | localhost            | false",
                "IP:2001:db8::1               | 2001:DB8:0:0::1      | true",
                "IP:2001:db8::1               | 2001:db8::2          | false",
                "IP:192.0.2.1                 | ::ffff:192.0.2.1     | false"
            })
    void a_certificate_is_held_against_the_host_in_the_handshake(String names, String host, boolean accepted)
            throws Exception {
        certificates.named("server", names);
        verify(host, accepted);
        assertThat(curlAccepts(host)).as("what curl does").isIn(accepted, null);
    }

    /** By RFC 9525; curl's OpenSSL uses it if there is no alternative name. */
    @Test
    void a_common_name_does_not_count() throws Exception {
        certificates.leaf("server", "P-256", "extendedKeyUsage=serverAuth");
        verify("server", false);
    }

    private static void verify(String host, boolean accepted) throws Exception {
        try (OpensslServer server = OpensslServer.start(certificates, "server")) {
            for (boolean boringSsl : new boolean[] {OpenSsl.isAvailable(), false}) {
                try (TlsClient client = new TlsClient(certificates.authority(), boringSsl, Map.of())) {
                    TlsClient.Result result = client.connect(host, server.port());
                    assertThat(result.problem()).isEqualTo(accepted ? "" : ServerCertificate.OTHER_NAME);
                    assertThat(result.tries()).isEqualTo(1);
                }
            }
        }
    }

    /** Null where there is no curl. It goes to the server whatever the host is. */
    private static @Nullable Boolean curlAccepts(String host) throws Exception {
        if (!CurlProgram.isThere()) {
            return null;
        }
        String bracketed = host.contains(":") ? '[' + host + ']' : host;
        try (OpensslServer server = OpensslServer.start(certificates, "server")) {
            String ended = CurlProgram.status(
                    "https://" + bracketed + ":" + server.port() + "/",
                    "--noproxy",
                    "*",
                    "--connect-to",
                    "::127.0.0.1:" + server.port(),
                    "--cacert",
                    certificates.authority().toString());
            assertThat(ended).isIn("200, exit 0", "000, exit 60");
            return ended.startsWith("200");
        }
    }
}
