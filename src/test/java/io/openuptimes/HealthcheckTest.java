package io.openuptimes;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.FreePorts;
import io.openuptimes.testing.RunningApp;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthcheckTest {

    private Vertx vertx;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(60, TimeUnit.SECONDS);
    }

    private String serve(Handler<HttpServerRequest> handler) throws Exception {
        return String.valueOf(vertx.createHttpServer()
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .await(60, TimeUnit.SECONDS)
                .actualPort());
    }

    private static Optional<String> problem(String host, String port, int timeoutMs) {
        return Healthcheck.problem(
                Map.of("OPENUPTIMES_HTTP_HOST", host, "OPENUPTIMES_HTTP_PORT", port), Duration.ofMillis(timeoutMs));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.0.0.0", "::", "127.0.0.1", "localhost"})
    void a_service_that_answers_is_healthy_wherever_it_listens(String host) throws Exception {
        String port = serve(request -> request.response()
                .setStatusCode(request.path().equals("/healthz") ? 200 : 404)
                .end());

        assertThat(problem(host, port, 60_000)).isEmpty();
    }

    @Test
    void white_space_at_the_end_of_a_variable_is_cut() throws Exception {
        String port = serve(request -> request.response().end());

        assertThat(problem("127.0.0.1\r", port + "\r", 60_000)).isEmpty();
        assertThat(problem("\r", port + " ", 60_000)).isEmpty();
    }

    @Test
    void an_ipv6_address_is_asked_in_brackets() {
        assertThat(problem("::1", "99999", 100)).get().asString().startsWith("http://[::1]:99999/healthz");
        assertThat(problem("[::1]", "99999", 100)).get().asString().startsWith("http://[::1]:99999/healthz");
    }

    @Test
    void another_status_is_a_problem() throws Exception {
        String port = serve(request -> request.response().setStatusCode(503).end());

        assertThat(problem("", port, 60_000)).hasValue("http://127.0.0.1:" + port + "/healthz answers 503");
    }

    @Test
    void no_answer_is_a_problem() throws Exception {
        String port = serve(request -> {});

        assertThat(problem("", port, 100)).get().asString().contains("timed out");
    }

    @Test
    void nobody_there_is_a_problem() throws Exception {
        String port = String.valueOf(FreePorts.one());

        assertThat(problem("", port, 60_000)).get().asString().contains("ConnectException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "-2", "99999"})
    void a_port_that_cannot_be_is_a_problem(String port) {
        assertThat(problem("", port, 100)).get().asString().contains("127.0.0.1:" + port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/cert.pem"})
    void a_service_that_speaks_tls_is_healthy_whatever_its_certificate(String cert, @TempDir Path directory)
            throws Exception {
        Certificates certificates = Certificates.in(directory).expired("old", "dns:elsewhere");
        String port = String.valueOf(vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertPath(certificates.pem("old").toString())
                                .addKeyPath(certificates.key("old").toString())))
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1")
                .await(60, TimeUnit.SECONDS)
                .actualPort());

        assertThat(Healthcheck.problem(
                        Map.of("OPENUPTIMES_HTTP_PORT", port, "OPENUPTIMES_HTTP_TLS_CERT", cert),
                        Duration.ofSeconds(60)))
                .isEmpty();
    }

    @Test
    void a_service_below_a_path_is_healthy() throws Exception {
        try (RunningApp app = RunningApp.start(Map.of("OPENUPTIMES_HTTP_BASE_PATH", "/uptime"))) {
            assertThat(problem("", String.valueOf(app.port()), 60_000)).isEmpty();
        }
    }
}
