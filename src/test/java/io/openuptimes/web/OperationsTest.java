package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                .contains("openuptimes_service_up{service=\"a \\\"b\\\" \\\\c\"} 1\n")
                .contains("openuptimes_service_up{service=\"bad\"} 0\n")
                .containsPattern("openuptimes_service_response_seconds\\{service=\"bad\"} \\d+\\.\\d+\n")
                .containsPattern(
                        "openuptimes_http_requests_seconds_count\\{operation=\"getStatus\",status=\"200\"} [1-9]")
                .contains("jvm_memory_used_bytes")
                .doesNotContain("hidden");
        assertThat(api.getWithKey("/metrics").text()).contains("openuptimes_service_up{service=\"hidden\"} 1\n");
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
        "/, text/html, /docs",
        "/docs, text/html, swagger-ui-bundle.js",
        "/docs.js, text/javascript, /openapi.json",
        "/style.css, text/css, font-family",
        "/favicon.svg, image/svg+xml, <svg",
        "/swagger-ui/swagger-ui.css, text/css, .swagger-ui",
        "/swagger-ui/swagger-ui-bundle.js, text/javascript, SwaggerUIBundle"
    })
    void pagesAreServedWithAStrictPolicy(String path, String type, String content) {
        Answer page = api.get(path);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith(type);
        assertThat(page.text()).contains(content);
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'self'")
                .doesNotContain("unsafe");
        assertThat(api.get(path, "If-None-Match", page.header("ETag")).status()).isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource({"/", "/docs"})
    void pagesHoldNothingInline(String path) {
        assertThat(api.get(path).text())
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContain("<style", " style=", " onclick=", "javascript:");
    }
}
