package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.openuptimes.web.intake.BodyReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Common to all paths: error format, headers, limits. */
class FallbacksTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer().with("OPENUPTIMES_HTTP_TRUSTED_PROXIES", "127.0.0.1");

    private static void assertError(Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(answer.json().getMap()).containsEntry("error", true).containsEntry("status", status);
        assertThat(answer.message()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/", "/api/nothing", "/api/keys/a/b", "/api/%2e%2e/x"})
    void whereThereIsNothing(String path) {
        assertError(api.get(path), 404);
        assertError(api.call("POST", path, "{}"), 404);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/status, 'GET, HEAD'",
        "POST, /api/history, 'GET, HEAD'",
        "GET, /api/ping-history, DELETE",
        "POST, /api/ping-history/ttl, 'GET, HEAD, PATCH'",
        "GET, /api/keys/some, DELETE",
        "GET, /api/services/bulk, 'DELETE, PATCH, PUT'",
        "DELETE, /api/services/export, 'GET, HEAD'",
        "PUT, /api/services/declared, 'GET, HEAD'",
        "PATCH, /api/services/restore, POST",
        "DELETE, /api/services/test, POST",
        "POST, /api/services/changes, 'GET, HEAD'",
        "POST, /api/status/changes, 'GET, HEAD'",
        "POST, /api/services/some, 'DELETE, GET, HEAD, PATCH, PUT'",
        "POST, /api/services/by-name/some, 'DELETE, GET, HEAD, PATCH, PUT'",
        "POST, /api/services/by-name/%2E%2E, 'DELETE, GET, HEAD, PATCH, PUT'",
        "POST, /api/services/by-name/a%2Fb, 'DELETE, GET, HEAD, PATCH, PUT'",
        "DELETE, /api/ping, 'GET, HEAD'",
        "POST, /, 'GET, HEAD'"
    })
    void anotherMethodIsToldWhichThereAre(String method, String path, String allowed) {
        Answer answer = api.send(method, path, null);

        assertError(answer, 405);
        assertThat(answer.header("Allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void aBodyMustBeJson(String contentType) {
        assertError(
                api.send(
                        "POST",
                        "/api/services",
                        "{\"name\":\"a\"}",
                        "Authorization",
                        "Bearer " + ApiServer.KEY,
                        "Content-Type",
                        contentType),
                415);
    }

    @Test
    void aBodyHasABound() {
        assertError(api.call("POST", "/api/services", "{\"name\":\"" + "x".repeat(BodyReader.MAX_BYTES) + "\"}"), 413);
        Answer justFits =
                api.call("POST", "/api/services", "{\"name\":\"" + "x".repeat(BodyReader.MAX_BYTES - 20) + "\"}");
        assertThat(justFits.message()).isEqualTo("name: must be at most 200 characters");
    }

    @Test
    void aBodyInChunksHasTheSameBound() throws IOException {
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        String answer = raw("POST /api/services HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + ApiServer.KEY
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(17));

        assertThat(answer).startsWith("HTTP/1.1 413").contains("\"status\":413");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /api/status\\r\\n\\r\\n                          | 400
            GET /api/status HTTP/1.1\\r\\n\\r\\n                 | 400
            GET /api/%zz HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n       | 400
            GET /LONG HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n          | 414
            GET / HTTP/1.1\\r\\nHost: a\\r\\nX: LONG\\r\\n\\r\\n | 431
            GET / HTTP/1.2\\r\\nHost: a\\r\\n\\r\\n          | 501
            BREW /api/status HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n | 501
            POST /api/services HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: gzip, chunked\\r\\n\\r\\n | 501
            POST /api/services HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\n | 400
            """)
    void whatIsNoProperRequestIsAnsweredAlike(String request, int status) throws IOException {
        String answer = raw(request.replace("\\r", "\r").replace("\\n", "\n").replace("LONG", "x".repeat(20_000)));

        assertThat(answer)
                .matches("(?s)HTTP/[0-9.]+ " + status + " .*")
                .contains("\"status\":" + status)
                .contains("X-Content-Type-Options: nosniff");
    }

    @Test
    void aMalformedPathIsNamed() throws IOException {
        assertThat(raw("GET /api/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .contains("path: is not valid percent-encoded UTF-8");
    }

    @Test
    void http2IsNotSpokenInClearText() throws IOException {
        assertThat(raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).contains(" 501 Not Implemented", "\"error\":true");
        String upgrade = """
                GET /healthz HTTP/1.1
                Host: a
                Connection: Upgrade, HTTP2-Settings
                Upgrade: h2c
                HTTP2-Settings: AAMAAABkAAQAAP__

                """.replace("\n", "\r\n");
        assertThat(raw(upgrade)).startsWith("HTTP/1.1 200");
    }

    @Test
    void onlyWhatCameByTlsAsksForIt() {
        assertThat(api.get("/api/status").headers()).doesNotContainKey("strict-transport-security");
        assertThat(api.get("/api/status", "X-Forwarded-Proto", "https").header("Strict-Transport-Security"))
                .isEqualTo("max-age=31536000");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(60_000);
            byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
            try {
                socket.getOutputStream().write(bytes);
            } catch (IOException e) {
                // a request rejected before it was read completely still gets its response
            }
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            byte[] buffer = new byte[4096];
            int read = in.read(buffer);
            while (read > 0) {
                answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
                read = answer.toString().endsWith("}") ? 0 : in.read(buffer);
            }
            return answer.toString();
        }
    }

    @ParameterizedTest
    @CsvSource({"/api/status", "/api/services", "/api/nothing", "/", "/docs", "/metrics", "/healthz"})
    void everyAnswerHasTheSecurityHeaders(String path) {
        Answer answer = api.get(path);

        assertThat(answer.header("Content-Security-Policy"))
                .startsWith("default-src '")
                .contains("frame-ancestors 'none'");
        if (path.startsWith("/api")) {
            assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
        }
        assertThat(answer.headers())
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("x-frame-options", "DENY")
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry("cross-origin-opener-policy", "same-origin")
                .containsKey("cross-origin-resource-policy")
                .containsKey("permissions-policy")
                .doesNotContainKey("server");
    }
}
