package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Service names: trimmed, validated, with a warning if similar to another. */
class NamesTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @AfterEach
    void clean() {
        api.deleteAll();
    }

    private static JsonObject fields(String name) {
        return new JsonObject().put("name", name).put("url", api.url(200)).put("paused", true);
    }

    private static JsonObject bulk(JsonObject... services) {
        JsonArray all = new JsonArray();
        for (JsonObject service : services) {
            all.add(service);
        }
        return new JsonObject().put("services", all);
    }

    private static JsonArray warnings(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
        return answer.json().getJsonArray("warnings", new JsonArray());
    }

    @Test
    void whiteSpaceAtTheEndsOfNamesAndGroupsIsNotStored() {
        JsonObject made = api.create(fields("\u00a0 shop\u3000\n").put("group", " eu "));
        assertThat(made.getString("name")).isEqualTo("shop");
        assertThat(made.getString("group")).isEqualTo("eu");

        Answer patched = api.call("PATCH", "/api/services?name=shop", new JsonObject().put("name", " shop 2 "));
        assertThat(patched.json().getJsonObject("service").getString("name")).isEqualTo("shop 2");

        Answer many = api.call("PUT", "/api/services/bulk", bulk(fields(" shop 2"), fields("other ")));
        assertThat(many.json().getJsonObject("counts").getInteger("created")).isEqualTo(1);
        assertThat(many.json().getJsonArray("created")).containsExactly("other");
        assertThat(api.call("POST", "/api/services", fields("other ")).status()).isEqualTo(409);
        assertThat(api.call("PUT", "/api/services/bulk", bulk(fields("x"), fields(" x")))
                        .message())
                .contains("services[1].name: is used by an earlier entry, too");
    }

    @ParameterizedTest
    @CsvSource({
        "name, ' \u00a0', name: must not be blank",
        "name, 'a\u202eb', 'name: must not contain characters that reorder text, such as U+202E'",
        "group, 'a\u2066b', 'group: must not contain characters that reorder text, such as U+2066'",
        "group, 'a\u200db', 'group: may contain joiners, such as U+200D, only inside words and emoji'",
        "name, 'a\ufeffb', 'name: must not contain invisible characters, such as U+FEFF'"
    })
    void unreadableNamesAreRefusedInEveryChange(String field, String value, String message) {
        api.create(fields("a"));
        JsonObject bad = fields("b").put(field, value);

        assertThat(api.call("POST", "/api/services", bad).message()).isEqualTo(message);
        assertThat(api.call("PUT", "/api/services?name=a", bad).message()).isEqualTo(message);
        assertThat(api.call("PATCH", "/api/services?name=a", new JsonObject().put(field, value))
                        .message())
                .isEqualTo(message);
        Answer many = api.call("PUT", "/api/services/bulk", bulk(fields("c"), bad));
        assertThat(many.status()).isEqualTo(400);
        assertThat(many.message()).contains("services[1]." + message);
        assertThat(api.getWithKey("/api/services").json().getJsonArray("services"))
                .hasSize(1);
    }

    @Test
    void labelsTheSiteAndKeysAreHeldToTheSameRules() {
        String message = "must not contain characters that reorder text, such as U+202E";
        JsonObject labels = new JsonObject().put("team", "a\u202eb");
        assertThat(api.call("POST", "/api/services", fields("a").put("labels", labels))
                        .message())
                .isEqualTo("labels.team: " + message);
        assertThat(api.call("PATCH", "/api/site", new JsonObject().put("siteName", "a\u202eb"))
                        .message())
                .isEqualTo("siteName: " + message);
        assertThat(api.call("POST", "/api/keys", new JsonObject().put("name", "a\u202eb"))
                        .message())
                .isEqualTo("name: " + message);
    }

    @Test
    void aNewNameThatLooksLikeAnotherIsWarnedOf() {
        assertThat(warnings(api.call("POST", "/api/services", fields("shop")))).isEmpty();
        assertThat(warnings(api.call("POST", "/api/services", fields("ＳＨＯＰ"))))
                .containsExactly("name: looks like \"shop\"");
        assertThat(warnings(api.call("POST", "/api/services", fields("other")))).isEmpty();
        Answer renamed = api.call("PATCH", "/api/services?name=other", new JsonObject().put("name", "Shop"));
        assertThat(warnings(renamed)).hasSize(1);
        assertThat(warnings(api.call("PATCH", "/api/services?name=Shop", new JsonObject().put("timeout", 500))))
                .isEmpty(); // unchanged
        api.call("DELETE", "/api/services?name=shop", (String) null);
        api.call("DELETE", "/api/services?name=" + ApiServer.encoded("ＳＨＯＰ"), (String) null);
        assertThat(warnings(api.call("PATCH", "/api/services?name=Shop", new JsonObject().put("name", "shop"))))
                .isEmpty(); // its own previous name
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void ofManyEachIsWarnedOf(boolean dryRun) {
        String id = api.create(fields("shop")).getString("id");

        Answer answer = api.call(
                "PUT",
                "/api/services/bulk?dryRun=" + dryRun,
                bulk(fields("SHOP "), fields("a"), fields("b").put("id", "b"), fields("A")));

        assertThat(warnings(answer)).contains("\"SHOP\": name: looks like \"shop\"");
        assertThat(warnings(answer)).contains("\"A\": name: looks like \"a\"");
        Answer own = api.call(
                "PUT",
                "/api/services/bulk?dryRun=" + dryRun,
                bulk(fields("Shop").put("id", id)));
        assertThat(warnings(own).toString()).doesNotContain("\"shop\"");
    }
}
