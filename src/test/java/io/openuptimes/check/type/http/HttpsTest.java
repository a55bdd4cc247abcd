package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.handler.ssl.OpenSsl;
import io.openuptimes.check.net.tls.Trust;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.CountingKeyManager;
import io.openuptimes.testing.JudgedProber;
import io.openuptimes.testing.Probes;
import io.openuptimes.testing.RawServer;
import io.openuptimes.testing.Services;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PfxOptions;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS with all kinds of certificates, on BoringSSL and on the JDK's engine. */
class HttpsTest {

    private static Certificates certificates;
    private static Vertx vertx;
    private static Context context;
    private static JudgedProber boringSsl;
    private static JudgedProber jdk;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        certificates = Certificates.in(directory)
                .signed("good", "dns:localhost,ip:127.0.0.1")
                .signed("other", "dns:other.example")
                .signed("nameless", "email:nobody@example.org")
                .expired("expired", "dns:localhost,ip:127.0.0.1")
                .early("early", "dns:localhost,ip:127.0.0.1")
                .selfSigned("own", "dns:localhost,ip:127.0.0.1");
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        context = vertx.getOrCreateContext();
        assumeTrue(OpenSsl.isAvailable(), "no BoringSSL on this platform");
        boringSsl = prober(true);
        jdk = prober(false);
    }

    private static JudgedProber prober(boolean boringSsl) throws Exception {
        return TlsClients.prober(vertx, certificates.pem("ca"), boringSsl);
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static HttpServer server(String alias) throws Exception {
        return listen(options(alias));
    }

    private static HttpServerOptions options(String alias) {
        return new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions()
                        .setPath(certificates.store().toString())
                        .setPassword(Certificates.PASSWORD)
                        .setAlias(alias)
                        .setAliasPassword(Certificates.PASSWORD));
    }

    private static HttpServer listen(HttpServerOptions options) throws Exception {
        return vertx.createHttpServer(options)
                .requestHandler(request -> request.response().end("fine"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    private static void close(HttpServer server) throws Exception {
        server.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static CheckResult probe(JudgedProber prober, String url, Map<String, ?> fields) {
        return Probes.await(context, prober, Services.of(url, fields));
    }

    @ParameterizedTest
    @CsvSource({
        "good,     127.0.0.1, UP,  ''",
        "good,     localhost, UP,  ''",
        "expired,  localhost, TLS, certificate expired on {end}",
        "expired,  127.0.0.1, TLS, certificate expired on {end}",
        "early,    localhost, TLS, certificate is not valid before {start}",
        "own,      localhost, TLS, certificate is self-signed",
        "other,    localhost, TLS, certificate is not valid for this host name",
        "other,    127.0.0.1, TLS, certificate is not valid for this host name",
        "nameless, localhost, TLS, certificate is not valid for this host name"
    })
    void verifiesTheCertificate(String alias, String host, Outcome outcome, String error) throws Exception {
        HttpServer server = server(alias);
        try {
            String url = "https://" + host + ":" + server.actualPort() + "/";
            for (JudgedProber prober : new JudgedProber[] {boringSsl, jdk}) {
                CheckResult result = probe(prober, url, Map.of());
                assertThat(result.error())
                        .isEqualTo(error.replace("{end}", day(leaf(alias).getNotAfter()))
                                .replace("{start}", day(leaf(alias).getNotBefore())));
                assertThat(result.outcome()).isEqualTo(outcome);
                CheckResult careless = probe(prober, url, Map.of("ignoreTlsErrors", true));
                assertThat(careless.outcome()).as(careless.error()).isEqualTo(Outcome.UP);
            }
        } finally {
            close(server);
        }
    }

    private static X509Certificate leaf(String alias) throws Exception {
        try (InputStream in = Files.newInputStream(certificates.pem(alias))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static String day(Date date) {
        return LocalDate.ofInstant(date.toInstant(), ZoneOffset.UTC).toString();
    }

    @Test
    void doesNotTrustAnUnknownAuthority() throws Exception {
        HttpServer server = server("good");
        JudgedProber withoutCaFile = TlsClients.prober(vertx, null, true);
        try {
            CheckResult result = probe(withoutCaFile, "https://localhost:" + server.actualPort() + "/", Map.of());
            assertThat(result.outcome()).isEqualTo(Outcome.TLS);
            assertThat(result.error()).isEqualTo("certificate is signed by an unknown authority");
        } finally {
            close(server);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void showsTheNameAndResumesNoSession(String protocol) throws Exception {
        Set<String> names = ConcurrentHashMap.newKeySet();
        CountingKeyManager keys = new CountingKeyManager(certificates.store(), "good");
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setSni(true)
                        .setKeyCertOptions(KeyCertOptions.wrap(keys))
                        .setEnabledSecureTransportProtocols(Set.of(protocol)))
                .connectionHandler(connection -> names.add(String.valueOf(connection.indicatedServerName())))
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        try {
            String url = "https://localhost:" + server.actualPort() + "/";
            for (JudgedProber prober : List.of(boringSsl, boringSsl, boringSsl)) {
                int before = keys.uses();
                CheckResult result = probe(prober, url, Map.of());
                assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
                assertThat(keys.uses()).as("a resumed session needs no key").isGreaterThan(before);
            }
            assertThat(names).containsExactly("localhost");
        } finally {
            close(server);
        }
    }

    @Test
    void measuresTheHandshake() throws Exception {
        HttpServer server = server("good");
        try {
            CheckResult result = probe(jdk, "https://localhost:" + server.actualPort() + "/", Map.of());
            assertThat(result.phases().dns()
                            + result.phases().connect()
                            + result.phases().tls()
                            + result.phases().firstByte()
                            + result.phases().transfer())
                    .isBetween(result.responseTime() - 300, result.responseTime() + 3);
        } finally {
            close(server);
        }
    }

    @Test
    void tellsAServerWithoutTls() throws Exception {
        try (RawServer server = RawServer.of(conversation -> conversation.send("220 mail.example ESMTP\r\n"))) {
            CheckResult result = probe(boringSsl, "https://127.0.0.1:" + server.port() + "/", Map.of());
            assertThat(result.outcome()).isEqualTo(Outcome.TLS);
            assertThat(result.error()).isEqualTo("TLS handshake failed: the server does not speak TLS");
        }
    }

    @Test
    void tellsAConnectionClosedInTheHandshake() throws Exception {
        try (RawServer server = RawServer.of(conversation -> conversation.close())) {
            CheckResult result = probe(boringSsl, "https://127.0.0.1:" + server.port() + "/", Map.of());
            assertThat(result.outcome()).isEqualTo(Outcome.TLS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void tellsAServerThatAsksForACertificate(String protocol) throws Exception {
        HttpServer server = listen(options("good")
                .setClientAuth(ClientAuth.REQUIRED)
                .setEnabledSecureTransportProtocols(Set.of(protocol)));
        try {
            for (JudgedProber prober : new JudgedProber[] {boringSsl, jdk}) {
                CheckResult result = probe(prober, "https://localhost:" + server.actualPort() + "/", Map.of());
                assertThat(result.outcome()).isEqualTo(Outcome.TLS);
                assertThat(result.error()).isEqualTo("TLS handshake failed: the server asks for a client certificate");
            }
        } finally {
            close(server);
        }
    }

    @Test
    void refusesAFileOfAuthoritiesThatIsNotThere(@TempDir Path directory) {
        assertThatThrownBy(() -> Trust.load(directory.resolve("none.pem").toString()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("checks.caFile: ")
                .hasMessageContaining("none.pem cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void refusesAFileOfAuthoritiesThatHoldsNone(String content, @TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("bad.pem"), content);
        assertThatThrownBy(() -> Trust.load(file.toString()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("checks.caFile: ");
    }
}
