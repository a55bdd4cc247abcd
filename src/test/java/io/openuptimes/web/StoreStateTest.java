package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Scope;
import io.openuptimes.testing.DailyChecks;
import io.openuptimes.testing.RestartableRedis;
import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code GET /api/store} during Redis outages. */
class StoreStateTest {

    private static final int QUEUE = 1_000;
    private static final int SERVICES = 350;
    private static final RestartableRedis redis = redis();

    @RegisterExtension
    static final ApiServer api =
            new ApiServer().with("OPENUPTIMES_REDIS_URL", redis.url()).with("OPENUPTIMES_STORE_QUEUE", "" + QUEUE);

    private static RestartableRedis redis() {
        try {
            RestartableRedis made = new RestartableRedis(
                    Files.createTempDirectory(Path.of("target").toAbsolutePath(), "redis"));
            made.start();
            return made;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterAll
    static void end() throws IOException {
        redis.close();
    }

    private static JsonObject state() {
        Answer answer = api.getWithKey("/api/store");
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void itTakesTheScopeRead() {
        new Callers(api).refuses("GET", "/api/store", null, Scope.READ);
    }

    @Test
    void itSaysWhetherRedisAnswersWhatWaitsAndWhatIsLost() throws Exception {
        JsonArray services = new JsonArray();
        for (String id : DailyChecks.ids(SERVICES)) {
            services.add(new JsonObject()
                    .put("id", id)
                    .put("name", "service " + id)
                    .put("url", api.url(200))
                    .put("interval", DailyChecks.INTERVAL));
        }
        assertThat(api.call("PUT", "/api/services/bulk", services.encode()).status())
                .isEqualTo(200);
        eventually(() -> assertThat(api.getWithKey("/api/ping").json().getJsonArray("services"))
                .hasSize(SERVICES));
        eventually(() -> assertThat(state().getMap())
                .containsEntry("reachable", true)
                .containsEntry("queued", 0)
                .containsEntry("dropped", 0));
        assertThat(state().getDouble("latency")).isPositive();

        redis.stop();
        eventually(() ->
                assertThat(state().getMap()).containsEntry("reachable", false).containsEntry("latency", null));
        for (int round = 1; round <= 3; round++) {
            assertThat(api.getWithKey("/api/ping").status()).isEqualTo(503);
            int results = round * SERVICES;
            eventually(() -> assertThat(state().getMap())
                    .containsEntry("queued", Math.min(QUEUE, results))
                    .containsEntry("dropped", Math.max(0, results - QUEUE)));
        }

        redis.start();
        eventually(() -> assertThat(state().getMap())
                .containsEntry("reachable", true)
                .containsEntry("queued", 0)
                .containsEntry("dropped", 3 * SERVICES - QUEUE));
    }
}
