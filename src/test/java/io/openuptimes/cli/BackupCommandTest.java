package io.openuptimes.cli;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.App;
import io.openuptimes.testing.NodeGroup;
import io.openuptimes.testing.RunningApp;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code backup} and {@code restore}, with and without a running service. */
class BackupCommandTest {

    @TempDir
    private Path dir;

    private final Vertx vertx = App.vertx();
    private final TargetServer target = TargetServer.start();
    private @Nullable RunningApp app;

    @AfterEach
    void stop() throws Exception {
        stopApp();
        target.close();
        await(vertx.close());
    }

    private void stopApp() throws Exception {
        if (app != null) {
            app.close();
            app = null;
        }
    }

    private record Ended(int code, String out, String err) {}

    private Map<String, String> environment(String data) {
        return Map.of(
                "OPENUPTIMES_DATA_DIR",
                dir.resolve(data).toString(),
                "OPENUPTIMES_API_KEY",
                NodeGroup.KEY,
                "OPENUPTIMES_RATE_LIMIT",
                "0");
    }

    private RunningApp start(String data) throws Exception {
        RunningApp started = RunningApp.start(environment(data));
        app = started;
        return started;
    }

    private Ended run(String data, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        OptionalInt code = Arguments.run(
                new Host(
                        environment(data),
                        () -> vertx,
                        config -> {},
                        () -> {},
                        () -> {
                            throw new IllegalStateException("these commands ask for nothing");
                        },
                        new PrintWriter(out),
                        new PrintWriter(err)),
                arguments);
        return new Ended(code.orElseThrow(), out.toString(), err.toString());
    }

    private void create(String name, String more) throws Exception {
        NodeGroup.call(
                app(),
                "POST",
                "/api/services",
                "{\"name\":\"%s\",\"url\":\"%s\",\"interval\":1%s}".formatted(name, target.url("/" + name), more));
    }

    private RunningApp app() {
        if (app == null) {
            throw new IllegalStateException("not started");
        }
        return app;
    }

    private JsonArray history(String name) throws Exception {
        return NodeGroup.call(app(), "GET", "/api/history/" + name, "").getJsonArray("history");
    }

    @Test
    void a_backup_taken_while_the_service_runs_is_restored_on_another_machine() throws Exception {
        start("old");
        create("busy", "");
        create("still", ",\"headers\":{\"Authorization\":\"Bearer secret\"}");
        String key = NodeGroup.call(app(), "POST", "/api/keys", "{\"name\":\"k\",\"scope\":\"admin\"}")
                .getString("key");
        eventually(() -> assertThat(
                        List.of(history("busy").size(), history("still").size()))
                .allSatisfy(entries -> assertThat(entries).isGreaterThan(1)));
        NodeGroup.call(app(), "PATCH", "/api/services?name=still", "{\"paused\":true}");
        JsonObject services = NodeGroup.call(app(), "GET", "/api/services", "");
        JsonArray busy = history("busy");

        String file = dir.resolve("backup").toString();
        Ended backup = run("old", "backup", file);
        assertThat(backup).satisfies(ended -> {
            assertThat(ended.code()).as(ended.err()).isZero();
            assertThat(ended.out())
                    .contains("Backup written to " + file + ": 2 services, ")
                    .contains("keep a copy of the file " + dir.resolve("old").resolve("secret.key"));
        });
        assertThat(run("old", "backup", file)).satisfies(again -> {
            assertThat(again.code()).isEqualTo(ExitCodes.FAILED);
            assertThat(again.err()).contains("exists already").contains("--force");
        });
        assertThat(run("old", "backup", "--force", file).code()).isZero();
        assertThat(run("old", "restore", "--replace", file)).satisfies(inUse -> {
            assertThat(inUse.code()).isEqualTo(ExitCodes.FAILED);
            assertThat(inUse.err()).contains("The store is in use by").contains("Nothing was changed.");
        });
        JsonArray still = history("still");
        stopApp();
        start("new"); // somebody wants to see it there first: it makes a key of its own
        stopApp();

        assertThat(run("new", "restore", file)).satisfies(withoutKey -> {
            assertThat(withoutKey.code()).isEqualTo(ExitCodes.FAILED);
            assertThat(withoutKey.err()).contains("copy the file secret.key from the old data directory");
        });
        Files.copy(dir.resolve("old/secret.key"), dir.resolve("new/secret.key"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(run("new", "restore", file)).satisfies(restored -> {
            assertThat(restored.code()).as(restored.err()).isZero();
            assertThat(restored.out()).contains("Restored the backup of ").contains("2 services, 2 days of history");
        });
        assertThat(run("new", "restore", file).err()).contains("The store is not empty: it holds 2 services");
        assertThat(run("new", "restore", "--replace", file).code()).isZero();

        start("new");
        assertThat(NodeGroup.call(app(), "GET", "/api/services", "")).isEqualTo(services);
        assertThat(history("still")).isEqualTo(still);
        assertThat(history("busy")).containsAll(busy);
        assertThat(NodeGroup.send(app(), "GET", "/api/services", "", key).statusCode())
                .isEqualTo(200);
        eventually(() -> assertThat(history("busy").size()).isGreaterThan(busy.size())); // checks go on
    }
}
