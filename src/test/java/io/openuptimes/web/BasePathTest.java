package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.RawClient;
import io.openuptimes.web.ApiServer.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service below {@code /uptime}, behind a proxy that strips {@code /outer}. */
class BasePathTest {

    private static final String PREFIX = "X-Forwarded-Prefix";

    @RegisterExtension
    static final ApiServer api = new ApiServer()
            .with("OPENUPTIMES_HTTP_BASE_PATH", "/uptime")
            .with("OPENUPTIMES_HTTP_TRUSTED_PROXIES", "127.0.0.1")
            .with("OPENUPTIMES_HTTP_ALLOWED_PREFIXES", "/outer,/a/b");

    @ParameterizedTest
    @CsvSource({
        "/uptime, 200",
        "/uptime/, 200",
        "/uptime/admin, 200",
        "/uptime/favicon.svg, 200",
        "/uptime/api/status, 200",
        "/uptime/metrics, 200",
        "/uptime/readyz, 200",
        "/uptime/healthz, 200",
        "/readyz, 200",
        "/healthz, 200",
        "/, 404",
        "/admin, 404",
        "/api/status, 404",
        "/metrics, 404",
        "/uptimes, 404",
        "/uptimes/api/status, 404",
        "/uptime/uptime, 404"
    })
    void everything_is_below_the_base_path_and_probes_at_the_root_too(String path, int status) {
        Answer answer = api.get(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "/outer, /outer/uptime",
        "/outer/, /outer/uptime",
        "/a/b, /a/b/uptime",
        "'/evil, /outer', /outer/uptime",
        "'/outer, /evil', /uptime",
        "/evil, /uptime",
        "//evil.example, /uptime",
        "/OUTER, /uptime",
        "/outer//, /uptime",
        "/outer/x, /uptime",
        "/outer?, /uptime",
        "\"><script>, /uptime"
    })
    void a_prefix_that_is_allowed_stands_in_front_and_no_other_is_shown(String prefix, String mount) {
        Answer page = api.get("/uptime/admin", PREFIX, prefix);

        assertThat(page.text())
                .contains("href=\"" + mount + "/favicon.svg\"")
                .contains("{\"imports\":{\"lit\":\"" + mount + "/assets/")
                .doesNotContain("evil")
                .doesNotContain("\"><script>");
        assertThat(api.get("/uptime/openapi.json", PREFIX, prefix)
                        .json()
                        .getJsonArray("servers")
                        .getJsonObject(0)
                        .getString("url"))
                .isEqualTo(mount);
    }

    @Test
    void over_tls_the_cookie_of_a_path_has_the_prefix_for_it() {
        api.call("POST", "/uptime/api/setup/complete", "{\"password\": \"correct horse battery\"}");

        Answer in = api.send(
                "POST",
                "/uptime/api/auth/login",
                "{\"password\": \"correct horse battery\"}",
                "Content-Type",
                "application/json",
                "X-Forwarded-Proto",
                "https",
                PREFIX,
                "/outer");

        assertThat(in.header("Set-Cookie"))
                .contains("__Secure-openuptimes_session=")
                .contains("Path=/outer/uptime;")
                .doesNotContain("__Host-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/uptime/", "/uptime/api/status", "/uptime/readyz", "/readyz", "/healthz"})
    void options_are_answered_without_a_host_as_haproxy_asks(String path) throws IOException {
        try (RawClient client = new RawClient(api.port())) {
            String answer = client.send("OPTIONS " + path + " HTTP/1.0\r\n\r\n").answer();

            assertThat(answer).startsWith("HTTP/1.0 204").containsIgnoringCase("\r\nAllow: GET, HEAD, OPTIONS\r\n");
            assertThat(answer).endsWith("\r\n\r\n");
        }
    }

    /** HAProxy's default health check. */
    @Test
    void options_of_the_root_are_answered_outside_the_base_path() throws IOException {
        try (RawClient client = new RawClient(api.port())) {
            assertThat(client.send("OPTIONS / HTTP/1.0\r\n\r\n").answer())
                    .startsWith("HTTP/1.0 204")
                    .containsIgnoringCase("\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n");
        }
    }
}
