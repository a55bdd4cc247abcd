package io.openuptimes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.Bus;
import io.openuptimes.config.Version;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.embedded.EmbeddedRedis;
import io.openuptimes.testing.FreePorts;
import io.openuptimes.testing.RedisCalls;
import io.openuptimes.testing.RestartableRedis;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code --check-config} says about the stored data. */
class CheckedStoreTest {

    @TempDir
    private Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private Vertx vertx;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        Bus.install(vertx);
        environment.put("OPENUPTIMES_DATA_DIR", dir.resolve("data").toString());
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(60, TimeUnit.SECONDS);
    }

    private int check() {
        Host host = new Host(
                environment,
                () -> vertx,
                config -> {},
                () -> {},
                () -> {
                    throw new IllegalStateException("it asks for nothing");
                },
                new PrintWriter(out),
                new PrintWriter(err));
        return Arguments.run(host, "--check-config").orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | 0 | The stored data has no format yet, or that of an earlier version; this version reads it.",
                "1    | 0 | The stored data has format 1, which this version reads.",
                "2    | 1 | This store has format 2; this version (%s) reads formats 0 to 1.",
                "x    | 1 | This store has an invalid format number in the key ou:format: x."
            })
    void theFormatInARunningRedisIsTold(String stored, int code, String text) throws Exception {
        try (RestartableRedis server = new RestartableRedis(dir)) {
            server.start();
            environment.put("OPENUPTIMES_REDIS_URL", server.url());
            try (RedisCalls redis = server.connect()) {
                if (stored != null) {
                    redis.call("SET", Keys.FORMAT, stored);
                }
                Object keys = redis.call("DBSIZE");

                assertThat(check()).isEqualTo(code);

                assertThat(code == 0 ? out.toString() : err.toString()).contains(text.formatted(Version.CURRENT));
                assertThat(out.toString()).startsWith("The settings are ok: ");
                assertThat(redis.call("DBSIZE")).isEqualTo(keys);
                assertThat(String.valueOf(redis.call("INFO", "memory"))).contains("number_of_cached_scripts:0");
            }
        }
    }

    @Test
    void aRedisThatIsAwayIsNoProblem() throws Exception {
        environment.put("OPENUPTIMES_REDIS_URL", "redis://127.0.0.1:" + FreePorts.one());
        assertThat(check()).isZero();
        assertThat(out.toString()).contains("The stored data was not checked: Redis gave no usable answer within 2 s.");
    }

    @Test
    void theEmbeddedRedisIsAskedWhileItRunsAndNotStartedOtherwise() throws Exception {
        assertThat(check()).isZero();
        assertThat(out.toString()).contains("The stored data was not checked: no service has used the data directory ");
        assertThat(dir.resolve("data")).doesNotExist();

        try (EmbeddedRedis running = EmbeddedRedis.start(EmbeddedRedis.Options.in(dir.resolve("data")))) {
            assertThat(running.url()).isNotEmpty();
            assertThat(check()).isZero();
            assertThat(out.toString()).contains("The stored data has no format yet");
        }
        assertThat(check()).isZero();
        assertThat(out.toString())
                .contains("The stored data was not checked: the embedded Redis gave no usable answer within 2 s.");
    }
}
