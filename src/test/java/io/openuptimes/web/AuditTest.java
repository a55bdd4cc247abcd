package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AuditTest {

    private static final String PASSWORD = "correct horse battery";

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    private static List<JsonObject> entries(String query) {
        Answer answer = api.getWithKey("/api/audit?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().getJsonArray("entries").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    /** The newest entry with this target. */
    private static JsonObject newest(String target) {
        return entries("limit=1&target=" + ApiServer.encoded(target)).get(0);
    }

    private static void ok(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
    }

    @Test
    void a_service_leaves_one_entry_for_each_change_with_the_fields_that_changed() {
        api.create("Audited", api.url(200));
        JsonObject created = newest("Audited");
        assertThat(created.getString("action")).isEqualTo("createService");
        assertThat(created.getJsonObject("by"))
                .isEqualTo(new JsonObject()
                        .put("kind", "configured-key")
                        .put("key", null)
                        .put("address", "127.0.0.1"));
        assertThat(created.getJsonObject("before")).isNull();
        assertThat(created.getJsonObject("after").getString("url")).isEqualTo(api.url(200));

        ok(api.call("PATCH", "/api/services?name=Audited", "{\"interval\":30,\"group\":\"Shop\"}"));
        JsonObject patched = newest("Audited");
        assertThat(patched.getString("action")).isEqualTo("patchService");
        assertThat(patched.getJsonObject("before").fieldNames()).containsExactlyInAnyOrder("interval", "group");
        assertThat(patched.getJsonObject("after"))
                .isEqualTo(new JsonObject().put("group", "Shop").put("interval", 30));

        JsonObject renamed = new JsonObject().put("name", "Audited 2").put("url", api.url(200));
        ok(api.call("PUT", "/api/services?name=Audited", renamed));
        assertThat(newest("Audited").getJsonObject("after").getString("name")).isEqualTo("Audited 2");

        Answer deleted = api.call("DELETE", "/api/services?name=Audited%202", (String) null);
        ok(deleted);
        assertThat(newest("Audited 2").getString("action")).isEqualTo("deleteService");
        assertThat(newest("Audited 2").getJsonObject("after")).isNull();
        String id = deleted.json().getJsonObject("undo").getString("id");
        ok(api.call("POST", "/api/services/restore", new JsonObject().put("id", id)));
        assertThat(newest("Audited 2").getString("action")).isEqualTo("restoreService");
        assertThat(entries("target=Audited")).hasSize(3);
        assertThat(entries("target=Audited%202")).hasSize(2);
    }

    @Test
    void no_secret_is_in_an_entry() {
        JsonObject service = new JsonObject()
                .put("name", "Secretive")
                .put("url", "http://user:hunter2@127.0.0.1:9/path?token=hunter2#hunter2")
                .put("method", "POST")
                .put("body", "hunter2")
                .put("headers", new JsonObject().put("Authorization", "Bearer hunter2"));
        if (api.call("POST", "/api/services", service).status() == 400) {
            service.put("url", "http://127.0.0.1:9/path?token=hunter2#hunter2");
            api.create(service);
        }
        ok(api.call("PATCH", "/api/services?name=Secretive", "{\"headers\":{\"X-Key\":\"hunter2-next\"}}"));
        api.create("Secretive two", api.url(200));
        ok(api.call("PATCH", "/api/services?label=!none", "{\"body\":\"hunter2\"}"));
        ok(api.call("POST", "/api/services/test", "{\"url\":\"http://127.0.0.1:9/?token=hunter2\",\"timeout\":1000}"));
        Answer all = api.getWithKey("/api/audit?limit=1000");
        assertThat(all.text()).contains("Secretive", "Authorization", "X-Key").doesNotContain("hunter2");
        assertThat(newest("Secretive").getJsonObject("after").getJsonObject("headers"))
                .isEqualTo(new JsonObject().put("X-Key", "•••"));
    }

    @Test
    void a_bulk_change_is_one_entry_with_its_counts_and_a_dry_run_or_a_repeat_is_none() {
        String body = new JsonObject()
                .put(
                        "services",
                        new JsonArray()
                                .add(new JsonObject().put("name", "Bulk 1").put("url", api.url(200)))
                                .add(new JsonObject().put("name", "Bulk 2").put("url", api.url(200))))
                .encode();
        int before = entries("action=applyServices&limit=1000").size();
        ok(api.call("PUT", "/api/services/bulk?dryRun=true", body));
        assertThat(entries("action=applyServices&limit=1000")).hasSize(before);
        for (int i = 0; i < 2; i++) {
            ok(api.send(
                    "PUT",
                    "/api/services/bulk",
                    body,
                    "Authorization",
                    "Bearer " + ApiServer.KEY,
                    "Content-Type",
                    "application/json",
                    "Idempotency-Key",
                    "audited"));
        }
        List<JsonObject> entries = entries("action=applyServices&limit=1000");
        assertThat(entries).hasSize(before + 1);
        assertThat(entries.get(0).getJsonObject("counts"))
                .isEqualTo(new JsonObject()
                        .put("created", 2)
                        .put("changed", 0)
                        .put("unchanged", 0)
                        .put("deleted", 0));
    }

    static Stream<Arguments> operations() {
        return Stream.of(
                Arguments.of("setHistoryTtl", "PATCH", "/api/ping-history/ttl", "{\"ttl\":604800}", "{\"ttl\":86400}"),
                Arguments.of("clearHistory", "DELETE", "/api/ping-history", null, null),
                Arguments.of("changeSite", "PATCH", "/api/site", "{\"accent\":\"#0a7d55\"}", "{\"accent\":null}"),
                Arguments.of("endSessions", "DELETE", "/api/auth/sessions", null, null),
                Arguments.of("completeSetup", "POST", "/api/setup/complete", "{}", null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void every_operation_that_acts_is_recorded(
            String action, String method, String path, @Nullable String body, @Nullable String before) {
        ok(api.call(method, path, body));
        JsonObject entry = entries("limit=1").get(0);
        assertThat(entry.getString("action")).isEqualTo(action);
        if (before != null) {
            assertThat(entry.getJsonObject("before")).isEqualTo(new JsonObject(before));
        }
    }

    @Test
    void a_key_is_named_by_its_prefix_when_it_is_made_used_and_revoked() {
        Answer made = api.call("POST", "/api/keys", "{\"name\":\"pipeline\",\"scope\":\"write\"}");
        String key = made.json().getString("key");
        JsonObject apiKey = made.json().getJsonObject("apiKey");
        String prefix = apiKey.getString("prefix");
        assertThat(newest(prefix).getJsonObject("after").getString("name")).isEqualTo("pipeline");
        ok(api.send("DELETE", "/api/ping-history", null, "Authorization", "Bearer " + key));
        JsonObject used = entries("limit=1&by=" + prefix).get(0);
        assertThat(used.getString("action")).isEqualTo("clearHistory");
        assertThat(used.getJsonObject("by").getString("kind")).isEqualTo("key");
        ok(api.call("DELETE", "/api/keys/" + apiKey.getString("id"), (String) null));
        assertThat(newest(prefix).getString("action")).isEqualTo("revokeKey");
        assertThat(api.getWithKey("/api/audit?limit=1000").text()).doesNotContain(key);
    }

    @Test
    void failed_sign_ins_are_entries_of_their_own_and_refused_changes_are_none() {
        api.call("POST", "/api/setup/complete", new JsonObject().put("password", PASSWORD));
        api.call("PUT", "/api/auth/password", new JsonObject().put("newPassword", PASSWORD));
        int before = entries("failed=false&limit=1000").size();
        Answer wrong = api.send(
                "POST", "/api/auth/login", "{\"password\":\"guess-number-1\"}", "Content-Type", "application/json");
        assertThat(wrong.status()).isEqualTo(401);
        JsonObject failed = entries("failed=true&limit=1").get(0);
        assertThat(failed.getString("action")).isEqualTo("login");
        assertThat(failed.getBoolean("failed")).isTrue();
        assertThat(failed.getJsonObject("by").getString("kind")).isEqualTo("anonymous");
        assertThat(failed.getJsonObject("by").getString("address")).isEqualTo("127.0.0.1");
        assertThat(failed.encode()).doesNotContain("guess-number-1");
        String right = new JsonObject().put("password", PASSWORD).encode();
        ok(api.send("POST", "/api/auth/login", right, "Content-Type", "application/json"));
        assertThat(entries("limit=1&action=login&failed=false")
                        .get(0)
                        .getJsonObject("by")
                        .getString("kind"))
                .isEqualTo("session");
        before++;
        assertThat(api.call("POST", "/api/services", "{\"name\":\"\"}").status())
                .isEqualTo(400);
        assertThat(api.call("DELETE", "/api/services?name=nobody", (String) null)
                        .status())
                .isEqualTo(404);
        assertThat(entries("failed=false&limit=1000")).hasSize(before);
    }

    @Test
    void what_strangers_and_tests_of_checks_do_without_changing_anything_is_no_entry() {
        int before = entries("limit=1000").size();
        ok(api.send("POST", "/api/auth/logout", null));
        ok(api.call("POST", "/api/services/test", "{\"url\":\"" + api.url(200) + "\"}"));
        assertThat(entries("limit=1000")).hasSize(before);
    }

    @Test
    void pages_follow_one_another_and_lines_have_the_same_entries() {
        for (int i = 0; i < 5; i++) {
            ok(api.call("PATCH", "/api/ping-history/ttl", "{\"ttl\":" + (86_400 + i) + "}"));
        }
        List<JsonObject> all = entries("limit=1000");
        JsonArray paged = new JsonArray();
        String cursor = "";
        do {
            Answer page = api.getWithKey("/api/audit?limit=2" + cursor);
            paged.addAll(page.json().getJsonArray("entries"));
            String next = page.json().getString("cursor");
            cursor = next == null ? "" : "&cursor=" + ApiServer.encoded(next);
        } while (!cursor.isEmpty());
        assertThat(paged.stream().map(Object::toString).toList())
                .isEqualTo(all.stream().map(Object::toString).toList());
        Answer lines = api.send(
                "GET",
                "/api/audit",
                null,
                "Authorization",
                "Bearer " + ApiServer.KEY,
                "Accept",
                "application/x-ndjson");
        assertThat(lines.text().lines().toList())
                .isEqualTo(all.stream().map(JsonObject::encode).toList());
        assertThat(all).isSortedAccordingTo((a, b) -> Long.compare(b.getLong("at"), a.getLong("at")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limit=0     | limit: must be a whole number from 1 to 1000
            from=2&to=1 | from: must not be later than to
            failed=yes  | failed: must be true or false
            cursor=x    | cursor: is not valid; use the one from the previous page
            wo=x        | wo: unknown parameter; allowed: from, to, action, by, target, address, failed, limit, cursor
            """)
    void a_wrong_parameter_is_named(String query, String message) {
        Answer answer = api.getWithKey("/api/audit?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({"read,403", "write,403", "admin,200"})
    void only_admins_read_it(String scope, int status) {
        String key = api.call("POST", "/api/keys", "{\"name\":\"a\",\"scope\":\"" + scope + "\"}")
                .json()
                .getString("key");
        assertThat(api.get("/api/audit", "Authorization", "Bearer " + key).status())
                .isEqualTo(status);
        assertThat(api.get("/api/audit").status()).isEqualTo(401);
    }
}
