package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Policy;
import io.openuptimes.model.RetryBackoff;
import io.openuptimes.model.RetryOn;
import io.openuptimes.web.ApiServer.Answer;
import io.openuptimes.web.list.PolicyJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Status and services in pages, over HTTP; {@link ListPageTest} covers the parameters. */
class PagesTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @BeforeAll
    static void fill() throws Exception {
        api.create(new JsonObject().put("name", "up").put("url", api.url(200)).put("group", "G"));
        api.create(new JsonObject()
                .put("name", "down")
                .put("url", api.url(500))
                .put("interval", 7_200)); // not checked again during the test
        api.create(
                new JsonObject().put("name", "hidden").put("url", api.url(200)).put("visible", false));
        api.create(
                new JsonObject().put("name", "paused").put("url", api.url(200)).put("paused", true));
        api.confirmed();
    }

    private static List<String> names(Answer answer) {
        return answer.json().getJsonArray("services").stream()
                .map(service -> ((JsonObject) service).getString("name"))
                .toList();
    }

    @Test
    void aPageHasAllThatIsKnown() {
        Answer answer = api.get("/api/status?sort=status&include=groups&limit=2");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        JsonObject page = answer.json();
        assertThat(page.fieldNames())
                .containsExactlyInAnyOrder(
                        "overall",
                        "updated",
                        "storeReachable",
                        "event",
                        "counts",
                        "matching",
                        "offset",
                        "cursor",
                        "services",
                        "groups");
        assertThat(page.getString("overall")).isEqualTo("degraded");
        assertThat(page.getBoolean("storeReachable")).isTrue();
        assertThat(page.getString("event")).matches("[0-9a-z]+-[0-9]+");
        assertThat(page.getJsonObject("counts"))
                .isEqualTo(
                        new JsonObject(
                                "{\"total\":3,\"up\":1,\"down\":1,\"unknown\":0,\"paused\":1,\"stale\":0,\"blind\":0,\"warnings\":0,\"degraded\":0,\"flapping\":0,\"reasons\":{\"egress\":0,\"resolver\":0,\"parent\":0}}"));
        assertThat(page.getInteger("matching")).isEqualTo(3);
        assertThat(page.getInteger("offset")).isZero();
        assertThat(names(answer)).containsExactly("down", "up");
        assertThat(page.getJsonArray("groups"))
                .isEqualTo(
                        new JsonArray(
                                "[{\"name\":\"G\",\"overall\":\"up\",\"total\":1,\"up\":1,\"down\":0,"
                                        + "\"unknown\":0,\"paused\":0,\"stale\":0,\"blind\":0,\"warnings\":0,\"degraded\":0,\"flapping\":0,\"reasons\":{\"egress\":0,\"resolver\":0,\"parent\":0},\"matching\":1},{\"name\":\"\",\"overall\":\"down\",\"total\":2,"
                                        + "\"up\":0,\"down\":1,\"unknown\":0,\"paused\":1,\"stale\":0,\"blind\":0,\"warnings\":0,\"degraded\":0,\"flapping\":0,\"reasons\":{\"egress\":0,\"resolver\":0,\"parent\":0},\"matching\":2}]"));
        JsonObject down = page.getJsonArray("services").getJsonObject(0);
        assertThat(down.fieldNames())
                .containsExactly(
                        "id",
                        "name",
                        "description",
                        "group",
                        "paused",
                        "interval",
                        "status",
                        "lastChecked",
                        "responseTime",
                        "statusCode",
                        "since",
                        "error",
                        "warnings",
                        "certificate");
        assertThat(down.getInteger("interval")).isEqualTo(7_200);
        assertThat(down.getInteger("statusCode")).isEqualTo(500);
        assertThat(down.getLong("since")).isEqualTo(down.getLong("lastChecked"));
        assertThat(down.getJsonObject("error").getString("class")).isEqualTo("status");
        assertThat(page.getJsonArray("services").getJsonObject(1).getInteger("interval"))
                .isEqualTo(86_400);
        Answer next = api.get("/api/status?sort=status&limit=2&cursor=" + page.getString("cursor"));
        assertThat(names(next)).containsExactly("paused");
        assertThat(next.json().getInteger("offset")).isEqualTo(2);
        assertThat(next.json().getMap()).containsEntry("cursor", null).doesNotContainKey("groups");
        JsonObject paused = next.json().getJsonArray("services").getJsonObject(0);
        assertThat(paused.getMap())
                .containsEntry("status", "unknown")
                .containsEntry("paused", true)
                .containsEntry("lastChecked", null)
                .containsEntry("responseTime", null)
                .containsEntry("statusCode", null)
                .containsEntry("since", null);
    }

    @Test
    void whatIsHiddenIsForThoseWithAKey() {
        assertThat(names(api.get("/api/status?service=hidden&service=up"))).containsExactly("up");
        Answer keyed = api.getWithKey("/api/status?service=hidden&service=up");
        assertThat(names(keyed)).containsExactly("hidden", "up");
        assertThat(keyed.json().getJsonArray("services").getJsonObject(0).getBoolean("visible"))
                .isFalse();
        assertThat(keyed.json().getJsonObject("counts").getInteger("total")).isEqualTo(4);
    }

    @Test
    void servicesComeWithTheirStates() {
        Answer answer = api.getWithKey("/api/services?q=%2F500&include=groups");

        assertThat(answer.json().fieldNames())
                .containsExactlyInAnyOrder(
                        "counts", "defaultInterval", "policy", "matching", "offset", "cursor", "services", "groups");
        assertThat(answer.json().getJsonObject("policy"))
                .isEqualTo(PolicyJson.of(new Policy(0, 2, RetryBackoff.LINEAR, RetryOn.ANY, 1, 1, true, 0, 6, 30)));
        assertThat(names(answer)).containsExactly("down");
        JsonObject service = answer.json().getJsonArray("services").getJsonObject(0);
        JsonObject state = (JsonObject) service.remove("state");
        assertThat(state.getString("status")).isEqualTo("down");
        assertThat(state.getJsonObject("error").getString("class")).isEqualTo("status");
        assertThat(api.getWithKey("/api/services").json().getJsonArray("services"))
                .contains(service);
        assertThat(names(api.getWithKey("/api/services?name=up&name=nobody"))).containsExactly("up");
        assertThat(api.get("/api/services?name=up").status()).isEqualTo(401);
    }

    @Test
    void theUrlIsNotSearchedByEverybody() {
        assertThat(names(api.getWithKey("/api/status?q=%2F500"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/status", "/api/services"})
    void whatIsWrongIsNamed(String path) {
        Answer answer = api.getWithKey(path + "?limit=0");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo("limit: must be a whole number from 1 to 1000");
        assertThat(api.getWithKey(path + "?unknown=1").message()).startsWith("unknown: unknown parameter; allowed: ");
    }

    @Test
    void aPageThatHasNotChangedIsNotSentAgain() {
        for (String path :
                List.of("/api/status?service=paused&fields=name", "/api/services?q=paused&fields=name,url")) {
            String tag = Objects.requireNonNull(api.getWithKey(path).header("ETag"));

            Answer again = api.get(path, "Authorization", "Bearer " + ApiServer.KEY, "If-None-Match", tag);

            assertThat(again.status()).isEqualTo(304);
            assertThat(again.text()).isEmpty();
            assertThat(again.header("ETag")).isEqualTo(tag);
        }
    }

    @Test
    void entriesHaveTheFieldsThatAreAskedFor() {
        assertThat(api.get("/api/status?service=down&fields=status,name&fields=error")
                        .json()
                        .getJsonArray("services"))
                .first()
                .satisfies(entry ->
                        assertThat(((JsonObject) entry).fieldNames()).containsExactly("name", "status", "error"));
        assertThat(api.getWithKey("/api/services?name=down&fields=url,state")
                        .json()
                        .getJsonArray("services"))
                .first()
                .satisfies(
                        entry -> assertThat(((JsonObject) entry).fieldNames()).containsExactly("url", "state"));
        assertThat(api.get("/api/status?fields=name,url").message())
                .startsWith("fields: unknown field url; known fields: id, ");
    }

    @Test
    void labelsAreForThoseWithAKey() {
        assertThat(api.get("/api/status?label=a").status()).isEqualTo(401);
        assertThat(names(api.getWithKey("/api/status?label=a"))).isEmpty();
        assertThat(names(api.getWithKey("/api/services?label=!a&name=up"))).containsExactly("up");
    }

    @Test
    void aPageBehindTheOnlyServiceOfThatNameIsEmpty() {
        Answer answer = api.getWithKey("/api/services?name=paused&offset=1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getInteger("matching")).isEqualTo(1);
        assertThat(answer.json().getJsonArray("services")).isEmpty();
    }
}
