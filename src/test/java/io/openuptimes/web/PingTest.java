package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Scope;
import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PingTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer().withPingPace(TimeUnit.DAYS.toMillis(1));

    private static final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterAll
    static void end() {
        callers.shutdownNow();
    }

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

    private static Answer asReader(String path) {
        return api.get(path, "Authorization", "Bearer " + new Callers(api).key(Scope.READ));
    }

    /** Pings as a writer, which is not paced, until its checks have answered all waiting pings. */
    private static List<Long> pingUntilDone(List<Future<Answer>> waiting) throws Exception {
        List<Long> checks = new ArrayList<>();
        eventually(() -> {
            checks.add(timestamp(api.getWithKey("/api/ping")));
            assertThat(waiting).allMatch(Future::isDone);
        });
        return checks;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/ping", "/api/ping?service=paced"})
    void aReaderThatAsksAgainWaitsForThePaceOrForAWriter(String path) throws Exception {
        api.create("paced", api.url(200));
        long first = timestamp(asReader("/api/ping"));
        List<Future<Answer>> second = List.of(callers.submit(() -> asReader(path)));

        List<Long> checks = pingUntilDone(second);

        assertThat(timestamp(second.get(0).get())).isGreaterThan(first).isIn(checks);
    }

    @Test
    void aReaderMayHaveFortyPingsThatWait() throws Exception {
        api.create("paced", api.url(200));
        String key = "Bearer " + new Callers(api).key(Scope.READ);
        timestamp(api.get("/api/ping", "Authorization", key));
        List<Future<Answer>> answers = new ArrayList<>();
        for (int i = 0; i <= 40; i++) {
            answers.add(callers.submit(() -> api.get("/api/ping", "Authorization", key)));
        }
        eventually(() -> assertThat(answers).anyMatch(Future::isDone));

        pingUntilDone(answers);

        List<Integer> statuses = new ArrayList<>();
        for (Future<Answer> answer : answers) {
            statuses.add(answer.get().status());
        }
        assertThat(statuses).containsOnly(200, 429).containsOnlyOnce(429);
    }

    private static long timestamp(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().getJsonArray("services").getJsonObject(0).getLong("timestamp");
    }

    @Test
    void aRefusedPingTakesNoPlace() {
        String key = "Bearer " + new Callers(api).key(Scope.READ);
        for (int i = 0; i < 50; i++) {
            assertThat(api.get("/api/ping?service=%ff", "Authorization", key).status())
                    .isEqualTo(400);
        }
        assertThat(api.get("/api/ping", "Authorization", key).status()).isEqualTo(200);
    }

    @Test
    void aKeyIsNeeded() {
        assertThat(api.get("/api/ping").status()).isEqualTo(401);
    }
}
