package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.handler.ssl.OpenSsl;
import io.openuptimes.check.net.tls.Resumption;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.CountingKeyManager;
import io.openuptimes.testing.FreePorts;
import io.openuptimes.testing.JudgedProber;
import io.openuptimes.testing.ManualClock;
import io.openuptimes.testing.Probes;
import io.openuptimes.testing.Services;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS sessions are resumed if the settings allow it, and only for the allowed time. */
class ResumptionTest {

    private static final int SECONDS = 3_600;

    /** Creation time of the latest request's session as seen by the server; epoch milliseconds. */
    private static final AtomicLong sessionCreated = new AtomicLong();

    private static Certificates certificates;
    private static Vertx vertx;
    private static Context context;
    private final ManualClock clock = new ManualClock(System.currentTimeMillis());

    @BeforeAll
    static void start(@TempDir Path directory) {
        certificates = Certificates.in(directory)
                .signed("good", "dns:localhost,ip:127.0.0.1")
                .signed("other", "dns:other.example");
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        context = vertx.getOrCreateContext();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private JudgedProber prober(boolean boringSsl, int seconds) throws Exception {
        return prober(boringSsl, seconds, Resumption.MOST_SERVERS);
    }

    private JudgedProber prober(boolean boringSsl, int seconds, int servers) throws Exception {
        assumeTrue(!boringSsl || OpenSsl.isAvailable(), "no BoringSSL on this platform");
        Path authority = certificates.pem("ca");
        return new JudgedProber(
                vertx,
                TlsClients.client(authority, boringSsl, seconds, clock, servers),
                EgressPolicy.standard(),
                clock);
    }

    private static HttpServer server(CountingKeyManager keys, String protocol, int port) throws Exception {
        return vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(KeyCertOptions.wrap(keys))
                        .setEnabledSecureTransportProtocols(Set.of(protocol)))
                .requestHandler(request -> {
                    sessionCreated.set(request.sslSession().getCreationTime());
                    request.response().end("fine");
                })
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    private static void close(HttpServer server) throws Exception {
        server.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static CheckResult probe(JudgedProber prober, HttpServer server, Map<String, ?> fields) {
        return Probes.await(context, prober, Services.of("https://localhost:" + server.actualPort() + "/", fields));
    }

    /**
     * Whether the session is of this handshake. (The use of the key does not tell: newer JDKs look it up to resume.)
     */
    private static boolean isFull(JudgedProber prober, HttpServer server) {
        long before = System.currentTimeMillis();
        while (before <= sessionCreated.get()) { // still in the millisecond of the session before
            Thread.onSpinWait();
            before = System.currentTimeMillis();
        }
        CheckResult result = probe(prober, server, Map.of());
        assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
        return sessionCreated.get() >= before;
    }

    @ParameterizedTest
    @CsvSource({"true, TLSv1.2", "true, TLSv1.3", "false, TLSv1.2", "false, TLSv1.3"})
    void resumesUntilAFullHandshakeIsDueAgain(boolean boringSsl, String protocol) throws Exception {
        CountingKeyManager keys = new CountingKeyManager(certificates.store(), "good");
        HttpServer server = server(keys, protocol, 0);
        JudgedProber prober = prober(boringSsl, SECONDS);
        try {
            assertThat(isFull(prober, server)).as("the first").isTrue();
            for (int i = 0; i < 3; i++) {
                clock.advance(SECONDS * 1000L / 3 - 1000);
                assertThat(isFull(prober, server)).as("within the hour").isFalse();
            }
            clock.advance(3_001);
            assertThat(isFull(prober, server)).as("after an hour").isTrue();
            assertThat(isFull(prober, server)).as("after that").isFalse();
            assertThat(prober.fullHandshakes()).isEqualTo(2);
            assertThat(prober.resumedHandshakes()).isEqualTo(4);
        } finally {
            close(server);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void resumesNothingPastTheEndOfTheCertificate(boolean boringSsl) throws Exception {
        CountingKeyManager keys = new CountingKeyManager(certificates.store(), "good");
        HttpServer server = server(keys, "TLSv1.3", 0);
        JudgedProber prober = prober(boringSsl, 86_400);
        try {
            clock.advance(TimeUnit.DAYS.toMillis(365) - TimeUnit.HOURS.toMillis(1));
            assertThat(isFull(prober, server)).isTrue();
            assertThat(isFull(prober, server)).isFalse();
            clock.advance(TimeUnit.HOURS.toMillis(2));
            assertThat(isFull(prober, server)).isTrue();
        } finally {
            close(server);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aSessionThatWasNotVerifiedIsNotResumedWhereItMustBe(boolean boringSsl) throws Exception {
        CountingKeyManager keys = new CountingKeyManager(certificates.store(), "other");
        HttpServer server = server(keys, "TLSv1.3", 0);
        JudgedProber prober = prober(boringSsl, SECONDS);
        try {
            for (int i = 0; i < 2; i++) {
                assertThat(probe(prober, server, Map.of("ignoreTlsErrors", true))
                                .outcome())
                        .isEqualTo(Outcome.UP);
                assertThat(probe(prober, server, Map.of()).error())
                        .isEqualTo("certificate is not valid for this host name");
            }
            assertThat(prober.fullHandshakes())
                    .as("those that succeeded, none of them verified")
                    .isEqualTo(1);
            assertThat(prober.resumedHandshakes()).isEqualTo(1);
        } finally {
            close(server);
        }
    }

    @Test
    void aServerThatHasForgottenTheSessionIsAskedForItsCertificate() throws Exception {
        CountingKeyManager keys = new CountingKeyManager(certificates.store(), "good");
        int port = FreePorts.one();
        HttpServer server = server(keys, "TLSv1.3", port);
        JudgedProber prober = prober(OpenSsl.isAvailable(), SECONDS);
        try {
            assertThat(isFull(prober, server)).isTrue();
        } finally {
            close(server);
        }
        HttpServer successor = server(keys, "TLSv1.3", port);
        try {
            assertThat(isFull(prober, successor)).isTrue();
            assertThat(isFull(prober, successor)).isFalse();
        } finally {
            close(successor);
        }
    }

    @Test
    void resumesNothingByDefault() throws Exception {
        CountingKeyManager keys = new CountingKeyManager(certificates.store(), "good");
        HttpServer server = server(keys, "TLSv1.3", 0);
        JudgedProber prober = prober(OpenSsl.isAvailable(), 0);
        try {
            for (int i = 0; i < 3; i++) {
                assertThat(isFull(prober, server)).isTrue();
            }
            assertThat(prober.fullHandshakes()).isEqualTo(3);
            assertThat(prober.resumedHandshakes()).isZero();
        } finally {
            close(server);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 3, 6, 6", "false, 3, 6, 6", "true, 2, 0, 4", "false, 2, 0, 4"})
    void resumesOfAsManyServersAsItRemembers(boolean boringSsl, int most, int atLeast, int atMost) throws Exception {
        CountingKeyManager keys = new CountingKeyManager(certificates.store(), "good");
        List<HttpServer> servers = new ArrayList<>();
        JudgedProber prober = prober(boringSsl, SECONDS, most);
        try {
            for (int i = 0; i < 3; i++) {
                servers.add(server(keys, "TLSv1.3", 0));
            }
            for (int round = 0; round < 3; round++) {
                for (HttpServer server : servers) {
                    isFull(prober, server);
                }
            }
            assertThat(prober.resumedHandshakes()).isBetween((long) atLeast, (long) atMost);
            assertThat(prober.fullHandshakes() + prober.resumedHandshakes()).isEqualTo(9);
        } finally {
            for (HttpServer server : servers) {
                close(server);
            }
        }
    }
}
