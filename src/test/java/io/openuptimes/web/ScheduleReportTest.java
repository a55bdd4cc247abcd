package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.CheckMessage.ScheduleReport;
import io.openuptimes.bus.CheckMessage.ScheduleState;
import io.openuptimes.model.Scope;
import io.openuptimes.testing.RawServer;
import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code GET /api/schedule}. */
class ScheduleReportTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer().with("OPENUPTIMES_CHECKS_MAX_PER_HOST", "1");

    @AfterEach
    void clear() {
        api.deleteAll();
    }

    private static JsonObject schedule() {
        Answer answer = api.getWithKey("/api/schedule");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        return answer.json();
    }

    @Test
    void itTakesTheScopeRead() {
        new Callers(api).refuses("GET", "/api/schedule", null, Scope.READ);
    }

    @Test
    void itCountsServicesAndTheChecksThatRunAndWait() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        try (RawServer slow = RawServer.of(conversation -> {
            conversation.awaitHead();
            answered.await();
            conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        })) {
            for (String name : List.of("runs", "waits")) {
                api.create(new JsonObject()
                        .put("name", name)
                        .put("url", slow.url())
                        .put("timeout", 120_000));
            }
            api.create(new JsonObject()
                    .put("name", "paused")
                    .put("url", slow.url())
                    .put("paused", true));

            eventually(() -> assertThat(schedule().getMap())
                    .containsEntry("loaded", true)
                    .containsEntry("services", 3)
                    .containsEntry("paused", 1)
                    .containsEntry("due", 2)
                    .containsEntry("running", 1)
                    .containsEntry("waiting", 1)
                    .containsEntry("missed", 0));
            answered.countDown();
            eventually(() ->
                    assertThat(schedule().getMap()).containsEntry("running", 0).containsEntry("waiting", 0));
        }
        JsonObject after = schedule();
        assertThat(after.getDouble("checksPerSecond")).isPositive();
        JsonObject lag = after.getJsonObject("lag");
        assertThat(lag.fieldNames()).containsExactlyInAnyOrder("p50", "p95", "p99", "max");
        assertThat(lag.getLong("p50")).isNotNegative().isLessThanOrEqualTo(lag.getLong("p99"));
        long tick = after.getLong("lastTick");
        eventually(() -> assertThat(schedule().getLong("lastTick")).isGreaterThan(tick));
    }

    @Test
    void withoutAnyCheckTheLagIsNull() {
        JsonObject json = OperationsHandler.schedule(
                new ScheduleReport(
                        new ScheduleState(true, 3, 0, 0, 5),
                        1,
                        1 / 3.0,
                        null,
                        null,
                        4,
                        6,
                        new TreeMap<>(Map.of("late", 7L, "running", 8L)),
                        false,
                        9,
                        11,
                        -10,
                        1),
                12);

        assertThat(json.encode())
                .isEqualTo("{\"loaded\":true,\"keepingUp\":false,\"services\":3,\"paused\":1,\"due\":1,\"running\":0,"
                        + "\"maxInFlight\":9,\"waiting\":0,\"overdue\":4,\"oldestOverdueMs\":6,\"lastTick\":5,\"sinceLastTickMs\":7,"
                        + "\"clockOffset\":-10,"
                        + "\"checksPerSecond\":0.33,\"lag\":null,\"wait\":null,\"missed\":15,"
                        + "\"missedBy\":{\"late\":7,\"running\":8},\"repeated\":11}");
    }
}
