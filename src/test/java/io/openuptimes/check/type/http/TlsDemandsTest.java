package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.handler.ssl.OpenSsl;
import io.openuptimes.check.net.tls.ClientCertificate;
import io.openuptimes.check.net.tls.ClientTls;
import io.openuptimes.check.net.tls.ContextFactory;
import io.openuptimes.check.net.tls.Trust;
import io.openuptimes.config.Settings;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Service;
import io.openuptimes.model.TlsVersion;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.openuptimes.testing.Await;
import io.openuptimes.testing.JudgedProber;
import io.openuptimes.testing.OpensslServer;
import io.openuptimes.testing.PemCertificates;
import io.openuptimes.testing.Probes;
import io.openuptimes.testing.Services;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service's TLS requirements: client certificate, version; and the retry where BoringSSL fails. */
class TlsDemandsTest {

    private static PemCertificates certificates;
    private static Vertx vertx;
    private static Map<Boolean, JudgedProber> probers;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        assumeTrue(PemCertificates.available(), "no openssl");
        assumeTrue(OpenSsl.isAvailable(), "no BoringSSL on this platform");
        certificates = PemCertificates.in(directory)
                .named("server", "DNS:localhost")
                .leaf("partner", "P-256")
                .leaf("p521", "P-521", "subjectAltName=DNS:localhost");
        vertx = Vertx.vertx();
        probers = Map.of(true, prober(true), false, prober(false));
    }

    private static JudgedProber prober(boolean boringSsl) throws Exception {
        Settings.ClientCertificate files = new Settings.ClientCertificate(
                certificates.cert("partner").toString(),
                certificates.key("partner").toString(),
                null);
        ClientTls tls = new ClientTls(
                Trust.load(certificates.authority().toString()),
                boringSsl,
                ClientCertificate.load(Map.of("partner", files)),
                new ContextFactory(0, 10),
                Clock.systemUTC());
        return new JudgedProber(vertx, tls, EgressPolicy.standard(), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        Await.await(vertx.close());
    }

    private static HttpServer server(
            ClientAuth clientAuth, Set<String> versions, io.vertx.core.Handler<HttpServerRequest> handler) {
        return Await.await(vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertPath(certificates.cert("server").toString())
                                .setKeyPath(certificates.key("server").toString()))
                        .setTrustOptions(new PemTrustOptions()
                                .addCertPath(certificates.authority().toString()))
                        .setClientAuth(clientAuth)
                        .setEnabledSecureTransportProtocols(versions))
                .requestHandler(handler)
                .listen(0, "127.0.0.1"));
    }

    private static String shown(HttpServerRequest request) {
        try {
            return request.sslSession().getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException e) {
            return "none";
        }
    }

    private static CheckResult probe(
            boolean boringSsl, int port, @Nullable String certificate, @Nullable TlsVersion version) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("followRedirects", true);
        fields.put("clientCertificate", certificate);
        fields.put("minTlsVersion", version == null ? null : version.text());
        Service service = Services.of("https://localhost:" + port + "/", fields);
        return Probes.await(vertx.getOrCreateContext(), probers.get(boringSsl), service);
    }

    @ParameterizedTest
    @CsvSource({"true, TLSv1.2", "true, TLSv1.3", "false, TLSv1.2", "false, TLSv1.3"})
    void the_client_certificate_is_shown_to_the_services_origin_only(boolean boringSsl, String version) {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        Queue<String> seenElsewhere = new ConcurrentLinkedQueue<>();
        HttpServer elsewhere = server(ClientAuth.REQUEST, Set.of(version), request -> {
            seenElsewhere.add(shown(request));
            request.response().end();
        });
        HttpServer own = server(ClientAuth.REQUIRED, Set.of(version), request -> {
            seen.add(shown(request));
            request.response()
                    .setStatusCode(302)
                    .putHeader("location", "https://localhost:" + elsewhere.actualPort() + "/")
                    .end();
        });
        try {
            CheckResult result = probe(boringSsl, own.actualPort(), "partner", null);
            assertThat(result.error()).isEmpty();
            assertThat(seen).containsOnly("CN=partner");
            assertThat(seenElsewhere).containsOnly("none");
        } finally {
            Await.await(own.close());
            Await.await(elsewhere.close());
        }
    }

    @Test
    void a_client_certificate_that_is_not_configured_here_is_told() {
        CheckResult result = probe(true, 9, "nobody", null);
        assertThat(result.outcome()).isEqualTo(Outcome.TLS);
        assertThat(result.error()).isEqualTo("the client certificate is not configured on this node");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void an_older_version_than_demanded_is_refused(boolean boringSsl) {
        HttpServer old = server(ClientAuth.NONE, Set.of("TLSv1.2"), request -> request.response()
                .end());
        try {
            for (TlsVersion enough : new TlsVersion[] {null, TlsVersion.V1_2}) {
                assertThat(probe(boringSsl, old.actualPort(), null, enough).outcome())
                        .isEqualTo(Outcome.UP);
            }
            CheckResult result = probe(boringSsl, old.actualPort(), null, TlsVersion.V1_3);
            assertThat(result.outcome()).isEqualTo(Outcome.TLS);
            assertThat(result.error()).isEqualTo("TLS handshake failed: the server does not speak TLS 1.3");
        } finally {
            Await.await(old.close());
        }
    }

    @Test
    void a_server_that_boring_ssl_cannot_speak_to_is_up_by_the_other_engine() {
        try (OpensslServer server = OpensslServer.start(certificates, "p521", "-tls1_3")) {
            long before = probers.get(true).secondHandshakes();
            for (int i = 0; i < 3; i++) {
                CheckResult result = probe(true, server.port(), null, null);
                assertThat(result.error()).isEmpty();
            }
            assertThat(probers.get(true).secondHandshakes() - before)
                    .as("later checks begin with it")
                    .isEqualTo(2);
        }
    }

    /** {@code s_server} sends no length and waits for the client's close_notify before closing the connection. */
    @ParameterizedTest
    @CsvSource({"true, -tls1_2", "true, -tls1_3", "false, -tls1_2", "false, -tls1_3"})
    void an_answer_ends_with_the_servers_close_notify(boolean boringSsl, String version) {
        try (OpensslServer server = OpensslServer.start(certificates, "server", version)) {
            assertThat(probe(boringSsl, server.port(), null, null).error()).isEmpty();
        }
    }
}
