package io.openuptimes.web;

import static io.openuptimes.testing.Curl.COOKIE;
import static io.openuptimes.web.AccessServer.CONFIGURED_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.AccessMessage.Installation;
import io.openuptimes.testing.Curl.Answer;
import io.openuptimes.testing.Curl.Call;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthHandlerTest {

    private static final String PASSWORD = "correct horse";

    private final AccessServer server = new AccessServer(0);

    @BeforeEach
    void setUp() {
        server.call("POST", "/api/setup/complete")
                .key(CONFIGURED_KEY)
                .json("{\"password\":\"" + PASSWORD + "\"}")
                .send();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Call login(String password) {
        return server.call("POST", "/api/auth/login")
                .json(new JsonObject().put("password", password).encode());
    }

    private JsonObject session(String token) {
        return server.get("/api/auth/session").cookie(token).send().json();
    }

    private Answer change(Call call, String current, String next) {
        return call.json(new JsonObject()
                        .put("currentPassword", current)
                        .put("newPassword", next)
                        .encode())
                .send();
    }

    @Test
    void a_sign_in_gives_a_cookie_that_scripts_and_other_sites_do_not_get() {
        Answer answer = login(PASSWORD).send();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.token()).matches("[A-Za-z0-9_-]{43}");
        assertThat(answer.header("Set-Cookie"))
                .isEqualTo(COOKIE + "=" + answer.token() + "; Path=/; HTTPOnly; SameSite=Strict");
        assertThat(answer.json().getBoolean("success")).isTrue();
        assertThat(answer.json().getLong("expiresAt")).isEqualTo(server.clock.millis() + 12 * 3_600_000);
        assertThat(session(answer.token()))
                .isEqualTo(new JsonObject()
                        .put("authenticated", true)
                        .put("csrfToken", answer.json().getString("csrfToken"))
                        .put("expiresAt", answer.json().getLong("expiresAt")));
        assertThat(server.store.sessions.toString()).doesNotContain(answer.token());
    }

    @Test
    void behind_tls_the_cookie_is_secure() {
        Answer answer = login(PASSWORD).with("X-Forwarded-Proto", "https").send();
        assertThat(answer.response().headers().allValues("Set-Cookie"))
                .hasSize(2)
                .allSatisfy(cookie ->
                        assertThat(cookie).startsWith("__Host-openuptimes_").contains("; Path=/; Secure;"));
    }

    @Test
    void over_tls_a_plain_cookie_neither_counts_nor_overrides_the_prefixed_one() {
        String forged = login(PASSWORD).send().token();
        Answer answer = login(PASSWORD).with("X-Forwarded-Proto", "https").send();
        String own = String.valueOf(answer.header("Set-Cookie")).replaceAll(";.*", "");

        assertThat(secureSession(COOKIE + "=" + forged).getBoolean("authenticated"))
                .isFalse();
        for (String cookies : new String[] {own + "; " + COOKIE + "=" + forged, COOKIE + "=" + forged + "; " + own}) {
            assertThat(secureSession(cookies).getString("csrfToken"))
                    .isEqualTo(answer.json().getString("csrfToken"));
        }
    }

    private JsonObject secureSession(String cookies) {
        return server.get("/api/auth/session")
                .with("X-Forwarded-Proto", "https")
                .with("Cookie", cookies)
                .send()
                .json();
    }

    @Test
    void a_known_browser_has_failures_of_its_own_until_the_password_changes() {
        Answer in = login(PASSWORD).send();
        String mark = in.response().headers().allValues("Set-Cookie").get(1).replaceAll(";.*", "");
        assertThat(mark).startsWith("openuptimes_trusted_browser=");
        for (int i = 0; i < 30; i++) {
            login("wrong").from("198.51.100.1").send();
        }
        assertThat(login(PASSWORD).from("198.51.100.1").status()).isEqualTo(429);
        assertThat(login(PASSWORD).from("198.51.100.1").with("Cookie", mark).status())
                .isEqualTo(200);
        change(server.call("PUT", "/api/auth/password").key(CONFIGURED_KEY), PASSWORD, "battery staple");
        assertThat(login("battery staple")
                        .from("198.51.100.1")
                        .with("Cookie", mark)
                        .status())
                .isEqualTo(429);
    }

    @Test
    void a_wrong_password_is_a_401_and_the_thirty_first_a_429() {
        for (int i = 0; i < 30; i++) {
            Answer answer = login("wrong " + i).from("198.51.100.1").send();
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.message()).isEqualTo("Wrong password");
            assertThat(answer.header("Set-Cookie")).isNull();
        }
        Answer refused = login(PASSWORD).from("198.51.100.1").send();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("60");
        assertThat(login(PASSWORD).from("198.51.100.2").status()).isEqualTo(200);
        server.passes(Duration.ofMinutes(1));
        assertThat(login(PASSWORD).from("198.51.100.1").status()).isEqualTo(200);
    }

    @Test
    void right_passwords_are_no_failures() {
        for (int i = 0; i < 35; i++) {
            assertThat(login(PASSWORD).status()).isEqualTo(200);
        }
    }

    @Test
    void before_a_password_is_set_it_is_said_that_the_set_up_is_not_complete() {
        server.store.installation = new Installation(false, "", null, 1);
        Answer answer = login(PASSWORD).send();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.message()).contains("setup is not complete");
    }

    @Test
    void a_cookie_caller_needs_the_csrf_token_for_whatever_changes_something() {
        Answer in = login(PASSWORD).send();
        String csrf = in.json().getString("csrfToken");
        assertThat(server.get("/api/keys").cookie(in.token()).status()).isEqualTo(200);
        for (String wrong : new String[] {"", "wrong", csrf.substring(1), csrf + "x"}) {
            Call call = server.call("POST", "/admin").cookie(in.token()).body("x");
            Answer refused = (wrong.isEmpty() ? call : call.with("X-CSRF-Token", wrong)).send();
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.message()).isEqualTo("X-CSRF-Token: missing or wrong");
        }
        Call right = server.call("POST", "/admin").cookie(in.token()).body("x").with("X-CSRF-Token", csrf);
        assertThat(right.status()).isEqualTo(200);
    }

    @Test
    void another_sessions_csrf_token_is_wrong() {
        Answer one = login(PASSWORD).send();
        Answer other = login(PASSWORD).send();
        Call call = server.call("POST", "/admin")
                .cookie(one.token())
                .with("X-CSRF-Token", other.json().getString("csrfToken"))
                .body("x");
        assertThat(call.status()).isEqualTo(403);
    }

    @Test
    void a_key_beside_a_cookie_wins_and_needs_no_csrf_token() {
        String token = login(PASSWORD).send().token();
        assertThat(server.call("POST", "/admin")
                        .cookie(token)
                        .key(CONFIGURED_KEY)
                        .body("x")
                        .status())
                .isEqualTo(200);
        assertThat(server.get("/who").cookie(token).key("wrong").status()).isEqualTo(401);
        assertThat(server.get("/who").cookie(token).send().text()).isEqualTo("SESSION session");
    }

    @Test
    void an_old_cookie_does_not_stand_in_the_way_of_a_sign_in() {
        String token = login(PASSWORD).send().token();
        assertThat(login(PASSWORD).cookie(token).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "\"quoted\"", "a%00b"})
    void an_unknown_cookie_is_nobody(String token) {
        assertThat(session(token)).isEqualTo(new JsonObject().put("authenticated", false));
        assertThat(server.call("POST", "/admin").cookie(token).body("x").status())
                .isEqualTo(401);
    }

    @Test
    void a_sign_out_ends_the_session_and_clears_the_cookie() {
        Answer in = login(PASSWORD).send();
        assertThat(session(in.token()).getBoolean("authenticated")).isTrue();
        assertThat(server.call("POST", "/api/auth/logout").cookie(in.token()).status())
                .isEqualTo(403);
        Answer out = server.call("POST", "/api/auth/logout")
                .cookie(in.token())
                .with("X-CSRF-Token", in.json().getString("csrfToken"))
                .send();
        assertThat(out.json()).isEqualTo(new JsonObject("{\"success\":true,\"message\":\"Signed out\"}"));
        assertThat(out.header("Set-Cookie")).startsWith(COOKIE + "=; Max-Age=0;");
        assertThat(session(in.token()).getBoolean("authenticated")).isFalse();
        assertThat(server.call("POST", "/api/auth/logout").cookie(in.token()).status())
                .isEqualTo(200);
    }

    @Test
    void a_session_ends_after_twelve_hours_without_use() {
        String token = login(PASSWORD).send().token();
        server.passes(Duration.ofHours(12));
        assertThat(session(token).getBoolean("authenticated")).isFalse();
    }

    @Test
    void a_session_in_use_is_prolonged_once_less_than_half_is_left() {
        Answer in = login(PASSWORD).send();
        long first = in.json().getLong("expiresAt");
        server.passes(Duration.ofHours(6));
        assertThat(session(in.token()).getLong("expiresAt")).isEqualTo(first);
        server.passes(Duration.ofMinutes(1));
        long second = first + Duration.ofHours(6).plusMinutes(1).toMillis();
        assertThat(session(in.token()).getLong("expiresAt")).isEqualTo(second);
        server.passes(Duration.ofHours(11));
        assertThat(session(in.token()).getBoolean("authenticated")).isTrue();
        assertThat(session(in.token()).getString("csrfToken"))
                .isEqualTo(in.json().getString("csrfToken"));
    }

    @Test
    void a_new_password_ends_all_other_sessions_and_the_old_password() {
        Answer mine = login(PASSWORD).send();
        Answer other = login(PASSWORD).send();
        assertThat(session(other.token()).getBoolean("authenticated")).isTrue();
        Call call = server.call("PUT", "/api/auth/password")
                .cookie(mine.token())
                .with("X-CSRF-Token", mine.json().getString("csrfToken"));
        Answer changed = change(call, PASSWORD, "battery staple");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.message()).isEqualTo("Password changed");
        assertThat(changed.token()).isNotEqualTo(mine.token());
        assertThat(session(changed.token()).getString("csrfToken"))
                .isEqualTo(changed.json().getString("csrfToken"));
        assertThat(session(other.token()).getBoolean("authenticated")).isFalse();
        assertThat(session(mine.token()).getBoolean("authenticated")).isFalse();
        assertThat(login(PASSWORD).status()).isEqualTo(401);
        assertThat(login("battery staple").status()).isEqualTo(200);
    }

    @Test
    void an_admin_key_changes_the_password_too_and_gets_no_cookie() {
        Answer wrong = change(server.call("PUT", "/api/auth/password").key(CONFIGURED_KEY), "wrong", "battery staple");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.message()).isEqualTo("Wrong current password");
        Answer changed =
                change(server.call("PUT", "/api/auth/password").key(CONFIGURED_KEY), PASSWORD, "battery staple");
        assertThat(changed.json()).isEqualTo(new JsonObject("{\"success\":true,\"message\":\"Password changed\"}"));
        assertThat(changed.header("Set-Cookie")).isNull();
    }

    @Test
    void where_there_is_no_password_yet_an_admin_key_sets_the_first() {
        server.store.installation = new Installation(true, "", null, 1);
        Answer set = server.call("PUT", "/api/auth/password")
                .key(CONFIGURED_KEY)
                .json("{\"newPassword\":\"battery staple\"}")
                .send();
        assertThat(set.status()).isEqualTo(200);
        assertThat(login("battery staple").status()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {"newPassword":"0123456789"}                                   | currentPassword: is required
            {"currentPassword":"correct horse"}                            | newPassword: is required
            {"currentPassword":"correct horse","newPassword":"012345678"}  | newPassword: must be 10 to 1000 characters
            {"currentPassword":"correct horse","newPassword":1234567890}   | newPassword: must be a string
            {"currentPassword":[],"newPassword":"0123456789"}              | currentPassword: must be a string
            {"newPassword":"0123456789","user":"admin"}                    | user: unknown field; known fields: currentPassword, newPassword
            """)
    void a_bad_field_is_a_400_that_names_it(String body, String message) {
        Answer answer = server.call("PUT", "/api/auth/password")
                .key(CONFIGURED_KEY)
                .json(body)
                .send();
        assertThat(answer.message()).isEqualTo(message);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(login(PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void a_password_has_at_most_a_thousand_characters() {
        Call call = server.call("PUT", "/api/auth/password").key(CONFIGURED_KEY);
        assertThat(change(call, PASSWORD, "x".repeat(1001)).status()).isEqualTo(400);
        Call again = server.call("PUT", "/api/auth/password").key(CONFIGURED_KEY);
        assertThat(change(again, PASSWORD, "x".repeat(1000)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"password\":\"\"}", "{\"password\":1}", "{\"password\":\"a\",\"user\":\"b\"}", "["})
    void a_bad_sign_in_body_is_a_400(String body) {
        assertThat(server.call("POST", "/api/auth/login").json(body).status()).isEqualTo(400);
    }

    @Test
    void with_the_store_away_sign_ins_and_sessions_are_a_503() {
        String token = login(PASSWORD).send().token();
        server.store.reachable = false;
        assertThat(login(PASSWORD).status()).isEqualTo(503);
        assertThat(server.get("/api/auth/session").cookie(token).status()).isEqualTo(503);
    }

    @Test
    void all_sessions_end_at_once_the_callers_too() {
        Answer one = login(PASSWORD).send();
        Answer other = login(PASSWORD).send();
        assertThat(session(other.token()).getBoolean("authenticated")).isTrue(); // cached from now on

        Answer ended = server.call("DELETE", "/api/auth/sessions")
                .cookie(one.token())
                .with("X-CSRF-Token", one.json().getString("csrfToken"))
                .send();

        assertThat(ended.json()).isEqualTo(new JsonObject("{\"success\":true,\"message\":\"All sessions ended\"}"));
        assertThat(ended.header("Set-Cookie")).startsWith(COOKIE + "=;").contains("Max-Age=0");
        assertThat(session(one.token()).getBoolean("authenticated")).isFalse();
        assertThat(session(other.token()).getBoolean("authenticated")).isFalse();
        assertThat(server.get("/api/keys").cookie(other.token()).status()).isEqualTo(401);
        assertThat(session(login(PASSWORD).send().token()).getBoolean("authenticated"))
                .isTrue();
    }

    @Test
    void ending_all_sessions_takes_the_scope_admin_or_a_session_with_its_csrf_token() {
        Answer in = login(PASSWORD).send();
        assertThat(server.call("DELETE", "/api/auth/sessions").status()).isEqualTo(401);
        assertThat(server.call("DELETE", "/api/auth/sessions")
                        .cookie(in.token())
                        .status())
                .isEqualTo(403);
        for (String scope : new String[] {"read", "write"}) {
            String key = server.call("POST", "/api/keys")
                    .key(CONFIGURED_KEY)
                    .json("{\"name\":\"a\",\"scope\":\"" + scope + "\"}")
                    .send()
                    .json()
                    .getString("key");
            assertThat(server.call("DELETE", "/api/auth/sessions").key(key).status())
                    .isEqualTo(403);
        }
        assertThat(session(in.token()).getBoolean("authenticated")).isTrue();

        server.store.reachable = false;
        assertThat(server.call("DELETE", "/api/auth/sessions")
                        .key(CONFIGURED_KEY)
                        .status())
                .isEqualTo(503);
        server.store.reachable = true;
        assertThat(session(in.token()).getBoolean("authenticated")).isTrue();

        assertThat(server.call("DELETE", "/api/auth/sessions")
                        .key(CONFIGURED_KEY)
                        .status())
                .isEqualTo(200);
        assertThat(session(in.token()).getBoolean("authenticated")).isFalse();
    }
}
