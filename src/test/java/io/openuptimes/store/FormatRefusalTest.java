package io.openuptimes.store;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.RedisCalls;
import io.openuptimes.testing.RestartableRedis;
import io.vertx.redis.client.RedisOptions;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node, a backup and a restore on a store whose format they do not read. */
class FormatRefusalTest extends StoreTestBase {

    @TempDir
    private Path dir;

    private final AtomicReference<Boolean> reachable = new AtomicReference<>();
    private RestartableRedis server;
    private RedisCalls redis;

    @Override
    RedisOptions emptyServers() throws Exception {
        server = new RestartableRedis(dir);
        server.start();
        redis = server.connect();
        return RedisClients.options(server.url(), null);
    }

    @Override
    protected void listen(Bus bus) {
        bus.listen(EventMessage.STORE_REACHABLE, change -> reachable.set(change.reachable()));
    }

    @AfterEach
    void stop() throws Exception {
        redis.close();
        server.close();
    }

    private String stored() throws Exception {
        return String.valueOf(redis.call("GET", Keys.FORMAT));
    }

    @Test
    void theFirstStartWritesTheFormat() throws Exception {
        assertThat(stored()).isEqualTo("1");
    }

    @Test
    void aNodeDoesNotStartOnANewerFormat() throws Exception {
        undeployStore();
        redis.call("SET", Keys.FORMAT, "2");
        assertThatThrownBy(this::deployStore).hasMessageContaining("This store has format 2; this version");
        assertThat(stored()).isEqualTo("2");
    }

    @Test
    void aRunningNodeLeavesAStoreThatWasRaisedAndReturnsOnceItReadsTheFormatAgain() throws Exception {
        redis.call("SET", Keys.FORMAT, "2");
        eventually(() -> assertThat(reachable).hasValue(false));
        redis.call("SET", Keys.FORMAT, "1");
        eventually(() -> assertThat(reachable).hasValue(true));
    }

    @Test
    void anEmptiedStoreGetsTheFormatAgain() throws Exception {
        redis.call("DEL", Keys.FORMAT);
        eventually(() -> assertThat(stored()).isEqualTo("1"));
        ask(StoreMessage.LOAD_ALL, new LoadAll());
    }
}
