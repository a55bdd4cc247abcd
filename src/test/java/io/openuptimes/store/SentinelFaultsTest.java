package io.openuptimes.store;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.config.Settings;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.RedisProgram;
import io.openuptimes.testing.RedisSentinels;
import io.vertx.redis.client.RedisOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results and changes during a Sentinel failover. */
class SentinelFaultsTest {

    @TempDir
    private Path dir;

    private RedisSentinels sentinels;
    private ResultStream stream;

    @BeforeEach
    void start() throws Exception {
        sentinels = RedisSentinels.start(dir, "secret", "sentinels");
        RedisOptions options = RedisClients.options(new Settings.Redis(
                "sentinel", sentinels.urls(":secret@", 3), RedisSentinels.MASTER, null, "sentinels", "", null));
        stream = new ResultStream(options);
    }

    @AfterEach
    void stop() throws Exception {
        if (stream != null) {
            stream.close();
        }
        if (sentinels != null) {
            sentinels.close();
        }
    }

    @Test
    void neither_a_planned_failover_nor_a_killed_master_costs_a_result_or_a_change() throws Exception {
        stream.start(true);

        sentinels.failover();
        stream.awaitProgress(service -> true);

        RedisProgram second = sentinels.master();
        sentinels.noticeSoon();
        second.kill();
        stream.awaitProgress(service -> true);

        eventually(() -> assertThat(sentinels.master().port()).isNotEqualTo(second.port()));
        assertThat(stream.refused()).isPositive();
        stream.stopAndVerify();
    }

    @Test
    void what_a_master_had_acknowledged_and_lost_is_written_again() throws Exception {
        stream.start(false);
        RedisProgram killed = sentinels.master();
        killed.tell("CONFIG", "SET", "requirepass", "keeps the replicas out"); // open connections stay
        killed.ask("-a", "keeps the replicas out", "CLIENT", "KILL", "TYPE", "replica");
        stream.awaitProgress(service -> true);

        killed.kill();
        sentinels.failover(); // immediately, since older writes would count as confirmed
        stream.awaitProgress(service -> true);

        stream.stopAndVerify();
    }
}
