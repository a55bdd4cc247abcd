package io.openuptimes.store.command;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.bus.Bus;
import io.openuptimes.config.Settings;
import io.openuptimes.config.SettingsLoader;
import io.openuptimes.model.Node;
import io.openuptimes.store.command.StoreAccess.Missing;
import io.openuptimes.store.command.StoreAccess.Server;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.embedded.EmbeddedRedis;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command's access to the data of a service, running or not. */
class StoreAccessTest {

    @TempDir
    private Path dir;

    private Vertx vertx;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        Bus.install(vertx);
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    private Settings settings(String... environment) {
        return await(SettingsLoader.load(vertx, Map.of(environment[0], environment[1])));
    }

    private Settings inDirectory() {
        return settings("OPENUPTIMES_DATA_DIR", dir.toString());
    }

    private static String send(StoreAccess store, Command command, String... words) {
        Request request = Request.cmd(command);
        List.of(words).forEach(request::arg);
        Response answer = await(store.run(link -> link.send(request)));
        return String.valueOf(answer);
    }

    @Test
    void a_stopped_services_data_is_served_by_a_server_of_the_commands_own() throws Exception {
        EmbeddedRedis.start(dir).close();

        StoreAccess store = await(StoreAccess.open(vertx, inDirectory(), Missing.REFUSE));
        assertThat(store.server()).isEqualTo(Server.STARTED);
        send(store, Command.SET, "a", "1");
        assertThatThrownBy(() -> EmbeddedRedis.start(dir)).hasMessageContaining("is in use by process");
        await(store.close());

        StoreAccess again = await(StoreAccess.open(vertx, inDirectory(), Missing.REFUSE));
        assertThat(again.server()).isEqualTo(Server.STARTED);
        assertThat(send(again, Command.GET, "a")).isEqualTo("1");
        await(again.close());
    }

    @Test
    void a_running_services_server_is_shared_and_goes_on() throws Exception {
        try (EmbeddedRedis running = EmbeddedRedis.start(dir)) {
            StoreAccess store = await(StoreAccess.open(vertx, inDirectory(), Missing.REFUSE));
            assertThat(store.server()).isEqualTo(Server.RUNNING);
            send(store, Command.SET, "a", "1");
            await(store.close());

            StoreAccess again = await(StoreAccess.open(vertx, inDirectory(), Missing.REFUSE));
            assertThat(send(again, Command.GET, "a")).isEqualTo("1");
            await(again.close());
            assertThat(EmbeddedRedis.runningUrl(dir)).hasValue(running.url());
        }
    }

    @Test
    void a_redis_of_the_settings_is_used_and_nothing_is_left_in_it() throws Exception {
        try (EmbeddedRedis redis =
                EmbeddedRedis.start(EmbeddedRedis.Options.in(dir).overTcp())) {
            Settings settings = settings("OPENUPTIMES_REDIS_URL", redis.url());
            StoreAccess store = await(StoreAccess.open(vertx, settings, Missing.REFUSE));

            assertThat(store.server()).isEqualTo(Server.EXTERNAL);
            assertThat(send(store, Command.DBSIZE)).isEqualTo("0");
            await(store.close());
        }
    }

    @Test
    void only_nodes_that_were_heard_of_lately_are_live() throws Exception {
        try (EmbeddedRedis running = EmbeddedRedis.start(dir)) {
            StoreAccess store = await(StoreAccess.open(vertx, inDirectory(), Missing.REFUSE));
            long now = System.currentTimeMillis();
            send(store, Command.HSET, Keys.NODES, "1", now + " j@ {\"name\":\"one\",\"version\":\"1\"}");
            send(store, Command.HSET, Keys.NODES, "2", now - 60_000 + " j@ {\"name\":\"two\"}");
            send(store, Command.HSET, Keys.NODES, "3", now + " l@berlin of another version");

            assertThat(await(store.liveNodes())).extracting(Node::name).containsExactly("3", "one");
            await(store.close());
            assertThat(running.url()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "with \"quotes\"", "back\\slash"})
    void the_url_of_a_running_server_is_found_whatever_its_directory_is_called(String name) throws Exception {
        Path odd = dir.resolve(name);
        try (EmbeddedRedis running = EmbeddedRedis.start(odd)) {
            assertThat(EmbeddedRedis.runningUrl(odd)).hasValue(running.url());
        }
        try (EmbeddedRedis running =
                EmbeddedRedis.start(EmbeddedRedis.Options.in(odd).overTcp())) {
            assertThat(EmbeddedRedis.runningUrl(odd)).hasValue(running.url());
        }
    }

    @Test
    void a_directory_that_no_service_has_used_is_refused_or_made() {
        Settings settings = settings("OPENUPTIMES_DATA_DIR", dir.resolve("new").toString());

        assertThatThrownBy(() -> await(StoreAccess.open(vertx, settings, Missing.REFUSE)))
                .rootCause()
                .hasMessageStartingWith("No service has used the data directory " + dir.resolve("new"));
        assertThat(dir.resolve("new")).doesNotExist();

        StoreAccess store = await(StoreAccess.open(vertx, settings, Missing.CREATE));
        assertThat(store.server()).isEqualTo(Server.STARTED);
        await(store.close());
    }
}
