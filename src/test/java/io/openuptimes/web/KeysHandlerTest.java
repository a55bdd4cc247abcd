package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.web.AccessServer.CONFIGURED_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.ApiKey;
import io.openuptimes.testing.Curl.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysHandlerTest {

    private final AccessServer server = new AccessServer(0);

    @AfterEach
    void stop() {
        server.stop();
    }

    private Answer make(String body) {
        return server.call("POST", "/api/keys").key(CONFIGURED_KEY).json(body).send();
    }

    private JsonArray list() {
        return server.get("/api/keys").key(CONFIGURED_KEY).send().json().getJsonArray("keys");
    }

    @Test
    void a_key_is_made_shown_once_used_listed_and_revoked() throws Exception {
        assertThat(list()).isEmpty();

        Answer made = make("{\"name\":\"the pipeline ✓\",\"scope\":\"write\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        String key = made.json().getString("key");
        JsonObject apiKey = made.json().getJsonObject("apiKey");
        assertThat(made.json().getBoolean("success")).isTrue();
        assertThat(key).matches("ou_[0-9a-f]{16}_[A-Za-z0-9_-]{43}").startsWith("ou_" + apiKey.getString("id") + "_");
        assertThat(apiKey.fieldNames())
                .containsExactly(
                        "id",
                        "name",
                        "scope",
                        "selector",
                        "prefix",
                        "createdAt",
                        "expiresAt",
                        "expired",
                        "rateLimit",
                        "lastUsed");
        assertThat(apiKey.getString("name")).isEqualTo("the pipeline ✓");
        assertThat(apiKey.getString("scope")).isEqualTo("write");
        assertThat(key).startsWith(apiKey.getString("prefix"));
        assertThat(apiKey.getValue("lastUsed")).isNull();

        assertThat(list()).containsExactly(apiKey);
        assertThat(server.call("POST", "/write").key(key).body("x").status()).isEqualTo(200);
        assertThat(server.get("/api/keys").key(key).status()).isEqualTo(403);
        eventually(() -> assertThat(list().getJsonObject(0).getLong("lastUsed")).isEqualTo(server.clock.millis()));

        String path = "/api/keys/" + apiKey.getString("id");
        Answer revoked = server.call("DELETE", path).key(CONFIGURED_KEY).send();
        assertThat(revoked.json()).isEqualTo(new JsonObject("{\"success\":true,\"message\":\"Key revoked\"}"));
        assertThat(server.get("/who").key(key).status())
                .as("at once on this node")
                .isEqualTo(401);
        assertThat(list()).isEmpty();
        Answer again = server.call("DELETE", path).key(CONFIGURED_KEY).send();
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.message()).isEqualTo("Key not found");
    }

    @Test
    void a_key_may_read_by_default_and_only_its_hash_is_kept() {
        Answer made = make("{\"name\":\"a\"}");
        assertThat(made.json().getJsonObject("apiKey").getString("scope")).isEqualTo("read");
        ApiKey kept = server.store.keys.values().iterator().next();
        String secret = made.json().getString("key").substring(20);
        assertThat(kept.hash()).matches("[0-9a-f]{64}");
        assertThat(kept.hash() + kept.prefix() + kept.id() + kept.name()).doesNotContain(secret);
    }

    @Test
    void a_key_revoked_while_it_is_remembered_is_dead_a_second_later() {
        String key = make("{\"name\":\"a\",\"scope\":\"admin\"}").json().getString("key");
        assertThat(server.get("/who").key(key).status()).isEqualTo(200);
        server.store.keys.clear();
        server.passes(Duration.ofSeconds(1));
        assertThat(server.get("/who").key(key).status()).isEqualTo(401);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            {}                                       | 400 | name: is required
            {"name":null}                            | 400 | name: is required
            {"name":""}                              | 400 | name: must be 1 to 100 characters
            {"name":"  "}                            | 400 | name: must not be blank
            {"name":"a\\nb"}                         | 400 | name: must not contain control characters
            {"name":7}                               | 400 | name: must be a string
            {"name":["a"]}                           | 400 | name: must be a string
            {"name":"\\ud800"}                       | 400 | name: must be valid Unicode
            {"name":"a","scope":"root"}              | 400 | scope: must be read, write or admin
            {"name":"a","scope":"READ"}              | 400 | scope: must be read, write or admin
            {"name":"a","scope":""}                  | 400 | scope: must be read, write or admin
            {"name":"a","scope":1}                   | 400 | scope: must be a string
            {"name":"a","scpoe":"read","x":1}        | 400 | scpoe, x: unknown field; known fields: name, scope, selector, expiresAt, rateLimit
            {"name":"a","selector":""}               | 400 | selector: must be 1 to 2000 characters
            {"name":"a","selector":"team=a,?"}       | 400 | selector: must be of the form key=value, key!=value, key or !key, not ?
            {"name":"a","selector":"=shop"}          | 400 | selector: must be of the form key=value, key!=value, key or !key, not =shop
            {"name":"a","selector":7}                | 400 | selector: must be a string
            {"name":"a","selector":"a","scope":"admin"} | 400 | selector: cannot be given for the scope admin
            {"name":"a","expiresAt":1700000000000}   | 400 | expiresAt: must be in the future, in epoch milliseconds
            {"name":"a","expiresAt":1}               | 400 | expiresAt: must be in the future, in epoch milliseconds
            {"name":"a","expiresAt":0}               | 400 | expiresAt: must be a whole number from 1 to 9223372036854775807
            {"name":"a","expiresAt":"tomorrow"}      | 400 | expiresAt: must be a whole number from 1 to 9223372036854775807
            {"name":"a","rateLimit":0}               | 400 | rateLimit: must be a whole number from 1 to 1000000
            {"name":"a","rateLimit":1000001}         | 400 | rateLimit: must be a whole number from 1 to 1000000
            {"name":"a","rateLimit":1.5}             | 400 | rateLimit: must be a whole number from 1 to 1000000
            []                                       | 400 | body: must be a JSON object
            """)
    void a_bad_field_is_a_400_that_names_it(String body, int status, String message) {
        Answer answer = make(body);
        assertThat(answer.message()).isEqualTo(message);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(server.store.keys).isEmpty();
    }

    @Test
    void a_key_is_listed_with_its_limits_and_as_expired_until_it_is_deleted() {
        long end = server.clock.millis() + 60_000;
        Answer made = make("{\"name\":\"a\",\"selector\":\" team=shop , env!=test,!old\",\"rateLimit\":5,\"expiresAt\":"
                + end + "}");
        assertThat(made.status()).isEqualTo(201);
        JsonObject shown = list().getJsonObject(0);
        assertThat(shown).isEqualTo(made.json().getJsonObject("apiKey"));
        assertThat(shown.getString("selector")).isEqualTo("team=shop,env!=test,!old");
        assertThat(shown.getInteger("rateLimit")).isEqualTo(5);
        assertThat(shown.getLong("expiresAt")).isEqualTo(end);
        assertThat(shown.getBoolean("expired")).isFalse();

        server.passes(Duration.ofMinutes(1));
        assertThat(list().getJsonObject(0).getBoolean("expired")).isTrue();
    }

    @Test
    void a_name_of_a_hundred_characters_is_the_longest() {
        assertThat(make("{\"name\":\"" + "😀".repeat(100) + "\"}").status()).isEqualTo(201);
        assertThat(make("{\"name\":\"" + "a".repeat(101) + "\"}").message())
                .isEqualTo("name: must be 1 to 100 characters");
    }

    @Test
    void without_a_body_or_as_another_type_it_is_said_so() {
        assertThat(server.call("POST", "/api/keys").key(CONFIGURED_KEY).status())
                .isEqualTo(400);
        assertThat(server.call("POST", "/api/keys")
                        .key(CONFIGURED_KEY)
                        .with("Content-Type", "text/plain")
                        .body("{\"name\":\"a\"}")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void with_the_store_away_it_is_a_503() {
        server.store.reachable = false;
        assertThat(make("{\"name\":\"a\"}").status()).isEqualTo(503);
        assertThat(server.get("/api/keys").key(CONFIGURED_KEY).status()).isEqualTo(503);
    }
}
