package io.openuptimes.faults;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.faults.ConfigurationWrites.Write;
import io.openuptimes.testing.RedisCalls;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Redis that responds but rejects writes because it is out of memory. */
class FullRedisTest {

    private static final int SERVICES = 50;

    private Monitored monitored;
    private List<Write> writes;

    @BeforeEach
    void start() throws Exception {
        monitored = new Monitored(Map.of());
        monitored.services(SERVICES);
        eventually(() -> assertThat(monitored.history("s0")).isNotEmpty());
        writes = ConfigurationWrites.on(monitored);
    }

    @AfterEach
    void stop() throws IOException {
        monitored.close();
    }

    @Test
    void outOfMemory() throws Exception {
        try (RedisCalls redis = monitored.redis.connect()) {
            redis.call("CONFIG", "SET", "maxmemory", "1");
            try {
                takesNothing("OOM");
            } finally {
                redis.call("CONFIG", "SET", "maxmemory", "0");
            }
            takesAllAgain();
        }
    }

    @Test
    void outOfDisk() throws Exception {
        Path gone = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "gone");
        try (RedisCalls redis = monitored.redis.connect()) {
            List<?> dir = (List<?>) redis.call("CONFIG", "GET", "dir");
            redis.call("CONFIG", "SET", "dir", gone.toString());
            redis.call("CONFIG", "SET", "save", "3600 1");
            redis.call("CONFIG", "SET", "stop-writes-on-bgsave-error", "yes");
            Files.delete(gone);
            try {
                save(redis, "err");
                takesNothing("MISCONF");
            } finally {
                redis.call("CONFIG", "SET", "dir", (String) dir.get(1));
                save(redis, "ok");
                redis.call("CONFIG", "SET", "save", "");
            }
            takesAllAgain();
        }
    }

    private static void save(RedisCalls redis, String outcome) throws Exception {
        eventually(() -> redis.call("BGSAVE"));
        eventually(() -> assertThat((String) redis.call("INFO", "persistence"))
                .contains("rdb_bgsave_in_progress:0", "rdb_last_bgsave_status:" + outcome));
    }

    private void takesNothing(String why) throws Exception {
        SortedMap<String, String> before = ConfigurationWrites.stored(monitored);
        monitored.unreachable();
        assertThat(monitored.json("/api/store").getString("problem")).contains(why);
        for (Write write : writes) {
            if (why.equals("OOM") && write.onlyRemoves()) {
                continue; // Redis accepts this even when out of memory
            }
            HttpResponse<String> answer = ConfigurationWrites.send(monitored, write);
            assertThat(answer.statusCode()).as(write + ": " + answer.body()).isEqualTo(503);
        }
        assertThat(ConfigurationWrites.stored(monitored)).isEqualTo(before);
        monitored.goOnChecking(SERVICES, 2);
        assertThat(monitored.json("/api/history/s0").getJsonArray("history"))
                .as("reads work")
                .isNotEmpty();
    }

    private void takesAllAgain() throws Exception {
        monitored.reachable();
        assertThat(monitored.json("/api/store").getString("problem")).isNull();
        monitored.everyCheckIsInHistoryOnce(SERVICES);
    }
}
