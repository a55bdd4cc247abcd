package io.openuptimes.check.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.openuptimes.testing.Await;
import io.openuptimes.testing.OpensslServer;
import io.openuptimes.testing.PemCertificates;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that answers some handshakes with an alert and accepts others, regardless of the engine. */
class EngineFallbackTest {

    /** A fatal alert {@code internal_error} of TLS 1.2. */
    private static final Buffer ALERT = Buffer.buffer(new byte[] {21, 3, 3, 0, 2, 2, 80});

    private static Vertx vertx;
    private static PemCertificates certificates;
    private static OpensslServer good;
    private static NetServer server;
    private static final AtomicInteger ALERTS = new AtomicInteger();

    @BeforeAll
    static void start(@TempDir Path directory) {
        assumeTrue(PemCertificates.available(), "no openssl");
        assumeTrue(OpenSsl.isAvailable(), "no BoringSSL on this platform");
        certificates = PemCertificates.in(directory).named("server", "DNS:localhost");
        good = OpensslServer.start(certificates, "server");
        vertx = Vertx.vertx();
        NetClient upstream = vertx.createNetClient();
        server = Await.await(vertx.createNetServer()
                .connectHandler(socket -> {
                    if (ALERTS.getAndDecrement() > 0) {
                        socket.handler(hello -> socket.end(ALERT));
                    } else {
                        pass(socket, upstream);
                    }
                })
                .listen(0, "127.0.0.1"));
    }

    private static void pass(NetSocket socket, NetClient upstream) {
        socket.pause();
        upstream.connect(good.port(), "127.0.0.1").onSuccess(other -> {
            socket.pipeTo(other);
            other.pipeTo(socket);
        });
    }

    @AfterAll
    static void stop() {
        if (vertx != null) {
            Await.await(vertx.close());
            good.close();
        }
    }

    private static boolean connects(TlsClient client, int alertsFirst, int tries) throws Exception {
        ALERTS.set(alertsFirst);
        TlsClient.Result result = client.connect("localhost", server.actualPort());
        assertThat(result.problem()).isEmpty();
        assertThat(result.tries()).isEqualTo(tries);
        return result.handshake().handler().engine() instanceof ReferenceCountedOpenSslEngine;
    }

    @Test
    void one_alert_does_not_make_the_jdks_engine_the_first() throws Exception {
        try (TlsClient client = new TlsClient(certificates.authority(), true, Map.of())) {
            for (int i = 0; i < 3; i++) {
                assertThat(connects(client, 1, 2)).isFalse();
                assertThat(connects(client, 0, 1)).as("with BoringSSL").isTrue();
            }
        }
    }

    @Test
    void where_the_preferred_engine_fails_boring_ssl_gets_a_try() throws Exception {
        try (TlsClient client = new TlsClient(certificates.authority(), true, Map.of())) {
            connects(client, 1, 2);
            connects(client, 1, 2);
            assertThat(connects(client, 0, 1)).as("with BoringSSL").isFalse();
            assertThat(connects(client, 1, 2)).as("with BoringSSL").isTrue();
            assertThat(connects(client, 0, 1)).as("with BoringSSL").isTrue();
        }
    }

    @Test
    void a_server_that_fails_gets_three_tries_at_most() throws Exception {
        try (TlsClient client = new TlsClient(certificates.authority(), true, Map.of())) {
            connects(client, 1, 2);
            connects(client, 1, 2);
            for (int tries : new int[] {3, 2}) {
                ALERTS.set(10);
                TlsClient.Result result = client.connect("localhost", server.actualPort());
                assertThat(result.problem()).endsWith("the server sent the alert internal_error");
                assertThat(result.tries()).isEqualTo(tries);
            }
        }
    }
}
