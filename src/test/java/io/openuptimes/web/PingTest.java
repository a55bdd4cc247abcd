package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Scope;
import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PingTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @AfterEach
    void clear() {
        api.deleteAll();
    }

    @Test
    void allAreCheckedAndStored() {
        api.create("good", api.url(200));
        api.create("Bad", api.url(503));
        api.create(
                new JsonObject().put("name", "hidden").put("url", api.url(200)).put("visible", false));
        long before = System.currentTimeMillis();

        JsonObject round = api.getWithKey("/api/ping").json();

        assertThat(round.getBoolean("success")).isTrue();
        assertThat(round.getLong("timestamp")).isBetween(before, System.currentTimeMillis());
        assertThat(round.getInteger("duration")).isBetween(0, 60_000);
        JsonArray services = round.getJsonArray("services");
        assertThat(services)
                .extracting(s -> ((JsonObject) s).getString("name"))
                .containsExactly("Bad", "good", "hidden");
        JsonObject bad = services.getJsonObject(0);
        assertThat(bad.getString("status")).isEqualTo("down");
        assertThat(bad.getInteger("statusCode")).isEqualTo(503);
        assertThat(bad.getJsonObject("error").getString("class")).isEqualTo("status");
        JsonObject good = services.getJsonObject(1);
        assertThat(good.getString("status")).isEqualTo("up");
        assertThat(good.getString("url")).isEqualTo(api.url(200));
        assertThat(good.getInteger("responseTime")).isNotNegative();
        assertThat(good.getJsonObject("phases").getMap())
                .containsOnlyKeys("dns", "connect", "tls", "firstByte", "transfer");
        assertThat(good.getMap()).doesNotContainKey("error");
        assertThat(api.get("/api/history/good")
                        .json()
                        .getJsonArray("history")
                        .getJsonObject(0)
                        .getLong("timestamp"))
                .isEqualTo(good.getLong("timestamp"));
    }

    @Test
    void someAreCheckedByName() {
        api.create("a", api.url(200));
        api.create("b", api.url(200));
        api.create("c d", api.url(200));

        JsonObject round =
                api.getWithKey("/api/ping?service=c+d&service=a&service=a").json();

        assertThat(round.getJsonArray("services"))
                .extracting(s -> ((JsonObject) s).getString("name"))
                .containsExactly("a", "c d");
    }

    @Test
    void anUnknownNameIsNotFound() {
        Answer answer = api.getWithKey("/api/ping?service=nobody%20here");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.message()).isEqualTo("Service not found: nobody here");
        assertThat(api.getWithKey("/api/ping?service=").message()).isEqualTo("service: must not be empty");
    }

    @Test
    void withoutServicesTheRoundIsEmpty() {
        assertThat(api.getWithKey("/api/ping").json().getJsonArray("services")).isEmpty();
    }

    @Test
    void aSessionNeedsItsCsrfToken() {
        List<String> session = new Callers(api).signIn();

        assertThat(api.get("/api/ping", session.get(0), session.get(1)).status())
                .isEqualTo(403);
        assertThat(api.send("HEAD", "/api/ping", null, session.get(0), session.get(1))
                        .status())
                .isEqualTo(403);
        assertThat(api.get("/api/ping", session.toArray(String[]::new)).status())
                .isEqualTo(200);
    }

    @Test
    void readKeysThatAskAgainAndAgainAreAnsweredEveryFiveSeconds() {
        api.create("paced", api.url(200));
        String key = "Bearer " + new Callers(api).key(Scope.READ);
        long first = timestamp(api.get("/api/ping", "Authorization", key));
        long second = timestamp(api.get("/api/ping", "Authorization", key));
        long atOnce = timestamp(api.getWithKey("/api/ping"));

        assertThat(second - first).isGreaterThan(4_000);
        assertThat(atOnce - second).isLessThan(4_000);
    }

    private static long timestamp(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().getJsonArray("services").getJsonObject(0).getLong("timestamp");
    }

    @Test
    void aKeyIsNeeded() {
        assertThat(api.get("/api/ping").status()).isEqualTo(401);
    }
}
