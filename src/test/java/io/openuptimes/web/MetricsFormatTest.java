package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Promtool;
import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Prometheus format, with names and labels designed to break it. */
class MetricsFormatTest {

    @RegisterExtension
    static final ApiServer plain = new ApiServer();

    @RegisterExtension
    static final ApiServer detailed = new ApiServer()
            .with("OPENUPTIMES_METRICS_DETAILS", "true")
            .with("OPENUPTIMES_METRICS_LABELS", "team,a.b,a-b");

    private static final String HOSTILE = "a\"} 1 # \\n {x=\"\\";
    private static final Pattern SAMPLE = Pattern.compile(
            "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\\n]|\\\\[\\\\n\"])*\",?)*})?"
                    + " ([+-]?[0-9.]+(E[+-]?[0-9]+)?|NaN|[+-]Inf)");

    @BeforeAll
    static void check() {
        for (ApiServer api : List.of(plain, detailed)) {
            api.create(new JsonObject()
                    .put("name", HOSTILE)
                    .put("group", HOSTILE)
                    .put("url", api.url(500) + "?secret=\"{}\\")
                    .put("labels", new JsonObject().put("a.b", HOSTILE).put("a-b", "other")));
            api.create(new JsonObject().put("name", "ü 漢 😀").put("url", api.url(200)));
            api.create(new JsonObject().put("name", "nobody").put("url", "http://127.0.0.1:1/"));
            api.getWithKey("/api/ping");
            api.create(new JsonObject()
                    .put("name", "paused")
                    .put("url", api.url(200))
                    .put("paused", true));
        }
    }

    private static String line(String text, String begin) {
        return text.lines()
                .filter(line -> line.startsWith(begin))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + begin + " in\n" + text));
    }

    @Test
    void promtoolFindsNothing() throws Exception {
        for (ApiServer api : List.of(plain, detailed)) {
            Promtool.assertClean(api.get("/metrics").text());
            Promtool.assertClean(api.getWithKey("/metrics").text());
        }
    }

    @Test
    void everyLineIsOfTheFormatAndNoSeriesIsThereTwice() {
        for (ApiServer api : List.of(plain, detailed)) {
            Set<String> series = new HashSet<>();
            for (String line : api.getWithKey("/metrics").text().lines().toList()) {
                if (!line.startsWith("# ")) {
                    assertThat(line).matches(SAMPLE);
                    assertThat(series.add(line.substring(0, line.lastIndexOf(' '))))
                            .as(line)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void servicesHaveStateAndChosenLabels() {
        String text = detailed.get("/metrics").text();

        assertThat(line(text, "openuptimes_service_up{service=\"a\\\"} 1 # \\\\n {x=\\\"\\\\\""))
                .contains("label_team=\"\",label_a_b=\"a\\\"} 1 # \\\\n {x=\\\"\\\\\",label_a_b_2=\"other\"} 0");
        assertThat(text)
                .containsPattern("_state\\{service=\"ü 漢 😀\",.*,state=\"up\"} 1\n")
                .containsPattern("_state\\{service=\"nobody\",.*,state=\"down\"} 1\n")
                .containsPattern("_state\\{service=\"paused\",.*,state=\"paused\"} 1\n")
                .doesNotContain("_up{service=\"paused\"", "_timestamp_seconds{service=\"paused\"")
                .containsPattern("_last_check_timestamp_seconds\\{service=\"nobody\",.*} \\d{10}\\.\\d{3}\n");
    }

    @Test
    void detailsAreThereByTheSetting() {
        assertThat(detailed.get("/metrics").text())
                .containsPattern("_failure\\{service=\"nobody\",.*,class=\"connect\"} 1\n")
                .doesNotContain("_failure{service=\"ü", "_status_code{service=\"nobody\"")
                .containsPattern("_status_code\\{service=\"ü 漢 😀\",.*} 200\n")
                .containsPattern("_phase_seconds\\{service=\"ü 漢 😀\",.*,phase=\"firstByte\"} \\d+\\.\\d{3}\n");
        assertThat(plain.getWithKey("/metrics").text())
                .doesNotContain("_failure{", "_status_code{", "_phase_seconds{", "label_");
    }

    @Test
    void urlsAreForCallersWithAKeyAndTheirQueriesForThoseThatMayWrite() {
        String reader = plain.call(
                        "POST", "/api/keys", new JsonObject().put("name", "r").put("scope", "read"))
                .json()
                .getString("key");

        assertThat(plain.get("/metrics").text()).doesNotContain("_info{service", "http://");
        assertThat(plain.send("GET", "/metrics", null, "Authorization", "Bearer " + reader)
                        .text())
                .contains("url=\"" + plain.url(500) + "\"} 1")
                .doesNotContain("secret");
        assertThat(plain.getWithKey("/metrics").text()).contains("?secret=");
    }

    @Test
    void theProcessHasItsUsualNames() {
        String text = plain.get("/metrics").text();

        assertThat(line(text, "openuptimes_build_info{")).contains("version=\"", "java=\"" + Runtime.version());
        for (String name : List.of(
                "process_cpu_seconds_total",
                "process_resident_memory_bytes",
                "process_open_fds",
                "process_max_fds",
                "process_start_time_seconds")) {
            assertThat(line(text, name + " ")).matches(name + " [1-9].*|" + name + " 0\\.\\d+");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "text/html",
                "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1",
                "nonsense"
            })
    void theTextFormatIsAnsweredWhateverIsAccepted(String accepted) {
        Answer answer = plain.get("/metrics", "Accept", accepted);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    }
}
