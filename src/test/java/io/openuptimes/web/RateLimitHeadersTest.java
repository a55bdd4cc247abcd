package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Curl;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every response that counts against the rate limit carries the remaining quota. */
class RateLimitHeadersTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer().with("OPENUPTIMES_RATE_LIMIT", "100000");

    private final AccessServer server = new AccessServer(10);

    @AfterEach
    void stop() {
        server.stop();
    }

    private static void assertQuota(Curl.Answer answer, int limit, int remaining, int reset) {
        assertThat(answer.header("RateLimit-Limit")).isEqualTo(Integer.toString(limit));
        assertThat(answer.header("RateLimit-Remaining")).isEqualTo(Integer.toString(remaining));
        assertThat(answer.header("RateLimit-Reset")).isEqualTo(Integer.toString(reset));
    }

    @Test
    void answersCountDownAndTimeFillsUp() {
        assertQuota(server.get("/who").send(), 20, 19, 1);
        assertQuota(server.get("/nothing").send(), 20, 18, 1);
        for (int i = 0; i < 16; i++) {
            server.get("/page").send();
        }
        assertQuota(server.get("/who").send(), 20, 1, 2);
        server.passes(Duration.ofSeconds(1));
        assertQuota(server.get("/who").send(), 20, 10, 1);
    }

    @Test
    void aRefusalSaysWhenToComeBack() {
        Curl.Answer answer = server.get("/who").send();
        while (answer.status() == 200) {
            answer = server.get("/who").send();
        }
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertQuota(answer, 20, 0, 2);
    }

    @Test
    void failedCredentialsHaveALimitOfTheirOwn() {
        Curl.Answer answer = server.get("/who").key("wrong").send();
        while (answer.status() == 401) {
            answer = server.get("/who").key("wrong").send();
        }
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("60");
        assertQuota(answer, 30, 0, 60);
    }

    @Test
    void probesAreNotCounted() {
        assertThat(server.get("/probe").send().header("RateLimit-Limit")).isNull();
    }

    @Test
    void a304OfAPollHasThem() {
        String tag = api.get("/api/status").header("ETag");
        ApiServer.Answer known = api.get("/api/status", "If-None-Match", tag);

        assertThat(known.status()).isEqualTo(304);
        assertThat(known.header("RateLimit-Limit")).isEqualTo("200000");
        assertThat(known.header("RateLimit-Remaining")).isNotNull();
        assertThat(known.header("RateLimit-Reset")).isEqualTo("1");
    }
}
