package io.openuptimes.web;

import static io.openuptimes.web.AccessServer.CONFIGURED_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.AccessMessage.Installation;
import io.openuptimes.testing.Curl.Answer;
import io.openuptimes.testing.Curl.Call;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetupHandlerTest {

    private static final String BODY = "{\"password\":\"correct horse\",\"siteName\":\"Our services\"}";

    private final AccessServer server = new AccessServer(0);
    private final String token = server.setupToken.forTheLog();

    @AfterEach
    void stop() {
        server.stop();
    }

    private Call complete(String key) {
        return server.call("POST", "/api/setup/complete").key(key);
    }

    private boolean isCompleted() {
        return server.get("/api/setup/status").send().json().getBoolean("completed");
    }

    @Test
    void the_token_completes_the_set_up_once_and_is_dead_then() {
        assertThat(isCompleted()).isFalse();
        Answer done = complete(token).json(BODY).send();
        assertThat(done.json()).isEqualTo(new JsonObject("{\"success\":true,\"message\":\"Setup completed\"}"));
        assertThat(isCompleted()).isTrue();
        assertThat(server.store.installation.siteName()).isEqualTo("Our services");
        assertThat(server.call("POST", "/api/auth/login")
                        .json("{\"password\":\"correct horse\"}")
                        .status())
                .isEqualTo(200);
        assertThat(complete(token).json(BODY).status()).isEqualTo(401);
        assertThat(complete(token).status()).isEqualTo(401);
    }

    @Test
    void a_first_admin_key_comes_with_the_answer_if_it_is_asked_for() {
        Answer done = complete(token)
                .json("{\"password\":\"correct horse\",\"apiKey\":true}")
                .send();
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.message()).isEqualTo("Setup completed");
        String key = done.json().getString("key");
        Answer listed = server.get("/api/keys").key(key).send();
        assertThat(listed.status()).isEqualTo(200);
        assertThat(listed.json().getJsonArray("keys")).hasSize(1);
        assertThat(done.json().getJsonObject("apiKey").getMap())
                .containsEntry("name", "First admin key")
                .containsEntry("scope", "admin")
                .containsEntry("prefix", key.substring(0, 19))
                .containsEntry("expiresAt", null)
                .containsEntry("createdAt", server.clock.millis());
        assertThat(listed.text()).doesNotContain(key);
    }

    @Test
    void no_key_is_created_unless_it_is_asked_for() {
        Answer done = complete(token)
                .json("{\"password\":\"correct horse\",\"apiKey\":false}")
                .send();
        assertThat(done.json()).isEqualTo(new JsonObject("{\"success\":true,\"message\":\"Setup completed\"}"));
        assertThat(keys()).isEmpty();
    }

    @Test
    void no_key_is_created_where_the_set_up_is_refused() {
        assertThat(complete(token).json("{\"apiKey\":true}").send().message()).isEqualTo("password: is required");
        server.store.reachable = false;
        assertThat(complete(token)
                        .json("{\"password\":\"correct horse\",\"apiKey\":true}")
                        .status())
                .isEqualTo(503);
        server.store.reachable = true;
        assertThat(complete(CONFIGURED_KEY).status()).isEqualTo(200);
        Answer late = complete(CONFIGURED_KEY).json("{\"apiKey\":true}").send();
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.message()).isEqualTo("Setup is already completed");
        assertThat(keys()).isEmpty();
    }

    private JsonArray keys() {
        return server.get("/api/keys").key(CONFIGURED_KEY).send().json().getJsonArray("keys");
    }

    @Test
    void the_status_says_whether_a_token_is_right_and_uses_nothing_up() {
        assertThat(server.get("/api/setup/status").key(token).send().json())
                .isEqualTo(new JsonObject("{\"completed\":false}"));
        assertThat(server.get("/api/setup/status").key("wrong").status()).isEqualTo(401);
        assertThat(server.get("/api/setup/status").key("").status()).isEqualTo(401);
        assertThat(server.get("/api/setup/status").key(CONFIGURED_KEY).status()).isEqualTo(200);
        assertThat(complete(token).json(BODY).status()).isEqualTo(200);
        assertThat(server.get("/api/setup/status").key(token).status()).isEqualTo(401);
        assertThat(isCompleted()).isTrue();
    }

    @Test
    void tokens_cannot_be_guessed_by_the_status() {
        for (int i = 0; i < 30; i++) {
            assertThat(server.get("/api/setup/status").key("wrong " + i).status())
                    .isEqualTo(401);
        }
        assertThat(server.get("/api/setup/status").key(token).status()).isEqualTo(429);
        assertThat(server.get("/api/setup/status").status()).isEqualTo(200);
    }

    @Test
    void the_token_works_for_nothing_else() {
        assertThat(server.get("/api/keys").key(token).status()).isEqualTo(401);
        assertThat(server.get("/who").key(token).status()).isEqualTo(401);
        assertThat(server.call("POST", "/read").key(token).body("x").status()).isEqualTo(401);
    }

    @Test
    void the_token_is_dead_when_another_node_completed_the_set_up() {
        server.store.installation = new Installation(true, "", null, 1);
        assertThat(complete(token).json(BODY).status()).isEqualTo(401);
        assertThat(server.store.installation.passwordHash()).isNull();
    }

    @Test
    void with_the_token_a_password_is_required() {
        for (String body : new String[] {"", "{}", "{\"siteName\":\"a\"}", "{\"password\":null}"}) {
            Answer answer = (body.isEmpty() ? complete(token) : complete(token).json(body)).send();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message()).isEqualTo("password: is required");
        }
        assertThat(isCompleted()).isFalse();
    }

    @Test
    void wrong_tokens_are_failed_credentials() {
        for (int i = 0; i < 30; i++) {
            assertThat(complete("wrong " + i).json(BODY).status()).isEqualTo(401);
        }
        assertThat(complete(token).json(BODY).status()).isEqualTo(429);
        assertThat(isCompleted()).isFalse();
    }

    @Test
    void without_credentials_it_is_a_401_and_with_a_lesser_key_a_403() {
        assertThat(server.call("POST", "/api/setup/complete").json(BODY).status())
                .isEqualTo(401);
        String key = server.call("POST", "/api/keys")
                .key(CONFIGURED_KEY)
                .json("{\"name\":\"a\",\"scope\":\"write\"}")
                .send()
                .json()
                .getString("key");
        assertThat(complete(key).json(BODY).status()).isEqualTo(403);
    }

    @Test
    void an_admin_key_completes_it_with_an_empty_body_and_again() {
        assertThat(complete(CONFIGURED_KEY).status()).isEqualTo(200);
        assertThat(isCompleted()).isTrue();
        assertThat(complete(CONFIGURED_KEY).send().message()).isEqualTo("Setup completed");
        assertThat(complete(CONFIGURED_KEY).json("{}").status()).isEqualTo(200);
        Answer late = complete(CONFIGURED_KEY).json(BODY).send();
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.message()).isEqualTo("Setup is already completed");
        assertThat(server.store.installation.passwordHash()).isNull();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {"password":"012345678"}                   | password: must be 10 to 1000 characters
            {"password":true}                          | password: must be a string
            {"password":"0123456789","siteName":""}    | siteName: must be 1 to 100 characters
            {"password":"0123456789","siteName":"\\t"} | siteName: must not be blank
            {"password":"0123456789","site":"a"}       | site: unknown field; known fields: password, siteName, apiKey
            {"password":"0123456789","apiKey":"true"}  | apiKey: must be true or false
            {"password":"0123456789","apiKey":1}       | apiKey: must be true or false
            """)
    void a_bad_field_is_a_400_that_names_it(String body, String message) {
        Answer answer = complete(token).json(body).send();
        assertThat(answer.message()).isEqualTo(message);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(isCompleted()).isFalse();
    }

    @Test
    void with_the_store_away_it_is_a_503() {
        server.store.reachable = false;
        assertThat(server.get("/api/setup/status").status()).isEqualTo(503);
        assertThat(complete(token).json(BODY).status()).isEqualTo(503);
        server.store.reachable = true;
        assertThat(complete(token).json(BODY).status()).isEqualTo(200);
    }
}
