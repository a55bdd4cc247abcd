package io.openuptimes.store;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.bus.Address;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Message;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.bus.StoreMessage.ReadEvents;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.openuptimes.config.Settings;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.store.embedded.EmbeddedRedis;
import io.openuptimes.store.link.RedisClients;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store on an empty Redis for each test, accessed through the bus; embedded by default. */
public abstract class StoreTestBase {

    @TempDir
    private Path dataDir;

    protected Vertx vertx;
    protected Bus bus;
    protected RedisOptions options;
    private @Nullable EmbeddedRedis embedded;
    private String deployment;

    /** Options of the embedded Redis. */
    EmbeddedRedis.Options embedded(Path dataDir) {
        return EmbeddedRedis.Options.in(dataDir);
    }

    /** Options for one or more empty servers. */
    RedisOptions emptyServers() throws Exception {
        EmbeddedRedis started = EmbeddedRedis.start(embedded(dataDir));
        embedded = started;
        return RedisClients.options(started.url(), null);
    }

    @BeforeEach
    final void begin() throws Exception {
        vertx = App.vertx();
        bus = Bus.of(vertx);
        options = emptyServers();
        listen(bus);
        deployStore();
    }

    /** The store's clock. */
    protected Clock clock() {
        return Clock.systemUTC();
    }

    /** Called before the store is deployed. */
    protected void listen(Bus bus) {}

    protected void deployStore() throws Exception {
        deployment = await(vertx.deployVerticle(
                new StoreVerticle(new Settings.Store(10_000, 50), options, clock(), new SimpleMeterRegistry())));
        eventually(() -> ask(StoreMessage.LOAD_ALL, new LoadAll()));
        eventually(() -> ask(StoreMessage.READ_EVENTS, new ReadEvents(1))); // later events will be published
        CheckResult ofNobody = new CheckResult("nobody", clock().millis(), Outcome.UP, 200, 1, Phases.NONE, "");
        eventually(() -> ask(StoreMessage.RECORD, new RecordResult(ofNobody))); // the result writer is connected
    }

    protected void undeployStore() {
        await(vertx.undeploy(deployment));
    }

    @AfterEach
    final void end() {
        await(vertx.close());
        if (embedded != null) {
            embedded.close();
        }
    }

    protected <Q extends Message, A extends Message> A ask(Address<Q, A> address, Q message) {
        return await(bus.request(address, message));
    }
}
