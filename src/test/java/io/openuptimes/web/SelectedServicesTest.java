package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Scope;
import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PATCH and DELETE {@code /api/services/bulk}: the same as those of {@code /api/services} without a name. */
class SelectedServicesTest {

    private static final String PATH = "/api/services/bulk";

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @BeforeEach
    void two() {
        api.deleteAll();
        api.create(fields("shop").put("labels", new JsonObject().put("team", "shop")));
        api.create(fields("other").put("group", "G"));
    }

    private static JsonObject fields(String name) {
        return new JsonObject().put("name", name).put("url", api.url(200));
    }

    private static String groupOf(String name) {
        return api.getWithKey("/api/services?name=" + name)
                .json()
                .getJsonArray("services")
                .getJsonObject(0)
                .getString("group");
    }

    private static JsonObject counts(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().getJsonObject("counts");
    }

    @Test
    void allThatMatchAreChangedOrNone() {
        Answer dry = api.call("PATCH", PATH + "?label=team=shop&dryRun=true", "{\"group\": \"new\"}");
        assertThat(counts(dry).getInteger("changed")).isEqualTo(1);
        assertThat(dry.json().getBoolean("dryRun")).isTrue();
        assertThat(groupOf("shop")).isEmpty();

        Answer done = api.call("PATCH", PATH + "?label=team=shop&dryRun=false", "{\"group\": \"new\"}");

        assertThat(counts(done).getInteger("changed")).isEqualTo(1);
        assertThat(groupOf("shop")).isEqualTo("new");
        assertThat(groupOf("other")).isEqualTo("G");
    }

    @Test
    void allThatMatchAreDeleted() {
        Answer done = api.call("DELETE", PATH + "?group=G", (String) null);

        assertThat(counts(done).getInteger("deleted")).isEqualTo(1);
        assertThat(done.json().getJsonArray("deleted")).containsExactly("other");
        assertThat(api.getWithKey("/api/services").json().getJsonArray("services"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''              | label: is required unless group is given
            ?dryRun=true    | label: is required unless group is given
            ?name=shop      | name: unknown parameter; allowed: label, group, dryRun
            ?label=a%20b    | label: must be of the form key=value, key!=value, key or !key, not a b
            ?group=&dryRun= | dryRun: must be true or false
            """)
    void whatIsWrongIsNamed(String query, String message) {
        for (String method : List.of("PATCH", "DELETE")) {
            Answer answer = api.call(method, PATH + query, "{\"paused\": true}");
            assertThat(answer.status()).as(method).isEqualTo(400);
            assertThat(answer.message()).as(method).isEqualTo(message);
        }
    }

    @Test
    void noFieldOfEachServicesOwnIsSetForMany() {
        assertThat(api.call("PATCH", PATH + "?group=G", "{\"name\": \"x\"}").message())
                .isEqualTo("name: is unique to each service and cannot be set for several at once");
    }

    @Test
    void onlyWritersMay() {
        Callers callers = new Callers(api);
        callers.refuses("PATCH", PATH + "?group=none", "{\"paused\": true}", Scope.WRITE);
        callers.refuses("DELETE", PATH + "?group=none", null, Scope.WRITE);
    }

    @Test
    void theAuditLogHasItAsTheChangeThatItIs() {
        api.call("PATCH", PATH + "?group=G", "{\"paused\": true}");

        JsonObject entry = api.getWithKey("/api/audit?limit=1")
                .json()
                .getJsonArray("entries")
                .getJsonObject(0);

        assertThat(entry.getString("action")).isEqualTo("patchService");
        assertThat(entry.getJsonObject("counts").getInteger("changed")).isEqualTo(1);
    }
}
