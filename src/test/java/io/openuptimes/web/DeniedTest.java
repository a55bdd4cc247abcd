package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Scope;
import io.openuptimes.testing.RawServer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Error texts of checks denied by the egress policy, by caller. */
class DeniedTest {

    private static final JsonObject TOLD = error("denied by egress policy: egress.deny 127.0.0.99");
    private static final JsonObject NOT_TOLD = error("denied by egress policy");

    @RegisterExtension
    static final ApiServer api = new ApiServer().with("OPENUPTIMES_EGRESS_DENY", "127.0.0.99");

    private static JsonObject error(String text) {
        return new JsonObject().put("class", "denied").put("text", text);
    }

    @AfterEach
    void deleteAll() {
        api.deleteAll();
    }

    @Test
    void theRuleIsToldToWritersOnly() throws Exception {
        String read = "Bearer " + new Callers(api).key(Scope.READ);
        try (RawServer server = RawServer.on("127.0.0.99", conversation -> {})) {
            String url = "http://127.0.0.99:" + server.port() + "/";
            assertThat(api.create(new JsonObject().put("name", "a").put("url", url))
                            .getString("url"))
                    .isEqualTo(url);

            assertThat(round(api.getWithKey("/api/ping"))).isEqualTo(TOLD);
            assertThat(round(api.send("GET", "/api/ping", null, "Authorization", read)))
                    .isEqualTo(NOT_TOLD);
            assertThat(api.call("POST", "/api/services/test", new JsonObject().put("url", url))
                            .json()
                            .getJsonObject("result")
                            .getJsonObject("error"))
                    .isEqualTo(TOLD);
            for (String path : new String[] {"/api/status", "/api/history/a", "/api/transitions", "/api/services"}) {
                eventually(() -> assertThat(api.getWithKey(path).text())
                        .contains(path.equals("/api/services") ? url : NOT_TOLD.encode())
                        .doesNotContain("egress.deny"));
                assertThat(api.get(path).text()).doesNotContain("egress.deny");
            }
            assertThat(server.connections()).isZero();
        }
    }

    private static JsonObject round(ApiServer.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().getJsonArray("services").getJsonObject(0).getJsonObject("error");
    }

    @Test
    void historyIsFilteredByIt() {
        api.create("a", "http://127.0.0.99:9/");
        api.getWithKey("/api/ping");

        assertThat(api.get("/api/history/a?error=denied").json().getJsonArray("history"))
                .isNotEmpty();
        assertThat(api.get("/api/history/a?error=connect").json().getJsonArray("history"))
                .isEmpty();
    }

    @Test
    void theServiceMayCheckItself() {
        JsonObject result = api.call(
                        "POST",
                        "/api/services/test",
                        new JsonObject().put("url", "http://localhost:" + api.port() + "/healthz"))
                .json()
                .getJsonObject("result");

        assertThat(result.getString("status")).isEqualTo("up");
    }
}
