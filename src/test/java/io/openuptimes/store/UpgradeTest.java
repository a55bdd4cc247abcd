package io.openuptimes.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.bus.StoreMessage.History;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.bus.StoreMessage.ReadHistory;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.store.embedded.EmbeddedRedis;
import io.openuptimes.store.embedded.EmbeddedRedis.Options;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.FreePorts;
import io.openuptimes.testing.OldRedis;
import io.openuptimes.testing.RedisCalls;
import io.vertx.redis.client.RedisOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data stored by an earlier version of the service, with its bundled Redis 6.2. */
class UpgradeTest extends StoreTestBase {

    @TempDir
    private Path data;

    private OldRedis old;
    private int port;

    @Override
    RedisOptions emptyServers() throws Exception {
        port = FreePorts.one();
        old = new OldRedis(List.of(
                "bind 127.0.0.1",
                "port " + port,
                "dir " + data,
                "appendonly yes",
                "appendfsync everysec",
                "save \"\""));
        old.start();
        return RedisClients.options("redis://127.0.0.1:" + port, null);
    }

    @AfterEach
    void stop() throws Exception {
        old.close();
    }

    @ParameterizedTest(name = "{0}, rewritten: {1}")
    @CsvSource({"auto,false", "auto,true", "bundled,false", "bundled,true"})
    void everything_is_there_on_the_new_server_and_after_its_restart(String server, boolean rewritten)
            throws Exception {
        Service service = ask(
                        StoreMessage.CREATE_SERVICE, new CreateService(Map.of("name", "a", "url", "http://localhost/")))
                .service();
        long now = clock().millis();
        for (int i = 0; i < 100; i++) {
            Outcome outcome = i % 10 == 0 ? Outcome.TIMEOUT : Outcome.UP;
            ask(
                    StoreMessage.RECORD,
                    new RecordResult(new CheckResult(
                            service.id(), now - 100_000 + i * 1_000L, outcome, 200, i, new Phases(1, 2, 3, 4, 5), "")));
        }
        if (rewritten) {
            try (RedisCalls calls = RedisCalls.to(port)) {
                calls.call("BGREWRITEAOF"); // creates an RDB, followed by later commands
            }
        }
        History history = history(service);
        assertThat(history.entries()).hasSize(100);
        List<ServiceStatus> statuses = ask(StoreMessage.LOAD_ALL, new LoadAll()).statuses();
        undeployStore();
        old.stop();

        for (int start = 1; start <= 2; start++) {
            try (EmbeddedRedis redis = EmbeddedRedis.start(Options.in(data).withServer(server))) {
                options = RedisClients.options(redis.url(), null);
                deployStore();
                assertThat(ask(StoreMessage.LOAD_ALL, new LoadAll()).services()).containsExactly(service);
                assertThat(ask(StoreMessage.LOAD_ALL, new LoadAll()).statuses()).isEqualTo(statuses);
                assertThat(history(service).entries()).isEqualTo(history.entries());
                undeployStore();
            }
        }
    }

    private History history(Service service) {
        return ask(StoreMessage.READ_HISTORY, new ReadHistory(service.id(), 0, Long.MAX_VALUE, 1_000));
    }
}
