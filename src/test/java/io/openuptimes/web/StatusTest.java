package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StatusTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @AfterEach
    void clear() {
        api.deleteAll();
    }

    @Test
    void withoutServicesNothingIsKnown() {
        Answer status = api.get("/api/status");

        assertThat(status.status()).isEqualTo(200);
        assertThat(status.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(status.text()).isEqualTo("{\"overall\":\"unknown\",\"updated\":null,\"services\":[]}");
    }

    @Test
    void newServicesAreThereAtOnceAndCheckedSoon() throws Exception {
        api.create("good", api.url(200));
        api.create("bad", api.url(500));

        JsonArray services = api.get("/api/status").json().getJsonArray("services");
        assertThat(services).extracting(s -> ((JsonObject) s).getString("name")).containsExactly("bad", "good");
        eventually(() -> {
            JsonObject status = api.get("/api/status").json();
            JsonObject bad = status.getJsonArray("services").getJsonObject(0);
            JsonObject good = status.getJsonArray("services").getJsonObject(1);
            assertThat(status.getString("overall")).isEqualTo("degraded");
            assertThat(good.getString("status")).isEqualTo("up");
            assertThat(good.getMap()).doesNotContainKey("error");
            assertThat(bad.getString("status")).isEqualTo("down");
            assertThat(bad.getJsonObject("error").getString("class")).isEqualTo("status");
            assertThat(status.getLong("updated"))
                    .isEqualTo(Math.max(bad.getLong("lastChecked"), good.getLong("lastChecked")));
            assertThat(good.getInteger("responseTime")).isNotNegative();
        });
    }

    @Test
    void aFinishedPingIsSeenAtOnce() {
        api.create("a", api.url(200));

        long timestamp = api.getWithKey("/api/ping")
                .json()
                .getJsonArray("services")
                .getJsonObject(0)
                .getLong("timestamp");

        assertThat(api.get("/api/status")
                        .json()
                        .getJsonArray("services")
                        .getJsonObject(0)
                        .getLong("lastChecked"))
                .isGreaterThanOrEqualTo(timestamp); // its first scheduled check may follow
    }

    @Test
    void whatIsHiddenIsThereForThoseWithAKey() {
        api.create(new JsonObject().put("name", "h").put("url", api.url(200)).put("visible", false));

        assertThat(api.get("/api/status").json().getJsonArray("services")).isEmpty();
        assertThat(api.getWithKey("/api/status").json().getJsonArray("services"))
                .hasSize(1);
        assertThat(api.getWithKey("/api/status").text()).doesNotContain("http");
    }

    @Test
    void aWrongKeyIsRefusedHereToo() {
        assertThat(api.get("/api/status", "Authorization", "Bearer wrong").status())
                .isEqualTo(401);
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        Answer first = api.get("/api/status");
        String tag = first.header("ETag");
        assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(first.header("Vary")).contains("Accept-Encoding", "Authorization", "Cookie");

        Answer second = api.get("/api/status", "If-None-Match", tag);

        assertThat(second.status()).isEqualTo(304);
        assertThat(second.text()).isEmpty();
        assertThat(second.header("ETag")).isEqualTo(tag);
        assertThat(api.get("/api/status", "If-None-Match", "\"other\"").status())
                .isEqualTo(200);

        api.create("a", api.url(200));
        assertThat(api.get("/api/status", "If-None-Match", tag).status()).isEqualTo(200);
    }

    @Test
    void itComesCompressedToThoseWhoTakeThat() throws Exception {
        for (int i = 0; i < 30; i++) { // paused, so that no check ends between the two responses
            api.create(new JsonObject()
                    .put("name", "service " + i)
                    .put("url", api.url(200))
                    .put("paused", true));
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + "/api/status"))
                .header("Accept-Encoding", "gzip, br")
                .build();

        HttpResponse<byte[]> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
        assertThat(new String(plain, StandardCharsets.UTF_8))
                .isEqualTo(api.get("/api/status").text());
        assertThat(response.body().length).isLessThan(plain.length / 3);
    }

    @Test
    void longPagesComeCompressedToManyAtOnce() {
        for (int i = 0; i < 60; i++) {
            api.create(new JsonObject()
                    .put("name", "long " + i)
                    .put("url", "http://127.0.0.1:9/")
                    .put("paused", true)
                    .put("description", ("word " + i + " ").repeat(200)));
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + api.port() + "/api/status?sort=-name"))
                .header("Accept-Encoding", "gzip")
                .build();
        HttpClient client = HttpClient.newHttpClient();
        List<CompletableFuture<HttpResponse<byte[]>>> responses = Stream.generate(
                        () -> client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()))
                .limit(40)
                .toList();

        String plain = api.get("/api/status?sort=-name").text();
        assertThat(plain.length()).isGreaterThan(64 * 1024);
        assertThat(responses).allSatisfy(response -> {
            byte[] body = response.orTimeout(60, TimeUnit.SECONDS).join().body();
            byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
            assertThat(withoutEvent(new String(unpacked, StandardCharsets.UTF_8)))
                    .isEqualTo(withoutEvent(plain));
        });
    }

    /** Without the event id, which pending events of earlier changes still advance. */
    private static JsonObject withoutEvent(String page) {
        JsonObject json = new JsonObject(page);
        assertThat(json.remove("event")).isNotNull();
        return json;
    }

    @Test
    void headSaysWhatGetWouldSay() {
        Answer get = api.get("/api/status");

        Answer head = api.send("HEAD", "/api/status", null);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
        assertThat(head.header("Content-Length"))
                .isEqualTo(String.valueOf(get.text().length()));
    }
}
