package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @AfterEach
    void clear() {
        api.deleteAll();
    }

    @Test
    void theStoreAnswers() {
        assertThat(api.get("/api/test-redis").text()).isEqualTo("{\"connected\":true,\"ping\":\"PONG\"}");
    }

    @Test
    void itIsAliveAndReady() {
        assertThat(api.get("/healthz").text()).isEqualTo("{\"status\":\"alive\"}");
        assertThat(api.get("/readyz").text()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void metricsShowServicesTheProcessAndRequests() {
        api.create("a \"b\" \\c", api.url(200));
        api.create("bad", api.url(500));
        api.create(
                new JsonObject().put("name", "hidden").put("url", api.url(200)).put("visible", false));
        api.getWithKey("/api/ping");
        api.get("/api/status");

        Answer metrics = api.get("/metrics");

        assertThat(metrics.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(metrics.text())
                .containsPattern("openuptimes_service_up\\{service=\"a \\\\\"b\\\\\" \\\\\\\\c\",.*} 1\n")
                .containsPattern("openuptimes_service_up\\{service=\"bad\",.*} 0\n")
                .containsPattern("openuptimes_service_response_seconds\\{service=\"bad\",.*} \\d+\\.\\d+\n")
                .containsPattern("openuptimes_schedule_services \\d")
                .containsPattern("openuptimes_schedule_due \\d")
                .containsPattern("openuptimes_schedule_keeping_up [01]")
                .containsPattern("openuptimes_checks_in_flight \\d")
                .containsPattern("openuptimes_checks_tls_handshakes_total\\{resumed=\"false\"} 0")
                .containsPattern("openuptimes_checks_tls_handshakes_total\\{resumed=\"true\"} 0")
                .contains("openuptimes_event_streams_ended_total{reason=\"stalled\"} 0")
                .containsPattern(
                        "openuptimes_http_requests_seconds_count\\{operation=\"getStatus\",status=\"200\"} [1-9]")
                .contains("jvm_memory_used_bytes")
                .doesNotContain("hidden");
        // strict parsers reject a metric described twice
        assertThat(metrics.text().lines().filter(line -> line.startsWith("# TYPE ")))
                .extracting(line -> line.split(" ", 4)[2])
                .doesNotHaveDuplicates();
        assertThat(api.getWithKey("/metrics").text())
                .containsPattern("openuptimes_service_up\\{service=\"hidden\",.*} 1\n");
    }

    @Test
    void theContractIsServed() {
        assertThat(api.get("/openapi.yaml").header("Content-Type")).startsWith("application/yaml");
        assertThat(api.get("/openapi.yaml").text()).startsWith("openapi: 3.1.0");
        assertThat(api.get("/openapi.json").json().getJsonObject("paths").getMap())
                .containsKeys("/api/status", "/api/keys", "/api/setup/complete");
    }

    @ParameterizedTest
    @CsvSource({
        "/, /status/main.js",
        "/setup, /setup/main.js",
        "/admin, /admin/main.js",
        "/admin/services, /admin/main.js",
        "/docs, swagger-ui-bundle.js"
    })
    void pagesAreServedWithAStrictPolicy(String path, String content) {
        Answer page = api.get(path);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.text()).contains(content);
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe", "http:", "https:", "*");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(api.get(path, "If-None-Match", page.header("ETag")).status()).isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource({"/", "/services/x", "/setup", "/admin", "/docs"})
    void pagesHoldNothingInlineButTheImportMap(String path) {
        assertThat(api.get(path).text())
                .doesNotContainPattern("<script(?![^>]* (src=|type=\"importmap\"))")
                .doesNotContain("<style", " style=", " onclick=", "javascript:");
    }

    @Test
    void theImportMapIsTheOneThatThePolicyNames() throws Exception {
        Answer page = api.get("/");
        String importMap = page.text().replaceAll("(?s).*<script type=\"importmap\">|</script>.*", "");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(importMap.getBytes(StandardCharsets.UTF_8));

        assertThat(new JsonObject(importMap).getJsonObject("imports").getMap()).containsKeys("lit", "uplot");
        assertThat(page.header("Content-Security-Policy"))
                .contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "base.css, text/css; charset=utf-8, --accent",
        "theme.js, text/javascript; charset=utf-8, localStorage",
        "favicon.svg, image/svg+xml, <svg",
        "lib/lit/index.js, text/javascript; charset=utf-8, lit-element",
        "lib/lit-html/directives/repeat.js, text/javascript; charset=utf-8, export",
        "lib/uplot/uPlot.js, text/javascript; charset=utf-8, uPlot",
        "lib/swagger-ui/swagger-ui-bundle.js, text/javascript; charset=utf-8, SwaggerUIBundle"
    })
    void whatThePagesLoadIsCompressedAndKeptForGood(String name, String type, String content) {
        String assets = api.get("/").text().replaceAll("(?s).*href=\"(/assets/[^/]+)/.*", "$1");
        Answer file = api.get(assets + "/" + name);

        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Type")).isEqualTo(type);
        assertThat(file.header("Cache-Control")).contains("immutable");
        assertThat(file.text()).contains(content);
        assertThat(api.get(assets + "/" + name, "Accept-Encoding", "gzip").header("Content-Encoding"))
                .isEqualTo("gzip");
        assertThat(api.get("/assets/older/" + name).header("Cache-Control")).isEqualTo("no-cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/",
                "/assets/x",
                "/assets/x/",
                "/assets/x/none.js",
                "/assets/x/../page.html",
                "/assets/x/%2e%2e/page.html",
                "/assets//etc/passwd"
            })
    void onlyKnownFilesAreServed(String path) {
        assertThat(api.get(path).status()).isEqualTo(404);
    }
}
