package io.openuptimes.web;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Scope;
import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.FreePorts;
import io.openuptimes.testing.RawServer;
import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /api/services/test}. */
class TrialTest {

    private static final String PATH = "/api/services/test";

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    private static JsonObject url(String url) {
        return new JsonObject().put("url", url);
    }

    private static JsonObject result(JsonObject fields) {
        Answer answer = api.call("POST", PATH, fields);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().getBoolean("success")).isTrue();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        return answer.json().getJsonObject("result");
    }

    private static void assertDown(JsonObject result, String failure, String text) {
        assertThat(result.getString("status")).isEqualTo("down");
        assertThat(result.getJsonObject("error"))
                .isEqualTo(new JsonObject().put("class", failure).put("text", text));
    }

    @Test
    void itTakesTheScopeWriteOrASessionWithItsCsrfToken() {
        String body = url(api.url(200)).encode();
        Callers callers = new Callers(api);
        callers.refuses("POST", PATH, body, Scope.WRITE);
        assertThat(callers.bySession("POST", PATH, body).status()).isEqualTo(200);
    }

    @Test
    void aServiceThatIsUp() {
        long before = System.currentTimeMillis();
        JsonObject result = result(url(api.url(200)));

        assertThat(result.fieldNames())
                .containsExactlyInAnyOrder(
                        "status",
                        "responseTime",
                        "statusCode",
                        "timestamp",
                        "phases",
                        "address",
                        "protocol",
                        "tlsVersion",
                        "certificate");
        assertThat(result.getString("address"))
                .isEqualTo("127.0.0.1:" + URI.create(api.url(200)).getPort());
        assertThat(result.getString("protocol")).isEqualTo("HTTP/1.1");
        assertThat(result.getValue("tlsVersion")).isNull();
        assertThat(result.getString("status")).isEqualTo("up");
        assertThat(result.getInteger("statusCode")).isEqualTo(200);
        assertThat(result.getLong("timestamp")).isBetween(before, System.currentTimeMillis());
        assertThat(result.getInteger("responseTime")).isNotNegative();
        assertThat(result.getJsonObject("phases").fieldNames())
                .containsExactlyInAnyOrder("dns", "connect", "tls", "firstByte", "transfer");
    }

    @Test
    void aWrongStatus() {
        JsonObject result = result(url(api.url(503)));

        assertThat(result.getInteger("statusCode")).isEqualTo(503);
        assertThat(result.getString("status")).isEqualTo("down");
        assertThat(result.getJsonObject("error").getString("class")).isEqualTo("status");
        assertThat(result(url(api.url(503)).put("expectedStatus", 503)).getString("status"))
                .isEqualTo("up");
    }

    @Test
    void aRefusedConnection() throws Exception {
        JsonObject result = result(url("http://127.0.0.1:" + FreePorts.one() + "/"));

        assertDown(result, "connect", "connection refused");
        assertThat(result.getValue("statusCode")).isNull();
        assertThat(result.getMap())
                .containsEntry("address", null)
                .containsEntry("protocol", null)
                .containsEntry("tlsVersion", null);
    }

    @Test
    void aTimeout() throws Exception {
        try (RawServer silent = RawServer.of(conversation -> conversation.awaitClosedByPeer())) {
            eventually(
                    () -> { // a busy machine may report only that
                        JsonObject result = result(url(silent.url()).put("timeout", 1_000));
                        assertThat(result.getString("status")).isEqualTo("down");
                        assertThat(result.getJsonObject("error").getString("class"))
                                .isEqualTo("timeout");
                    });
        }
    }

    @Test
    void aCertificateThatNobodyTrusts(@TempDir Path directory) {
        Certificates certificates = Certificates.in(directory).selfSigned("own", "dns:localhost,ip:127.0.0.1");
        Vertx vertx = Vertx.vertx();
        try {
            HttpServer server = await(vertx.createHttpServer(new HttpServerOptions()
                            .setSsl(true)
                            .setKeyCertOptions(new PfxOptions()
                                    .setPath(certificates.store().toString())
                                    .setPassword(Certificates.PASSWORD)
                                    .setAlias("own")
                                    .setAliasPassword(Certificates.PASSWORD)))
                    .requestHandler(request -> request.response().end("hello"))
                    .listen(0, "127.0.0.1"));
            JsonObject https = url("https://127.0.0.1:" + server.actualPort() + "/");

            JsonObject result = result(https);
            assertThat(result.getString("status")).isEqualTo("down");
            assertThat(result.getJsonObject("error").getString("class")).isEqualTo("tls");
            assertThat(result.getString("address")).isEqualTo("127.0.0.1:" + server.actualPort());
            assertThat(result.getValue("protocol")).isNull();
            JsonObject trusting = result(https.put("ignoreTlsErrors", true));
            assertThat(trusting.getString("status")).isEqualTo("up");
            assertThat(trusting.getString("protocol")).startsWith("HTTP/");
            assertThat(trusting.getString("tlsVersion")).isEqualTo("TLSv1.3");
        } finally {
            await(vertx.close());
        }
    }

    @Test
    void whatIsSentIsWhatTheServiceSays() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")) {
            JsonObject fields = url(server.url())
                    .put("name", "a new one")
                    .put("method", "POST")
                    .put("expectedStatus", 201)
                    .put("headers", new JsonObject().put("X-Test", "yes"))
                    .put("body", "<script>alert(1)</script>")
                    .put("paused", true);

            assertThat(result(fields).getString("status")).isEqualTo("up");
            RawServer.Conversation conversation = server.next();
            assertThat(conversation.awaitHead()).startsWith("POST / HTTP/1.1").containsIgnoringCase("x-test: yes");
            eventually(() -> assertThat(conversation.received()).endsWith("<script>alert(1)</script>"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                          | body: must be a JSON object",
                "{}                                          | url: is required",
                "{\"url\": \"ftp://localhost/\"}             | url: ",
                "{\"url\": 1}                                | url: ",
                "{\"url\": \"http://localhost/\", \"a\": 1}  | a: unknown field",
                "{\"url\": \"http://localhost/\", \"timeout\": 99} | timeout: must be a whole number from 100 to 120000",
                "{\"url\": \"http://localhost/\", \"name\": \"\"}  | name: ",
                "{\"url\": \"http://localhost/\", \"headers\": []} | headers: "
            })
    void aBodyOfTheWrongShapeIsA400ThatNamesTheField(String body, String message) {
        Answer answer = api.call("POST", PATH, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).startsWith(message.strip());
    }

    @Test
    void aNameThatIsTakenDoesNotMatterAndNothingIsStoredOrCounted() {
        // paused, so that only this check is made and counted
        api.create(
                new JsonObject().put("name", "taken").put("url", api.url(200)).put("paused", true));
        api.getWithKey("/api/ping?service=taken");
        String services = api.getWithKey("/api/services").text();
        String status = api.get("/api/status").text();
        String checks = checks();

        assertThat(result(url(api.url(500)).put("name", "taken")).getString("status"))
                .isEqualTo("down");
        assertThat(result(url(api.url(200)).putNull("name")).getString("status"))
                .isEqualTo("up");

        assertThat(api.getWithKey("/api/services").text()).isEqualTo(services);
        assertThat(api.get("/api/status").text()).isEqualTo(status);
        assertThat(api.get("/api/history/taken").json().getJsonArray("history"))
                .extracting(entry -> ((JsonObject) entry).getString("status"))
                .containsOnly("up");
        assertThat(api.get("/api/history/test").status()).isEqualTo(404);
        assertThat(checks()).isEqualTo(checks);
        api.deleteAll();
    }

    /** The metrics of finished checks. */
    private static String checks() {
        return api.getWithKey("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("openuptimes_check"))
                .filter(line -> !line.contains("in_flight"))
                .toList()
                .toString();
    }

    @Test
    void otherMethodsAreNotAllowed() {
        assertThat(api.getWithKey(PATH).status()).isEqualTo(405);
        assertThat(api.getWithKey(PATH).header("Allow")).isEqualTo("POST");
    }
}
