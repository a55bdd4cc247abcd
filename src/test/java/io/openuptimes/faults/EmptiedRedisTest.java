package io.openuptimes.faults;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.RedisCalls;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reachable Redis that has lost all data or was replaced by another one. */
class EmptiedRedisTest {

    private static final int SERVICES = 50;
    private static final String OTHER = "no longer holds its previous data";

    private Monitored monitored;

    @BeforeEach
    void start() throws Exception {
        monitored = new Monitored(Map.of());
        monitored.services(SERVICES);
        monitored.goOnChecking(SERVICES, 1);
    }

    @AfterEach
    void stop() throws IOException {
        monitored.close();
    }

    @Test
    void countsAsAwayUntilTheDataIsBack() throws Exception {
        Path kept = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "kept");
        monitored.redis.stop();
        monitored.unreachable();
        monitored.redis.moveFilesTo(kept);
        monitored.redis.start();

        isAwayForAllButChecks();
        assertThat(contentOfRedis()).isEmpty();

        monitored.redis.stop();
        monitored.redis.takeFilesFrom(kept);
        monitored.redis.start();

        monitored.reachable();
        monitored.everyCheckIsInHistoryOnce(SERVICES);
    }

    @Test
    void isNoticedWithoutAConnectionLostAndBegunAnewByARestart() throws Exception {
        try (RedisCalls redis = monitored.redis.connect()) {
            redis.call("FLUSHALL");
        }

        isAwayForAllButChecks();
        assertThat(contentOfRedis()).isEmpty();

        try (Monitored anew = monitored.restarted()) {
            assertThat(anew.json("/api/status").getJsonArray("services")).isEmpty();
            anew.services(1);
        }
    }

    private Set<String> contentOfRedis() throws IOException {
        try (RedisCalls redis = monitored.redis.connect()) {
            // nodes announce themselves without existing data
            return redis.content("*").keySet().stream()
                    .filter(key -> !key.startsWith("{ou:nodes}") && !key.endsWith(":fence"))
                    .collect(Collectors.toSet());
        }
    }

    private void isAwayForAllButChecks() throws Exception {
        eventually(() ->
                assertThat(monitored.json("/api/store").getString("problem")).contains(OTHER));
        monitored.unreachable();
        assertThat(monitored.send("GET", "/readyz", null).body()).contains(OTHER);
        monitored.goOnChecking(SERVICES, 2);
        assertThat(monitored.json("/api/status").getJsonArray("services")).hasSize(SERVICES);
        HttpResponse<String> write = monitored.send("PATCH", "/api/site", "{\"siteName\":\"Other\"}");
        assertThat(write.statusCode()).isEqualTo(503);
        assertThat(write.body()).contains(OTHER);
        assertThat(monitored.send("GET", "/api/history/s0", null).statusCode()).isEqualTo(503);
        eventually(() ->
                assertThat(monitored.json("/api/store").getInteger("queued")).isGreaterThan(SERVICES));
    }
}
