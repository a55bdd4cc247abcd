package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Scope;
import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Callers of the whole service: keys of every scope, and a session. */
public final class Callers {

    private static final String PASSWORD = "correct horse battery";

    private final ApiServer api;

    Callers(ApiServer api) {
        this.api = api;
    }

    /** Creates a key. */
    String key(Scope scope) {
        return api.call(
                        "POST",
                        "/api/keys",
                        new JsonObject().put("name", "a " + scope.word()).put("scope", scope.word()))
                .json()
                .getString("key");
    }

    /** Signs in; returns the headers: cookie first, then the CSRF token. */
    List<String> signIn() {
        setPassword();
        return logIn();
    }

    /** Like {@link #signIn}, with the existing password. */
    List<String> logIn() {
        String password = new JsonObject().put("password", PASSWORD).encode();
        Answer in = api.send("POST", "/api/auth/login", password, "Content-Type", "application/json");
        assertThat(in.status()).as(in.text()).isEqualTo(200);
        String cookie = String.valueOf(in.header("Set-Cookie")).replaceAll(";.*", "");
        return List.of("Cookie", cookie, "X-CSRF-Token", in.json().getString("csrfToken"));
    }

    /** Sets the password, even if unchanged, which ends all sessions. */
    void setPassword() {
        api.call("POST", "/api/setup/complete", "{}"); // no effect if already completed
        JsonObject change = new JsonObject().put("currentPassword", PASSWORD).put("newPassword", PASSWORD);
        assertThat(api.call("PUT", "/api/auth/password", change).status()).isEqualTo(200);
    }

    /** Calls the operation as every caller without the needed right and validates the errors against the contract. */
    void refuses(String method, String path, @Nullable String body, Scope needed) {
        assertThat(send(method, path, body).status()).as("nobody").isEqualTo(401);
        assertThat(send(method, path, body, "Authorization", "Bearer wrong").status())
                .as("a wrong key")
                .isEqualTo(401);
        for (Scope scope : Scope.values()) {
            Answer answer = send(method, path, body, "Authorization", "Bearer " + key(scope));
            assertThat(answer.status() == 403).as(scope + ": " + answer).isEqualTo(!scope.includes(needed));
        }
        if (!method.equals("GET")) {
            List<String> session = signIn();
            assertThat(send(method, path, body, session.get(0), session.get(1)).status())
                    .as("a session without its CSRF token")
                    .isEqualTo(403);
            assertThat(send(method, path, body, session.get(0), session.get(1), session.get(2), "wrong")
                            .status())
                    .as("a session with a wrong CSRF token")
                    .isEqualTo(403);
        }
    }

    /** With a session and its CSRF token. */
    Answer bySession(String method, String path, @Nullable String body) {
        return send(method, path, body, signIn().toArray(String[]::new));
    }

    private Answer send(String method, String path, @Nullable String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        if (body != null) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        return api.send(method, path, body, all.toArray(String[]::new));
    }
}
