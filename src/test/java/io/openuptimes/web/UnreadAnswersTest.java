package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.SilentClient;
import io.openuptimes.web.http.Outflow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that ask for much and read nothing. */
class UnreadAnswersTest {

    private static final String WITH_KEY = "Authorization: Bearer " + LargeBoard.KEY;
    private static final Outflow.Limits LIMITS = new Outflow.Limits(16_000_000, 4_000_000, 300);

    /** Answers that hold everything are kept as one up to 4,000 services, and made of pieces beyond. */
    private static final LargeBoard small = new LargeBoard(4_000, Clock.systemUTC(), LIMITS);

    private static final LargeBoard large = new LargeBoard(10_000, Clock.systemUTC(), LIMITS);

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterAll
    static void stop() {
        small.close();
        large.close();
    }

    private HttpResponse<String> get(LargeBoard server, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .timeout(java.time.Duration.ofSeconds(20))
                        .header("Authorization", "Bearer " + LargeBoard.KEY)
                        .build(),
                BodyHandlers.ofString());
    }

    private double metric(LargeBoard server, String name) throws Exception {
        return get(server, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private double stalled(LargeBoard server) throws Exception {
        return metric(server, "openuptimes_http_answers_broken_off_total{reason=\"stalled\"}");
    }

    private String swagger() throws Exception {
        String page = get(small, "/docs").body();
        int at = page.indexOf("/assets/");
        return page.substring(at, page.indexOf('/', at + 8)) + "/lib/swagger-ui/swagger-ui-bundle.js";
    }

    @ParameterizedTest
    @CsvSource({
        "small, /metrics",
        "large, /metrics",
        "small, /api/status",
        "large, /api/status",
        "small, /api/services",
        "large, /api/services",
        "large, /api/status?limit=2000",
        "large, /api/services?limit=2000",
        "large, /api/services/export",
        "small, swagger"
    })
    void anAnswerThatIsNotReadIsReset(String board, String path) throws Exception {
        LargeBoard server = board.equals("small") ? small : large;
        String asked = path.equals("swagger") ? swagger() : path;
        int whole = get(server, asked).body().length();
        double before = stalled(server);
        try (SilentClient silent = new SilentClient(server.port()).get(asked, WITH_KEY)) {
            eventually(() -> assertThat(stalled(server)).isEqualTo(before + 1));

            assertThat(silent.drain()).isLessThan(whole);
        }
    }

    @Test
    void aSlowReaderThatGoesOnGetsAllOfIt() throws Exception {
        int whole = get(large, "/api/status").body().length();
        double before = stalled(large);
        try (SilentClient slow = new SilentClient(large.port()).get("/api/status", WITH_KEY, "Connection: close")) {
            long end = System.nanoTime() + 2_000_000_000L; // several times as long as a reader may do nothing
            long bytes = 0;
            byte[] some = new byte[16 * 1024];
            while (System.nanoTime() < end) {
                bytes += slow.socket().getInputStream().read(some);
                Thread.sleep(20);
            }
            assertThat(bytes + slow.drain()).isGreaterThan(whole);
        }
        assertThat(stalled(large)).isEqualTo(before);
    }

    @Test
    void oneCallerHasSoManyUnderWayAndOthersGoOn() throws Exception {
        double before = metric(large, "openuptimes_http_answers_refused_total");
        List<SilentClient> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                silent.add(new SilentClient("127.0.0.9", large.port()).get("/metrics"));
            }
            List<Integer> statuses = new ArrayList<>();
            for (SilentClient each : silent) {
                statuses.add(each.status());
            }
            assertThat(statuses).contains(200, 429).doesNotContain(503);
            assertThat(metric(large, "openuptimes_http_answers_refused_total")).isGreaterThan(before);
            assertThat(get(large, "/metrics").statusCode()).isEqualTo(200);
        } finally {
            close(silent);
        }
    }

    @Test
    void whatWasReservedIsGivenBack() throws Exception {
        try (SilentClient silent = new SilentClient(large.port()).get("/metrics", WITH_KEY)) {
            assertThat(silent.status()).isEqualTo(200);
        }

        // what is left is the reservation of the answer that tells it
        double ofOne = get(large, "/metrics").body().length() + 96 * 1024;
        eventually(() ->
                assertThat(metric(large, "openuptimes_http_answers_bytes")).isLessThanOrEqualTo(ofOne));
    }

    @Test
    void manyPipelinedRequestsDoNotPileUpAnswers() throws Exception {
        String timer = "openuptimes_http_requests_seconds_count{operation=\"getStatus\",status=\"200\"}";
        double before = metric(small, timer);
        try (SilentClient silent = new SilentClient(small.port())) {
            for (int i = 0; i < 2_000; i++) {
                silent.get("/api/status?limit=30", WITH_KEY);
            }
            eventually(() -> assertThat(metric(small, timer)).isGreaterThan(before));
            double last = before;
            for (double now = metric(small, timer); now != last; now = metric(small, timer)) {
                last = now;
            }

            assertThat(last - before).isLessThan(500); // what the sockets hold, and a little more
        }
    }

    private static void close(List<SilentClient> clients) throws IOException {
        for (SilentClient each : clients) {
            each.close();
        }
    }
}
