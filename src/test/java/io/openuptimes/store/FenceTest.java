package io.openuptimes.store;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.App;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.RecordCommands;
import io.openuptimes.store.data.RecordCommands.Fenced;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.data.StatusCodec;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.RestartableRedis;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts themselves: a node that has lost a partition can no longer write to it. */
class FenceTest {

    private static final long NOW = System.currentTimeMillis();

    @TempDir
    private Path dir;

    private final Vertx vertx = App.vertx();
    private RestartableRedis server;
    private Redis redis;

    @BeforeEach
    void start() throws Exception {
        server = new RestartableRedis(dir);
        server.start();
        redis = Redis.createClient(vertx, RedisClients.options(server.url(), null));
        send(Script.RECORD.load());
        send(Script.FENCE.load());
        for (String id : List.of("a", "b")) {
            send(Request.cmd(Command.HSET)
                    .arg(Keys.status(Keys.partition(id)))
                    .arg(id)
                    .arg(StatusCodec.UNCHECKED));
        }
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
        server.close();
    }

    private Response send(Request request) {
        return await(redis.send(request));
    }

    private long fence(String id, long epoch) {
        return send(Script.FENCE.call(1).arg(Keys.fence(Keys.partition(id))).arg(epoch))
                .toLong();
    }

    private static Fenced result(String id, long at, long epoch) {
        return new Fenced(new CheckResult(id, at, Outcome.UP, 200, 5, Phases.NONE, ""), epoch);
    }

    private long[] record(Fenced... results) {
        return RecordCommands.codes(send(RecordCommands.record(List.of(results), 0)), List.of(results));
    }

    @Test
    void aFenceOnlyRises() {
        assertThat(fence("a", 5)).isEqualTo(5);
        assertThat(fence("a", 4)).isEqualTo(5);
        assertThat(fence("a", 5)).isEqualTo(5);
        assertThat(fence("a", 281_474_976_710_000L)).isEqualTo(281_474_976_710_000L);
    }

    @Test
    void resultsUnderAnOlderEpochAreNotWritten() {
        assertThat(Keys.partition("a")).isNotEqualTo(Keys.partition("b"));
        assertThat(record(result("a", NOW, 3), result("b", NOW, 3))).doesNotContain(-3, -2, -1);
        fence("a", 4);
        assertThat(record(result("a", NOW + 1, 3), result("b", NOW + 1, 3)))
                .satisfies(codes -> assertThat(codes[0]).isEqualTo(-3))
                .satisfies(codes -> assertThat(codes[1]).isNotNegative());
        assertThat(record(result("a", NOW + 1, 4))).doesNotContain(-3, -2, -1);
        assertThat(record(result("a", NOW + 2, 5))).doesNotContain(-3, -2, -1);
        assertThat(record(result("a", NOW + 3, 0))).as("somebody asked for it").doesNotContain(-3, -2, -1);
    }

    @Test
    void twoOfOnePartitionUnderDifferentEpochsGoTogether() {
        String other = "other";
        for (int i = 0; Keys.partition(other) != Keys.partition("a"); i++) {
            other = "other" + i;
        }
        send(Request.cmd(Command.HSET)
                .arg(Keys.status(Keys.partition(other)))
                .arg(other)
                .arg(StatusCodec.UNCHECKED));
        fence("a", 4);

        assertThat(record(result("a", NOW, 3), result(other, NOW, 0)))
                .satisfies(codes -> assertThat(codes[0]).isEqualTo(-3))
                .satisfies(codes -> assertThat(codes[1]).isNotNegative());
    }
}
