package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
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
    private static final Outflow.Limits LIMITS = new Outflow.Limits(100_000_000, 20_000_000, 2_000);

    /** So long that the sockets of a loopback connection do not hold an answer: megabytes. */
    private static final String NAME = "x".repeat(1_500);

    /** Answers that hold everything are kept as one up to 4,000 services, and made of pieces beyond. */
    private static final LargeBoard small = new LargeBoard(4_000, Clock.systemUTC(), LIMITS, NAME);

    private static final LargeBoard large = new LargeBoard(4_100, Clock.systemUTC(), LIMITS, NAME);

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterAll
    static void stop() {
        small.close();
        large.close();
    }

    private HttpResponse<String> get(LargeBoard server, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .header("Authorization", "Bearer " + LargeBoard.KEY)
                        .build(),
                BodyHandlers.ofString());
    }

    private static double stalled(LargeBoard server) {
        return server.registry()
                .get("openuptimes.http.answers.broken.off")
                .tag("reason", "stalled")
                .functionCounter()
                .count();
    }

    private static double refused(LargeBoard server) {
        return server.registry()
                .get("openuptimes.http.answers.refused")
                .functionCounter()
                .count();
    }

    @ParameterizedTest
    @CsvSource({
        "small, /metrics",
        "large, /metrics",
        "small, /api/status",
        "large, /api/status",
        "small, /api/services",
        "large, /api/services",
        "large, /api/services/export"
    })
    void anAnswerThatIsNotReadIsReset(String board, String path) throws Exception {
        LargeBoard server = board.equals("small") ? small : large;
        int whole = get(server, path).body().length();
        double before = stalled(server);
        try (SilentClient silent = new SilentClient(server.port()).get(path, WITH_KEY)) {
            eventually(() -> assertThat(stalled(server)).isEqualTo(before + 1));

            assertThat(silent.drain()).isLessThan(whole);
        }
    }

    @Test
    void oneCallerHasSoManyUnderWayAndOthersGoOn() throws Exception {
        double before = refused(large);
        List<SilentClient> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                silent.add(new SilentClient("127.0.0.9", large.port()).get("/metrics"));
            }
            List<Integer> statuses = new ArrayList<>();
            for (SilentClient each : silent) {
                statuses.add(each.status());
            }
            assertThat(statuses).contains(200, 429).doesNotContain(503);
            assertThat(refused(large)).isGreaterThan(before);
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

        eventually(() -> assertThat(large.registry()
                        .get("openuptimes.http.answers.bytes")
                        .gauge()
                        .value())
                .isZero());
    }

    @Test
    void manyPipelinedRequestsDoNotPileUpAnswers() throws Exception {
        double before = answered();
        try (SilentClient silent = new SilentClient(small.port())) {
            for (int i = 0; i < 2_000; i++) {
                silent.get("/api/status?limit=25", WITH_KEY);
            }
            eventually(() -> assertThat(answered()).isGreaterThan(before));
            double last = before;
            for (double now = answered(); now != last; now = answered()) {
                last = now;
                get(small, "/healthz"); // by the same event loop
            }

            assertThat(last - before).isLessThan(500); // what the sockets hold, and a little more
        }
    }

    private static double answered() {
        return small.registry().find("openuptimes.http.requests").tag("operation", "getStatus").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private static void close(List<SilentClient> clients) throws IOException {
        for (SilentClient each : clients) {
            each.close();
        }
    }
}
