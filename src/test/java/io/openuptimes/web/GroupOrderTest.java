package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The site's order of groups. */
class GroupOrderTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @BeforeAll
    static void create() {
        for (String group : List.of("", "Alpha", "Beta", "Gamma", "Zeta")) {
            for (int i = 1; i <= 2; i++) {
                api.create(new JsonObject()
                        .put("name", "of" + group + i)
                        .put("url", "http://127.0.0.1:9/")
                        .put("paused", true)
                        .put("group", group));
            }
        }
    }

    @AfterEach
    void reset() {
        assertThat(order(null).status()).isEqualTo(200);
    }

    private static Answer order(JsonArray groups) {
        return api.call("PATCH", "/api/site", new JsonObject().put("groupOrder", groups));
    }

    private static List<String> groups(String query, String list) {
        List<String> found = new ArrayList<>();
        String member = list.equals("groups") ? "name" : "group";
        api.get("/api/status?fields=name,group&" + query)
                .json()
                .getJsonArray(list)
                .forEach(one -> {
                    String group = ((JsonObject) one).getString(member, "");
                    if (found.isEmpty() || !found.get(found.size() - 1).equals(group)) {
                        found.add(group);
                    }
                });
        return found;
    }

    @Test
    void listsAndTotalsFollowIt() {
        assertThat(groups("sort=group", "services")).containsExactly("Alpha", "Beta", "Gamma", "Zeta", "");
        assertThat(groups("include=groups", "groups")).containsExactly("Alpha", "Beta", "Gamma", "Zeta", "");

        Answer changed = order(JsonArray.of("Zeta", "unknown", "Beta"));

        assertThat(changed.json().getJsonArray("groupOrder")).isEqualTo(JsonArray.of("Zeta", "unknown", "Beta"));
        assertThat(api.get("/api/site").json().getJsonArray("groupOrder"))
                .isEqualTo(JsonArray.of("Zeta", "unknown", "Beta"));
        assertThat(groups("sort=group", "services")).containsExactly("Zeta", "Beta", "Alpha", "Gamma", "");
        assertThat(groups("sort=-group", "services")).containsExactly("Gamma", "Alpha", "Beta", "Zeta", "");
        assertThat(groups("include=groups", "groups")).containsExactly("Zeta", "Beta", "Alpha", "Gamma", "");
        assertThat(groups("include=groups&sort=name&q=of", "groups"))
                .containsExactly("Zeta", "Beta", "Alpha", "Gamma", "");

        order(null);

        assertThat(groups("sort=group", "services")).containsExactly("Alpha", "Beta", "Gamma", "Zeta", "");
    }

    @Test
    void pagesGoOnInIt() {
        order(JsonArray.of("Zeta", "Beta"));
        List<String> names = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page = api.get("/api/status?sort=group&limit=3" + cursor).json();
            page.getJsonArray("services").forEach(one -> names.add(((JsonObject) one).getString("name")));
            String next = page.getString("cursor");
            cursor = next == null ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());

        assertThat(names)
                .containsExactly(
                        "ofZeta1",
                        "ofZeta2",
                        "ofBeta1",
                        "ofBeta2",
                        "ofAlpha1",
                        "ofAlpha2",
                        "ofGamma1",
                        "ofGamma2",
                        "of1",
                        "of2");
    }

    @Test
    void aCursorOfTheOrderBeforeGoesOnBehindItsGroup() {
        String cursor = api.get("/api/status?sort=group&limit=4").json().getString("cursor");

        order(JsonArray.of("Beta"));

        assertThat(groups("sort=group&cursor=" + cursor, "services")).containsExactly("Alpha", "Gamma", "Zeta", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "Shop"          | groupOrder: must be a list of at most 500 names
            [1]             | groupOrder[0]: must be a string
            ["a", null]     | groupOrder[1]: must be a string
            ["a", " "]      | groupOrder[1]: must not be blank
            ["a", "", "b"]  | groupOrder[1]: must be 1 to 100 characters
            ["a", "b", "a"] | groupOrder[2]: is listed twice
            ["a\\u202eb"]    | groupOrder[0]: must not contain characters that reorder text
            """)
    void whatIsNoListOfNamesIsRefused(String value, String message) {
        Answer answer = api.call("PATCH", "/api/site", "{\"groupOrder\": " + value + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).startsWith(message);
        assertThat(api.get("/api/site").json().getJsonArray("groupOrder")).isEmpty();
    }

    @Test
    void itHasAsManyAsThereMayBe() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            names.add("ä".repeat(97) + i);
        }
        assertThat(order(new JsonArray(names)).json().getJsonArray("groupOrder"))
                .hasSize(500);
        List<String> more = new ArrayList<>(names);
        Collections.addAll(more, "one more");

        assertThat(order(new JsonArray(more)).status()).isEqualTo(400);
    }
}
