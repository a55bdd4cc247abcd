package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.config.Settings;
import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.RawHttp2;
import io.openuptimes.web.http.Outflow;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP/2 clients that send requests but do not open their windows for the responses. */
class ClosedWindowTest {

    private static final int STREAM = 1;
    private static final Outflow.Limits IMPATIENT = new Outflow.Limits(100_000_000, 50_000_000, 1_000);

    @TempDir
    private static Path dir;

    private static Settings.Tls tls;
    private static LargeBoard server;

    @BeforeAll
    static void start() {
        Certificates certificates = Certificates.in(dir).signed("server", "ip:127.0.0.1");
        tls = new Settings.Tls(
                certificates.pem("server").toString(),
                certificates.key("server").toString());
        server = new LargeBoard(100, Clock.systemUTC(), IMPATIENT, "service-", tls);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static double stalled() {
        return server.registry()
                .get("openuptimes.http.answers.broken.off")
                .tag("reason", "stalled")
                .functionCounter()
                .count();
    }

    private static double reserved() {
        return server.registry().get("openuptimes.http.answers.bytes").gauge().value();
    }

    private static RawHttp2 ask(LargeBoard asked, String method, String path) throws Exception {
        RawHttp2 client = RawHttp2.beginWithClosedWindow(asked.port());
        client.frame(
                RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, STREAM, RawHttp2.request(method, path));
        return client;
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/status, 200", // sent in several chunks
        "GET, /openapi.json, 200",
        "GET, /metrics, 200",
        "GET, /api/status?limit=3, 200", // short responses
        "GET, /healthz, 200",
        "GET, /api/nothing, 404",
        "POST, /api/services, 401",
        "BREW, /api/status, 501"
    })
    void anAnswerThatIsNotTakenIsReset(String method, String path, int status) throws Exception {
        double before = stalled();
        try (RawHttp2 client = ask(server, method, path)) {
            assertThat(client.status()).isEqualTo(new RawHttp2.Status(STREAM, status));

            assertThat(client.next(RawHttp2.RST_STREAM).stream()).isEqualTo(STREAM);

            eventually(() -> assertThat(stalled()).isEqualTo(before + 1));
            eventually(() -> assertThat(reserved()).isZero());
        }
    }

    @Test
    void anAnswerIsSentOnceTheWindowOpens() throws Exception {
        Outflow.Limits patient = new Outflow.Limits(100_000_000, 50_000_000, 600_000);
        try (LargeBoard waiting = new LargeBoard(100, Clock.systemUTC(), patient, "service-", tls);
                RawHttp2 client = ask(waiting, "GET", "/healthz")) {
            assertThat(client.status().code()).isEqualTo(200);

            client.frame(
                    RawHttp2.WINDOW_UPDATE,
                    0,
                    STREAM,
                    ByteBuffer.allocate(4).putInt(1_000).array());

            RawHttp2.Frame body = client.next(RawHttp2.DATA);
            assertThat(body.payload().hasRemaining()).isTrue();
            assertThat(body.flags()).isEqualTo(RawHttp2.END_STREAM);
        }
    }

    @Test
    void shortAnswersThatACallerLetsWaitAreCounted() throws Exception {
        Outflow.Limits patient = new Outflow.Limits(100_000, 5_000, 600_000);
        try (LargeBoard small = new LargeBoard(100, Clock.systemUTC(), patient, "service-", tls);
                RawHttp2 client = RawHttp2.beginWithClosedWindow(small.port())) {
            int last = 2 * 20 - 1; // even a dozen exceed the caller's limit of pending responses
            for (int stream = STREAM; stream <= last; stream += 2) {
                client.frame(
                        RawHttp2.HEADERS,
                        RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                        stream,
                        RawHttp2.request("GET", "/api/status?limit=3"));
            }

            assertThat(client.next(RawHttp2.RST_STREAM).stream()).isGreaterThan(STREAM);

            assertThat(small.registry()
                            .get("openuptimes.http.answers.bytes")
                            .gauge()
                            .value())
                    .isBetween(1.0, 5_000.0);
        }
    }
}
