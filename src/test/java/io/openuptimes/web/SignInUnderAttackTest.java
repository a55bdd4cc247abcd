package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Curl;
import io.openuptimes.testing.RunningApp;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many addresses guess the password concurrently, as fast as they get responses. */
class SignInUnderAttackTest {

    private static final String KEY = "a-key-for-tests-0123456789";
    private static final String PASSWORD = "correct horse";
    private static final int GUESSERS = 40;
    /** Makes the hash dominate the cost of a sign-in, as the default count does on a fast machine. */
    private static final int ITERATIONS = 20_000;

    private static final int SIGN_INS = 10;

    private static RunningApp app;
    private static Curl curl;

    @BeforeAll
    static void start() throws Exception {
        app = RunningApp.start(
                Map.of(
                        "OPENUPTIMES_API_KEY", KEY,
                        "OPENUPTIMES_RATE_LIMIT", "0",
                        "OPENUPTIMES_HTTP_INSTANCES", "2",
                        "OPENUPTIMES_HTTP_TRUSTED_PROXIES", "127.0.0.1"),
                ITERATIONS);
        curl = new Curl(app.port());
        curl.call("POST", "/api/setup/complete")
                .key(KEY)
                .json(new JsonObject().put("password", PASSWORD).encode())
                .send();
    }

    @AfterAll
    static void stop() throws IOException {
        app.close();
    }

    private static Curl.Call signIn(String address, String password) {
        return curl.call("POST", "/api/auth/login")
                .from(address)
                .json(new JsonObject().put("password", password).encode());
    }

    @Test
    void a_known_address_and_a_known_browser_sign_in_every_time() throws Exception {
        Curl.Answer before = signIn("192.0.2.1", PASSWORD).send();
        assertThat(before.status()).isEqualTo(200);
        String mark = before.response().headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("openuptimes_trusted_browser="))
                .findFirst()
                .orElseThrow();
        assertThat(mark).contains("; Max-Age=7776000;").endsWith("; Path=/; HTTPOnly; SameSite=Strict");

        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger guesses = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        ExecutorService guessers = Executors.newFixedThreadPool(GUESSERS);
        try {
            for (int i = 0; i < GUESSERS; i++) {
                guessers.execute(() -> {
                    while (!over.get()) {
                        int guess = guesses.incrementAndGet();
                        String address = "198.51." + guess / 250 % 250 + "." + guess % 250;
                        if (signIn(address, "wrong " + guess).status() == 429) {
                            refused.incrementAndGet();
                        }
                    }
                });
            }
            eventually(() -> assertThat(refused).hasValueGreaterThan(GUESSERS));

            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < SIGN_INS; i++) {
                statuses.add(signIn("192.0.2.1", PASSWORD).status());
                statuses.add(signIn("203.0.113." + i, PASSWORD)
                        .with("Cookie", mark.replaceAll(";.*", ""))
                        .status());
            }
            assertThat(statuses).hasSize(2 * SIGN_INS).containsOnly(200);
        } finally {
            over.set(true);
            guessers.shutdown();
            assertThat(guessers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
