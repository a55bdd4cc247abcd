package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.SilentClient;
import io.openuptimes.web.http.Outflow;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that ask for much and read nothing. */
class UnreadAnswersTest {

    private static final String WITH_KEY = "Authorization: Bearer " + ApiServer.KEY;
    private static final int SERVICES = 3_000;

    @RegisterExtension
    static final ApiServer api = new ApiServer().with(new Outflow.Limits(16_000_000, 4_000_000, 300));

    @BeforeAll
    static void manyServices() throws Exception {
        JsonArray services = new JsonArray();
        for (int i = 0; i < SERVICES; i++) {
            services.add(new JsonObject()
                    .put("name", "service " + i + " " + "x".repeat(150))
                    .put("url", api.url(200))
                    .put("description", "y".repeat(150)));
        }
        api.call("PUT", "/api/services/bulk", new JsonObject().put("services", services));
        eventually(() -> assertThat(api.getWithKey("/api/status?limit=1&status=up")
                        .json()
                        .getInteger("matching"))
                .isEqualTo(SERVICES));
    }

    private static double metric(String name) {
        return api.getWithKey("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static double stalled() {
        return metric("openuptimes_http_answers_broken_off_total{reason=\"stalled\"}");
    }

    private static String swagger() {
        String page = api.get("/docs").text();
        int at = page.indexOf("/assets/");
        return page.substring(at, page.indexOf('/', at + 8)) + "/lib/swagger-ui/swagger-ui-bundle.js";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/metrics",
                "/api/status",
                "/api/status?limit=2000",
                "/api/services",
                "/api/services?limit=2000",
                "/api/services/export",
                "swagger"
            })
    void anAnswerThatIsNotReadIsReset(String path) throws Exception {
        double before = stalled();
        String asked = path.equals("swagger") ? swagger() : path;
        int whole = api.getWithKey(asked).text().length();
        try (SilentClient client = new SilentClient(api.port()).get(asked, WITH_KEY)) {
            eventually(() -> assertThat(stalled()).isEqualTo(before + 1));

            assertThat(client.drain()).isLessThan(whole);
        }
        eventually(() -> assertThat(metric("openuptimes_http_answers_bytes")).isLessThan(5_000_000));
    }

    @Test
    void aSlowReaderThatGoesOnGetsAllOfIt() throws Exception {
        double before = stalled();
        try (SilentClient client = new SilentClient(api.port()).get("/metrics", WITH_KEY, "Connection: close")) {
            long end = System.nanoTime() + 2_000_000_000L; // several times as long as a reader may do nothing
            long bytes = 0;
            byte[] some = new byte[16 * 1024];
            while (System.nanoTime() < end) {
                bytes += client.socket().getInputStream().read(some);
                Thread.sleep(20);
            }
            bytes += client.drain();

            assertThat(bytes).isGreaterThan(SERVICES * 300);
        }
        assertThat(stalled()).isEqualTo(before);
    }

    @Test
    void oneCallerHasSoManyUnderWayAndOthersGoOn() throws Exception {
        double before = metric("openuptimes_http_answers_refused_total");
        List<SilentClient> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                silent.add(new SilentClient("127.0.0.9", api.port()).get("/metrics"));
            }
            List<Integer> statuses = new ArrayList<>();
            for (SilentClient client : silent) {
                statuses.add(client.status());
            }
            assertThat(statuses).contains(200, 429).doesNotContain(503);
            assertThat(metric("openuptimes_http_answers_refused_total")).isGreaterThan(before);
            assertThat(api.get("/metrics").status()).isEqualTo(200);
        } finally {
            close(silent);
        }
    }

    @Test
    void manyPipelinedRequestsDoNotPileUpAnswers() throws Exception {
        String timer = "openuptimes_http_requests_seconds_count{operation=\"getStatus\",status=\"200\"}";
        double before = metric(timer);
        try (SilentClient client = new SilentClient(api.port())) {
            for (int i = 0; i < 2_000; i++) {
                client.get("/api/status?limit=30", WITH_KEY);
            }
            eventually(() -> assertThat(metric(timer)).isGreaterThan(before));
            double answered = settled(timer) - before;

            assertThat(answered).isLessThan(500); // what the sockets hold, and a little more
        }
    }

    /** The value when it does not change any more between two looks. */
    private static double settled(String name) {
        double last = -1;
        for (double now = metric(name); now != last; now = metric(name)) {
            last = now;
        }
        return last;
    }

    private static void close(List<SilentClient> clients) throws IOException {
        for (SilentClient client : clients) {
            client.close();
        }
    }
}
