package io.openuptimes;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.testing.Curl;
import io.openuptimes.testing.EventReader;
import io.openuptimes.testing.RunningApp;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results with the code of a later version, as a node of that version writes them. */
class UnknownOutcomeTest {

    private static final String KEY = "a-key-for-tests-0123456789";
    private static final Outcome LATER = Outcome.ofCode(Outcome.known().size());
    private static final JsonObject FAILURE = new JsonObject()
            .put("class", "unknown")
            .put("text", "unknown (code " + LATER.code() + "): no answer to the query");
    private static final Map<String, Object> SERVICE =
            Map.of("name", "a", "url", "http://127.0.0.1:9/", "interval", 86_400);

    @TempDir
    private Path data;

    private RunningApp start() throws Exception {
        return RunningApp.start(Map.of(
                "OPENUPTIMES_API_KEY", KEY, "OPENUPTIMES_RATE_LIMIT", "0", "OPENUPTIMES_DATA_DIR", data.toString()));
    }

    private static JsonObject first(Curl curl, String path, String list) {
        return curl.get(path).key(KEY).send().json().getJsonArray(list).getJsonObject(0);
    }

    private static String text(Curl curl, String path) {
        return curl.get(path).key(KEY).send().text();
    }

    private static void record(RunningApp app, String id, long at, Outcome outcome, String error) {
        await(app.bus()
                .request(
                        StoreMessage.RECORD,
                        new RecordResult(new CheckResult(id, at, outcome, 0, 5, Phases.NONE, error))));
    }

    @Test
    void areShownWithTheirCodeEverywhereAlsoAfterARestart() throws Exception {
        long at;
        try (RunningApp app = start();
                EventReader events = new EventReader("http://127.0.0.1:" + app.port() + "/api/events")) {
            Curl curl = new Curl(app.port());
            String id = await(app.bus().request(StoreMessage.CREATE_SERVICE, new CreateService(SERVICE)))
                    .service()
                    .id();
            eventually(() -> assertThat(first(curl, "/api/history/a", "history").getString("status"))
                    .isEqualTo("down"));
            at = first(curl, "/api/history/a", "history").getLong("timestamp") + 1;
            record(app, id, at, Outcome.UP, "");
            record(app, id, at + 1, LATER, "no answer to the query");
            events.await(
                    "transition",
                    event -> FAILURE.equals(event.getJsonObject("service").getJsonObject("error")));
            assertShown(curl, at + 1);
        }
        try (RunningApp app = start()) {
            Curl curl = new Curl(app.port());
            assertShown(curl, at + 1);
            String id = first(curl, "/api/services", "services").getString("id");
            record(app, id, at + 2, LATER, "no answer to the query"); // repeats outcome and text
            record(app, id, at + 3, Outcome.UP, "");
            eventually(() -> assertThat(first(curl, "/api/status", "services").getString("status"))
                    .isEqualTo("up"));
            assertThat(text(curl, "/api/history/a?error=unknown")).contains(FAILURE.encode());
            assertThat(curl.get("/api/history/a?error=unknown")
                            .key(KEY)
                            .send()
                            .json()
                            .getJsonArray("history"))
                    .hasSize(2);
        }
    }

    private static void assertShown(Curl curl, long at) throws Exception {
        eventually(() -> {
            JsonObject status = first(curl, "/api/status", "services");
            assertThat(status.getString("status")).isEqualTo("down");
            assertThat(status.getJsonObject("error")).isEqualTo(FAILURE);
        });
        eventually(() -> {
            JsonObject entry = first(curl, "/api/history/a", "history");
            assertThat(entry.getLong("timestamp")).isEqualTo(at);
            assertThat(entry.getString("status")).isEqualTo("down");
            assertThat(entry.getJsonObject("error")).isEqualTo(FAILURE);
        });
        eventually(() -> assertThat(
                        curl.get("/api/transitions").key(KEY).send().json().getJsonArray("transitions"))
                .anyMatch(transition -> FAILURE.equals(((JsonObject) transition).getJsonObject("error"))));
        assertThat(curl.get("/api/history/a")
                        .key(KEY)
                        .with("Accept", "text/csv")
                        .send()
                        .text())
                .contains(",down,5,,unknown,unknown (code " + LATER.code() + "): no answer to the query");
    }
}
