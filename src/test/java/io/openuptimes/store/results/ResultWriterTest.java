package io.openuptimes.store.results;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.Correction;
import io.openuptimes.config.Settings;
import io.openuptimes.health.HealthState;
import io.openuptimes.health.Rules;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.data.SharedCertificates;
import io.openuptimes.store.data.StatusCodec;
import io.openuptimes.store.link.DataIdentity;
import io.openuptimes.store.link.Links;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.RedisCalls;
import io.openuptimes.testing.RestartableRedis;
import io.openuptimes.web.Samples;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.redis.client.RedisClientType;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultWriterTest {

    private static final long NOW = 1_700_000_000_000L;
    private static final int QUEUE = 2;

    @TempDir
    private Path dir;

    private final Vertx vertx = App.vertx();
    private final Context loop = ((VertxInternal) vertx).createEventLoopContext();
    private final Bus bus = Bus.of(vertx);
    private final List<Correction> corrections = new CopyOnWriteArrayList<>();
    private RestartableRedis server;
    private ResultWriter writer;

    @BeforeEach
    void open() throws Exception {
        server = new RestartableRedis(dir);
        await(bus.listen(EventMessage.CORRECTED, message -> corrections.addAll(message.corrections())));
        writer = await(loop, () -> {
            Links links = new Links(
                    vertx, RedisClients.options(server.url(), null), Script.loads(), new DataIdentity(Keys.SETTINGS));
            SharedCertificates instances = new SharedCertificates();
            return new ResultWriter(
                    vertx,
                    bus,
                    links,
                    RedisClientType.STANDALONE,
                    new Settings.Store(QUEUE, 100),
                    new EventCodec(),
                    new CertificateStore(
                            links.to("certificates", () -> {}, () -> {}),
                            instances,
                            vertx.createSharedWorkerExecutor("test"),
                            Clock.systemUTC()),
                    () -> 0,
                    lease -> 0,
                    () -> false,
                    Clock.systemUTC(),
                    new SimpleMeterRegistry(),
                    reason -> {});
        });
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
        server.close();
    }

    private static Verdict down(String id) {
        CheckResult result = new CheckResult(id, NOW, Outcome.CONNECT, 0, 5, Phases.NONE, "refused");
        return new Verdict(result, Rules.PLAIN, HealthState.UNCHECKED, true, true);
    }

    @Test
    void verdicts_that_overflow_the_queue_are_replaced_by_the_stored_statuses_when_redis_is_back() throws Exception {
        ServiceStatus up = Samples.up("a", NOW - 60_000);
        server.start();
        try (RedisCalls redis = server.connect()) {
            redis.call("HSET", Keys.status(Keys.partition("a")), "a", StatusCodec.encode(up));
        }
        await(loop, () -> {
            for (String id : List.of("a", "b", "c", "d")) {
                writer.add(down(id));
            }
            return null;
        });
        assertThat(writer.dropped()).isEqualTo(2);
        assertThat(corrections).isEmpty();

        await(loop, () -> {
            writer.open();
            return null;
        });

        eventually(() -> assertThat(corrections)
                .containsExactlyInAnyOrder(new Correction(up, NOW), new Correction(ServiceStatus.unchecked("b"), NOW)));
    }
}
