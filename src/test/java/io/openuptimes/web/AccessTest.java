package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.web.AccessServer.CONFIGURED_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.AccessMessage.FindKey;
import io.openuptimes.bus.AccessMessage.TouchKey;
import io.openuptimes.model.KeyLimits;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Scope;
import io.openuptimes.testing.Curl.Answer;
import io.openuptimes.web.access.IssuedKey;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and limits on a real server. */
class AccessTest {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final AccessServer server = new AccessServer(0);

    @AfterEach
    void stop() {
        server.stop();
    }

    private String keyOf(Scope scope) {
        IssuedKey issued = IssuedKey.issue("a key", scope, KeyLimits.NONE, server.clock.millis());
        server.store.keys.put(issued.apiKey().id(), issued.apiKey());
        return issued.key();
    }

    private String keyWith(KeyLimits limits) {
        IssuedKey issued = IssuedKey.issue("a key", Scope.WRITE, limits, server.clock.millis());
        server.store.keys.put(issued.apiKey().id(), issued.apiKey());
        return issued.key();
    }

    private static List<Integer> repeat(int times, java.util.function.IntSupplier call) {
        return IntStream.range(0, times).map(i -> call.getAsInt()).boxed().toList();
    }

    @Test
    void without_credentials_public_is_open_and_protected_a_401_with_its_challenge() {
        assertThat(server.get("/who").send().text()).isEqualTo("ANONYMOUS anonymous");
        Answer refused = server.call("POST", "/read").body("x").send();
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(refused.json().getBoolean("error")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER   "})
    void the_scheme_is_in_any_case(String scheme) {
        Answer answer = server.get("/who")
                .with("Authorization", scheme + CONFIGURED_KEY)
                .send();
        assertThat(answer.text()).isEqualTo("CONFIGURED_KEY configured");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer wrong",
                "Bearer",
                "Bearer configured-admin-ke",
                "Bearer configured-admin-keyy",
                "Bearer ou_0123456789abcdef_0123456789012345678901234567890123456789012",
                "Bearer ou_0123456789abcdef_",
                "Bearer ou_%2e%2e"
            })
    void a_wrong_key_is_a_401_on_public_routes_too(String header) {
        assertThat(server.get("/who").with("Authorization", header).status()).isEqualTo(401);
    }

    @Test
    void another_scheme_is_no_credential_of_ours() {
        Answer answer = server.get("/who").with("Authorization", "Basic dTpw").send();
        assertThat(answer.text()).isEqualTo("ANONYMOUS anonymous");
    }

    @Test
    void a_scope_reaches_itself_and_what_is_below() {
        for (Scope held : Scope.values()) {
            String key = keyOf(held);
            for (Scope needed : Scope.values()) {
                Answer answer = server.call("POST", "/" + needed.word())
                        .key(key)
                        .body("x")
                        .send();
                assertThat(answer.status()).isEqualTo(held.includes(needed) ? 200 : 403);
            }
        }
        assertThat(server.call("POST", "/admin").key(CONFIGURED_KEY).body("x").status())
                .isEqualTo(200);
    }

    @Test
    void the_right_id_with_another_secret_is_wrong() {
        String key = keyOf(Scope.ADMIN);
        String other = key.substring(0, key.length() - 1) + (key.endsWith("A") ? "B" : "A");
        assertThat(server.get("/who").key(other).status()).isEqualTo(401);
        assertThat(server.get("/who").key(key).status()).isEqualTo(200);
    }

    @Test
    void a_key_in_use_is_looked_up_once_a_second_and_touched_once_a_minute() throws Exception {
        String key = keyOf(Scope.READ);
        for (int second = 0; second < 61; second++) {
            assertThat(repeat(3, server.get("/who").key(key)::status)).containsOnly(200);
            server.passes(A_SECOND);
        }
        assertThat(server.store.count(FindKey.class)).isEqualTo(61);
        eventually(() -> assertThat(server.store.count(TouchKey.class)).isEqualTo(2)); // done asynchronously
    }

    @Test
    void an_expired_key_is_a_401_that_says_so_also_while_it_is_remembered() {
        String key = keyWith(new KeyLimits(LabelSelector.ALL, server.clock.millis() + 500, 0));
        assertThat(server.get("/who").key(key).status()).isEqualTo(200);
        server.passes(Duration.ofMillis(500));
        for (int i = 0; i < 2; i++) {
            Answer refused = server.get("/who").key(key).send();
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.message()).isEqualTo("This key has expired");
            server.passes(A_SECOND);
        }
    }

    @Test
    void a_rate_limit_of_its_own_counts_instead_of_the_general_one() {
        String slow = keyWith(new KeyLimits(LabelSelector.ALL, 0, 2));
        assertThat(repeat(5, server.get("/who").key(slow)::status)).containsExactly(200, 200, 200, 200, 429);
        assertThat(server.get("/who").key(slow).send().header("Retry-After")).isEqualTo("1");
        server.passes(A_SECOND);
        assertThat(repeat(3, server.get("/who").key(slow)::status)).containsExactly(200, 200, 429);

        AccessServer limited = new AccessServer(1);
        IssuedKey fast = IssuedKey.issue("fast", Scope.READ, new KeyLimits(LabelSelector.ALL, 0, 50), 1);
        limited.store.keys.put(fast.apiKey().id(), fast.apiKey());
        assertThat(repeat(50, limited.get("/who").key(fast.key())::status)).containsOnly(200);
        limited.stop();
    }

    @Test
    void a_key_limited_by_labels_gets_a_403_from_all_that_does_not_keep_to_its_services() {
        String key = keyWith(new KeyLimits(new LabelSelector(List.of(new LabelSelector.Term("a", "b", false))), 0, 0));
        assertThat(server.get("/who").key(key).status()).isEqualTo(200);
        Answer refused = server.call("POST", "/write").key(key).body("x").send();
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).contains("limited to services with certain labels");
        assertThat(server.call("POST", "/admin").key(key).body("x").send().message())
                .contains("requires the scope admin");
    }

    @Test
    void a_key_revoked_elsewhere_is_dead_within_a_second() {
        String key = keyOf(Scope.READ);
        assertThat(server.get("/who").key(key).status()).isEqualTo(200);
        server.store.keys.clear();
        server.passes(Duration.ofMillis(900));
        assertThat(server.get("/who").key(key).status()).isEqualTo(401);
    }

    @Test
    void with_the_store_away_stored_keys_are_a_503_and_the_configured_one_works() {
        String key = keyOf(Scope.READ);
        server.store.reachable = false;
        assertThat(repeat(40, server.get("/who").key(key)::status)).containsOnly(503);
        assertThat(server.get("/who").key(CONFIGURED_KEY).status()).isEqualTo(200);
        assertThat(server.get("/who").status()).isEqualTo(200);
        server.store.reachable = true;
        assertThat(server.get("/who").key(key).status()).isEqualTo(200);
    }

    @Test
    void a_large_body_waits_for_the_lookup_of_its_key() {
        String key = keyOf(Scope.READ);
        String body = "0123456789".repeat(100_000);
        for (int i = 0; i < 5; i++) {
            server.passes(A_SECOND);
            assertThat(server.call("POST", "/read").key(key).body(body).send().text())
                    .isEqualTo(body);
            server.passes(A_SECOND);
            assertThat(server.call("POST", "/write").key(key).body(body).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void the_thirty_first_failure_of_an_address_in_a_minute_is_a_429_whatever_the_rate_limit() {
        assertThat(repeat(30, () -> server.get("/who")
                        .key("wrong")
                        .from("198.51.100.1")
                        .status()))
                .containsOnly(401);
        Answer refused = server.get("/who").key("wrong").from("198.51.100.1").send();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("60");
        assertThat(server.get("/who").key("wrong").from("198.51.100.2").status())
                .isEqualTo(401);
        assertThat(server.get("/who").from("198.51.100.1").status()).isEqualTo(200);
        server.passes(Duration.ofMinutes(1));
        assertThat(server.get("/who").key("wrong").from("198.51.100.1").status())
                .isEqualTo(401);
    }

    @Test
    void keys_of_the_right_form_fail_as_often_and_no_more_are_looked_up() {
        String from = "2001:db8:1:2::1";
        assertThat(repeat(40, () -> server.get("/who")
                        .key(IssuedKey.issue("x", Scope.READ, KeyLimits.NONE, 1).key())
                        .from(from)
                        .status()))
                .startsWith(401)
                .endsWith(429);
        assertThat(server.store.count(FindKey.class)).isEqualTo(30);
        assertThat(server.get("/who").key("wrong").from("2001:db8:1:2:ffff::9").status())
                .isEqualTo(429);
    }

    @Test
    void a_neighbour_who_fails_does_not_lock_out_a_key_that_was_good_from_there() {
        String key = keyOf(Scope.READ);
        String newcomer = keyOf(Scope.READ);
        String nat = "198.51.100.1";
        assertThat(server.get("/who").key(key).from(nat).status()).isEqualTo(200);
        assertThat(server.get("/who").key(CONFIGURED_KEY).from(nat).status()).isEqualTo(200);
        repeat(31, () -> server.get("/who").key("wrong").from(nat).status());
        server.passes(A_SECOND.multipliedBy(5));
        assertThat(server.get("/who").key(key).from(nat).status()).isEqualTo(200);
        assertThat(server.get("/who").key(CONFIGURED_KEY).from(nat).status()).isEqualTo(200);
        assertThat(server.get("/who").key(newcomer).from(nat).status()).isEqualTo(429);
        server.store.keys.clear();
        server.passes(A_SECOND);
        assertThat(server.get("/who").key(key).from(nat).status()).isEqualTo(429);
    }

    @ParameterizedTest
    @CsvSource({"GET, /page, 200", "POST, /page, 405", "POST, /who, 405", "GET, /api/nothing, 404"})
    void pages_and_what_is_not_there_count_too(String method, String path, int status) {
        AccessServer limited = new AccessServer(5);
        try {
            assertThat(repeat(10, limited.call(method, path)::status)).containsOnly(status);
            Answer refused = limited.call(method, path).send();
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.json().getInteger("status")).isEqualTo(429);
            assertThat(limited.get("/who").status()).isEqualTo(429);
        } finally {
            limited.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, /page, 200", "POST, /page, 405", "POST, /who, 405", "POST, /api/nothing, 404"})
    void there_a_wrong_key_is_a_401_too_and_no_cookie_is_looked_up(String method, String path, int status) {
        Answer refused = server.call(method, path).key("wrong").send();
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(refused.json().getBoolean("error")).isTrue();
        assertThat(server.call(method, path).cookie("A".repeat(43)).status()).isEqualTo(status);
        assertThat(server.store.asked).isEmpty();
    }

    @Test
    void a_probe_is_answered_whatever_others_do_at_its_address() {
        AccessServer limited = new AccessServer(5);
        try {
            assertThat(repeat(11, limited.get("/who")::status)).endsWith(429);
            assertThat(repeat(20, limited.get("/probe")::status)).containsOnly(200);
            assertThat(repeat(40, limited.get("/probe").key("wrong")::status)).containsOnly(200);
            assertThat(limited.get("/probe").cookie("A".repeat(43)).status()).isEqualTo(200);
            assertThat(limited.store.asked).isEmpty();
        } finally {
            limited.stop();
        }
    }

    @Test
    void a_rate_is_a_clients_own() {
        AccessServer limited = new AccessServer(5);
        try {
            IssuedKey issued = IssuedKey.issue("a key", Scope.READ, KeyLimits.NONE, 1);
            limited.store.keys.put(issued.apiKey().id(), issued.apiKey());
            assertThat(repeat(10, limited.get("/who")::status)).containsOnly(200);
            Answer refused = limited.get("/who").send();
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(limited.get("/who").from("198.51.100.9").status()).isEqualTo(200);
            assertThat(repeat(10, limited.get("/who").key(issued.key())::status))
                    .containsOnly(200);
            assertThat(limited.get("/who").key(issued.key()).status()).isEqualTo(429);
            assertThat(limited.get("/who")
                            .key(issued.key())
                            .from("198.51.100.9")
                            .status())
                    .isEqualTo(429);
            assertThat(limited.get("/who").key(CONFIGURED_KEY).status()).isEqualTo(200);
            limited.passes(Duration.ofMillis(200));
            assertThat(limited.get("/who").status()).isEqualTo(200);
            assertThat(limited.get("/who").status()).isEqualTo(429);
        } finally {
            limited.stop();
        }
    }
}
