package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @AfterEach
    void clear() {
        api.deleteAll();
    }

    private static JsonObject delete(String name) {
        Answer deleted = api.call("DELETE", "/api/services?name=" + name, (String) null);
        assertThat(deleted.status()).isEqualTo(200);
        return deleted.json().getJsonObject("undo");
    }

    private static Answer restore(String id) {
        return api.call("POST", "/api/services/restore", new JsonObject().put("id", id));
    }

    private static JsonObject status() {
        return api.get("/api/status").json();
    }

    @Test
    void aDeletionCanBeUndone() throws Exception {
        JsonObject service = api.create(new JsonObject()
                .put("name", "a")
                .put("url", api.url(200))
                .put("headers", new JsonObject().put("X", "1")));
        api.getWithKey("/api/ping");
        JsonObject history = api.get("/api/history/a").json();
        long before = System.currentTimeMillis();

        JsonObject undo = delete("a");

        assertThat(undo.getLong("until")).isBetween(before + 30_000, System.currentTimeMillis() + 30_000);
        assertThat(status().getJsonArray("services")).isEmpty();
        assertThat(api.get("/api/history/a").status()).isEqualTo(404);

        Answer restored = restore(undo.getString("id"));

        assertThat(restored.status()).isEqualTo(200);
        assertThat(restored.json())
                .isEqualTo(new JsonObject().put("success", true).put("service", service));
        JsonObject entry = status().getJsonArray("services").getJsonObject(0);
        assertThat(entry.getString("status")).isEqualTo("up");
        assertThat(entry.getLong("lastChecked"))
                .isGreaterThanOrEqualTo(
                        history.getJsonArray("history").getJsonObject(0).getLong("timestamp"));
        assertThat(api.get("/api/history/a").json().getJsonArray("history"))
                .containsAll(history.getJsonArray("history"));
        int known = history.getJsonArray("history").size();
        eventually(() -> assertThat(api.get("/api/history/a").json().getJsonArray("history"))
                .as("checked at once")
                .hasSizeGreaterThan(known));
        assertThat(restore(undo.getString("id")).text())
                .isEqualTo("{\"error\":true,\"message\":\"Nothing to restore: the time to undo has passed, or"
                        + " the service never existed\",\"status\":404}");
    }

    @Test
    void theNameMayBeTakenMeanwhile() {
        api.create("a", api.url(200));
        String undo = delete("a").getString("id");
        api.create("a", api.url(500));

        Answer refused = restore(undo);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.message()).isEqualTo("A service of that name exists");
        delete("a");
        assertThat(restore(undo).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                       | id: is required",
                "{\"id\": \"\"}           | id: must be 1 to 100 characters",
                "{\"id\": 1}              | id: must be a string",
                "{\"id\": \"a\", \"x\": 1} | x: unknown field; known fields: id",
                "[]                       | body: must be a JSON object"
            })
    void whatIsWrongIsNamed(String body, String message) {
        Answer answer = api.call("POST", "/api/services/restore", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo(message);
    }

    @Test
    void aKeyIsNeeded() {
        assertThat(api.send("POST", "/api/services/restore", "{\"id\": \"a\"}", "Content-Type", "application/json")
                        .status())
                .isEqualTo(401);
        assertThat(restore("nobody").status()).isEqualTo(404);
    }
}
