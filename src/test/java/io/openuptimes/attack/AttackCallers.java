package io.openuptimes.attack;

import io.openuptimes.attack.GeneratedRequest.Caller;
import io.openuptimes.testing.Curl;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Creates callers of every kind. Uses each key once in advance, since unknown keys are rejected from an address with
 * many failures.
 */
final class AttackCallers {

    static final String KEY = "an-admin-key-of-the-attack";
    static final String PASSWORD = "correct horse battery";
    static final Caller NOBODY = new Caller("nobody", 0, List.of());

    private final Curl curl;
    private Caller session = NOBODY;

    AttackCallers(Curl curl) {
        this.curl = curl;
    }

    /** Callers without write access. */
    List<Caller> powerless() {
        String revoked = key("admin", null);
        curl.call("DELETE", "/api/keys/" + revoked.substring(3, 19)).key(KEY).send();
        return List.of(
                NOBODY,
                new Caller("read", 1, bearer(key("read", null))),
                new Caller("read for some", 1, bearer(key("read", "team=t1"))),
                new Caller("session without its token", 1, signedIn().headers().subList(0, 1)),
                new Caller("revoked", 0, bearer(revoked)));
    }

    /** Callers with write access. */
    List<Caller> powerful() {
        return List.of(
                new Caller("write", 2, bearer(key("write", null))),
                new Caller("write for some", 2, bearer(key("write", "team=t1"))),
                new Caller("admin", 3, bearer(key("admin", null))),
                new Caller("configured", 3, bearer(KEY)));
    }

    /** A signed-in admin, with a new session unless sign-in is throttled: generated requests end sessions. */
    Caller signedIn() {
        Curl.Answer answer = curl.call("POST", "/api/auth/login")
                .json("{\"password\":\"" + PASSWORD + "\"}")
                .send();
        if (answer.status() == 200) {
            session = new Caller(
                    "session with its token",
                    3,
                    List.of(
                            Map.entry("Cookie", Curl.COOKIE + "=" + answer.token()),
                            Map.entry("X-CSRF-Token", answer.json().getString("csrfToken"))));
        }
        return session;
    }

    private String key(String scope, @Nullable String selector) {
        JsonObject fields =
                new JsonObject().put("name", scope).put("scope", scope).put("selector", selector);
        String key = curl.call("POST", "/api/keys")
                .key(KEY)
                .json(fields.encode())
                .send()
                .json()
                .getString("key");
        curl.get("/api/services").key(key).send();
        return key;
    }

    private static List<Map.Entry<String, String>> bearer(String key) {
        return List.of(Map.entry("Authorization", "Bearer " + key));
    }

    static List<Caller> and(List<Caller> callers, Caller more) {
        List<Caller> all = new ArrayList<>(callers);
        all.add(more);
        return all;
    }
}
