package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /api/status/changes} and {@code GET /api/services/changes}: the lists with {@code since}. */
class ListChangesTest {

    private static final String STATUS = "/api/status";
    private static final String SERVICES = "/api/services";

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @AfterEach
    void empty() {
        api.deleteAll();
    }

    private static JsonObject ok(String path) {
        Answer answer = api.getWithKey(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String event(String list) {
        return String.valueOf(api.getWithKey(list).header("OpenUptimes-Event"));
    }

    private static void pause(String name) {
        api.call("PATCH", "/api/services?name=" + name, "{\"paused\": true}");
    }

    @ParameterizedTest
    @ValueSource(strings = {STATUS, SERVICES})
    void aChangeIsAnsweredAsByTheList(String list) throws Exception {
        api.create("a", api.url(200));
        api.create("b", api.url(200));
        api.settled("a", "up"); // the first check of each has ended and was reported
        api.settled("b", "up");
        String event = event(list);
        pause("b");

        eventually(
                () -> { // a change is reported shortly after its response
                    JsonObject changes = ok(list + "/changes?since=" + event);
                    assertThat(changes.getJsonArray("services")).hasSize(1);
                    assertThat(changes).isEqualTo(ok(list + "?since=" + event));
                });
        assertThat(ok(list + "/changes?since=" + event + "&q=nothing").getJsonArray("services"))
                .isEmpty();
        assertThat(ok(list + "/changes?since=" + event + "&fields=name").getJsonArray("services"))
                .containsExactly(new JsonObject().put("name", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {STATUS, SERVICES})
    void aRequestWaitsForAChange(String list) {
        api.create("a", api.url(200));
        ok("/api/ping");
        String event = event(list);

        CompletableFuture<JsonObject> waiting =
                CompletableFuture.supplyAsync(() -> ok(list + "/changes?since=" + event + "&wait=60"));
        pause("a");

        assertThat(waiting.join().getJsonArray("services")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                | since: is required
            ?wait=1           | since: is required
            ?since=1-1&wait=0 | wait: must be a whole number from 1 to 60
            """)
    void whatIsWrongIsNamed(String query, String message) {
        for (String list : new String[] {STATUS, SERVICES}) {
            Answer answer = api.getWithKey(list + "/changes" + query);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message()).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cursor=a", "offset=0", "sort=name", "include=groups"})
    void aListInPagesIsAnotherOne(String parameter) {
        String name = parameter.replaceAll("=.*", "");
        assertThat(api.getWithKey(STATUS + "/changes?since=1-1&" + parameter).message())
                .startsWith(name + ": unknown parameter; allowed: since, wait, limit, q, status");
    }

    @Test
    void thePublicSeesNoneOfHiddenServices() {
        api.create(new JsonObject().put("name", "h").put("url", api.url(200)).put("visible", false));
        String event = String.valueOf(api.get(STATUS).header("OpenUptimes-Event"));
        pause("h");

        assertThat(api.get(STATUS + "/changes?since=" + event).json().getJsonArray("services"))
                .isEmpty();
        assertThat(api.get(STATUS + "/changes?since=" + event + "&label=a").status())
                .isEqualTo(401);
        assertThat(api.get(SERVICES + "/changes?since=" + event).status()).isEqualTo(401);
    }
}
