package io.openuptimes;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.testing.NodeGroup.call;
import static io.openuptimes.testing.NodeGroup.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.openuptimes.testing.NodeGroup;
import io.openuptimes.testing.RunningApp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets in Redis: encrypted with a key that every node must have and that can be rotated. */
class SecretsAtRestTest {

    private static final String OLD = "an old passphrase of some length";
    private static final String NEW = "0123456789abcdef".repeat(4);
    private static final String SECRET = "s3cr3t-header";
    private static final String BODY = "s3cr3t-body";

    @TempDir
    private Path dir;

    private Path redisDir;
    private NodeGroup group;
    private HttpServer target;
    private final List<String> received = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        redisDir = Files.createDirectory(dir.resolve("redis"));
        group = new NodeGroup(redisDir);
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(exchange.getRequestHeaders().getFirst("X-Api-Key") + " " + body);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        target.start();
    }

    @AfterEach
    void stop() throws Exception {
        target.stop(0);
        group.close();
    }

    private RunningApp node(String name, String... keys) throws Exception {
        Map<String, String> environment =
                new HashMap<>(Map.of("OPENUPTIMES_SERVICES_FILE", "", "OPENUPTIMES_NODE_NAME", name));
        if (keys.length > 0) {
            environment.put("OPENUPTIMES_SECRET_KEY", keys[0]);
        }
        if (keys.length > 1) {
            environment.put("OPENUPTIMES_SECRETS_PREVIOUS_KEYS", keys[1]);
        }
        return group.start(environment);
    }

    private JsonObject service(String name) {
        return new JsonObject()
                .put("name", name)
                .put("url", "http://127.0.0.1:" + target.getAddress().getPort() + "/")
                .put("method", "POST")
                .put("headers", new JsonObject().put("X-Api-Key", SECRET))
                .put("body", BODY)
                .put("bodySecret", true)
                .put("labels", new JsonObject().put("team", "shop"));
    }

    private static JsonObject many(JsonObject... services) {
        return new JsonObject().put("services", new JsonArray(List.of(services)));
    }

    private static String stored(RunningApp node) throws Exception {
        return call(node, "GET", "/api/services/export?secrets=true", "").encode();
    }

    private void assertReads(RunningApp node) throws Exception {
        eventually(() -> assertThat(stored(node)).contains(SECRET, BODY));
        received.clear();
        call(node, "GET", "/api/ping", "");
        assertThat(received).contains(SECRET + " " + BODY);
    }

    /** Everything ever written to Redis, from its append-only files. */
    private String written(Path redis) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(redis)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void nothingOfASecretIsWrittenToRedis() throws Exception {
        RunningApp node = node("a", OLD);
        call(node, "POST", "/api/services", service("a").encode());
        call(node, "PATCH", "/api/services?name=a", "{\"description\": \"x\"}");
        call(node, "PUT", "/api/services?name=a", service("b").encode());
        call(
                node,
                "PUT",
                "/api/services/bulk",
                many(service("b").put("timeout", 900), service("c")).encode());
        call(node, "PATCH", "/api/services?label=team%3Dshop", "{\"interval\": 3600}");
        call(node, "GET", "/api/ping", "");
        String id = call(node, "DELETE", "/api/services?name=c", "")
                .getJsonObject("undo")
                .getString("id");
        call(
                node,
                "POST",
                "/api/services/restore",
                new JsonObject().put("id", id).encode());
        call(node, "DELETE", "/api/services?name=c", "");
        assertReads(node);
        group.stop(node);

        assertThat(written(redisDir)).contains("enc:v1:").doesNotContain(SECRET, BODY);
    }

    @Test
    void aNodeWithTheSameKeyReadsWhatAnotherWrote() throws Exception {
        call(node("a", OLD), "POST", "/api/services", service("a").encode());
        assertReads(node("b", OLD));
    }

    @Test
    void aNodeWithAnotherKeyOrNoneRefusesToStart() throws Exception {
        call(node("a", OLD), "POST", "/api/services", service("a").encode());
        String message = "The secrets in this Redis are encrypted with the key ";
        assertThatThrownBy(() -> node("b", NEW)).hasMessageContaining(message);
        assertThatThrownBy(() -> node("b"))
                .hasMessageContaining(message)
                .hasMessageContaining("OPENUPTIMES_SECRET_KEY");
    }

    @Test
    void aRotationMovesEverythingToTheNewKeyWhileAllNodesRun() throws Exception {
        RunningApp first = node("a", OLD);
        call(
                first,
                "PUT",
                "/api/services/bulk",
                many(service("a"), service("b"), service("c")).encode());
        RunningApp second = node("b", NEW, OLD);
        HttpResponse<String> refused = send(second, "POST", "/api/secrets/rotate", "");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("These nodes do not have the key", "yet: a");

        group.stop(first);
        first = node("a", NEW, OLD);
        call(first, "POST", "/api/services", service("d").encode());
        RunningApp other = first;
        eventually(
                () -> assertThat(send(other, "POST", "/api/secrets/rotate", "").statusCode())
                        .isEqualTo(200));

        assertReads(first);
        assertReads(second);
        call(second, "PATCH", "/api/services?name=d", "{\"description\": \"x\"}");
        JsonObject again = call(second, "POST", "/api/secrets/rotate", "");
        assertThat(again.getInteger("rewritten")).isZero();
        assertThat(again.getInteger("remaining")).isZero();
        group.stop(first);
        group.stop(second);
        assertReads(node("c", NEW));
        assertThatThrownBy(() -> node("d", OLD)).hasMessageContaining("which this node does not have");
    }

    @Test
    void plainTextOfBeforeIsReadAndEncryptedByARotation() throws Exception {
        RunningApp plain = node("a");
        call(plain, "POST", "/api/services", service("a").encode());
        assertThat(send(plain, "POST", "/api/secrets/rotate", "").statusCode()).isEqualTo(409);
        group.stop(plain);

        RunningApp node = node("a", NEW);
        assertReads(node);
        JsonObject rotated = call(node, "POST", "/api/secrets/rotate", "");
        assertThat(rotated.getInteger("rewritten")).isEqualTo(1);
        assertThat(rotated.getInteger("remaining")).isZero();
        assertReads(node);
        try (var redis = group.redis().connect()) {
            redis.call("BGREWRITEAOF");
            eventually(() -> assertThat((String) redis.call("INFO", "persistence"))
                    .contains("aof_rewrite_in_progress:0", "aof_rewrite_scheduled:0", "aof_last_bgrewrite_status:ok"));
        }
        eventually(() -> assertThat(written(redisDir)).doesNotContain(SECRET, BODY));
    }

    @Test
    void withTheEmbeddedRedisAKeyIsMadeThatOnlyItsOwnerCanRead() throws Exception {
        Path data = dir.resolve("data");
        Map<String, String> environment = Map.of(
                "OPENUPTIMES_DATA_DIR",
                data.toString(),
                "OPENUPTIMES_API_KEY",
                NodeGroup.KEY,
                "OPENUPTIMES_SERVICES_FILE",
                "");
        Path key = data.resolve("secret.key");
        try (RunningApp app = RunningApp.start(environment)) {
            call(app, "POST", "/api/services", service("a").encode());
            assertThat(Files.getPosixFilePermissions(key)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            JsonObject rotated = call(app, "POST", "/api/secrets/rotate", "");
            assertThat(rotated.getInteger("rewritten")).isEqualTo(1);
            assertThat(Files.getPosixFilePermissions(key)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertReads(app);
        }
        assertThat(written(data)).contains("enc:v1:").doesNotContain(SECRET, BODY);
        try (RunningApp app = RunningApp.start(environment)) {
            assertReads(app);
        }
        Files.delete(key);
        assertThatThrownBy(() -> RunningApp.start(environment)).hasMessageContaining("which this node does not have");
    }
}
