package io.openuptimes.store.results;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.App;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.DataIdentity;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.RedisCalls;
import io.openuptimes.testing.RestartableRedis;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acquired partitions, whose outboxes are read from the start, on a real Redis. */
class EventRelayTakeoverTest {

    private static final int PARTITION = 17;

    @TempDir
    private Path dir;

    private final Vertx vertx = App.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private RestartableRedis server;
    private RedisCalls redis;
    private EventRelay relay;

    @BeforeEach
    void start() throws Exception {
        server = new RestartableRedis(dir);
        server.start();
        redis = server.connect();
        Promise<Void> up = Promise.promise();
        Link link = new Links(
                        vertx,
                        RedisClients.options(server.url(), null),
                        Script.loads(),
                        DataIdentity.any(Keys.SETTINGS))
                .to("test", () -> up.tryComplete(), () -> {});
        onLoop(() -> {
            relay = new EventRelay(vertx, link, Layout.SINGLE);
            link.open();
        });
        await(up.future());
    }

    @AfterEach
    void stop() throws Exception {
        redis.close();
        await(vertx.close());
        server.close();
    }

    private void onLoop(Runnable task) {
        Promise<Void> done = Promise.promise();
        loop.runOnContext(start -> {
            task.run();
            done.complete();
        });
        await(done.future());
    }

    /** An event as a writer leaves it. */
    private void event(String id) throws Exception {
        redis.call("XADD", Keys.outbox(PARTITION), id, "e", "\4\0type\4\0anew");
    }

    private void assertMoved(long events) throws Exception {
        eventually(() -> assertThat(redis.call("XLEN", Keys.EVENTS)).isEqualTo(events));
    }

    @Test
    void eachEventIsMovedOnce() throws Exception {
        event("3-1");
        event("3-2");
        onLoop(() -> relay.relay(List.of(PARTITION)));
        assertMoved(2);
        event("3-3");
        onLoop(() -> relay.takeOver(List.of(PARTITION)));
        assertMoved(3);
    }

    @Test
    void afterALossOfAllDataTheEventsOfALowerEpochAreMovedOnceThePartitionIsAcquired() throws Exception {
        event("17-5");
        onLoop(() -> relay.relay(List.of(PARTITION)));
        assertMoved(1);

        redis.call("FLUSHDB");
        event("2-1");
        onLoop(() -> relay.takeOver(List.of(PARTITION)));
        assertMoved(1);
    }
}
