package io.openuptimes;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.testing.NodeGroup.call;
import static io.openuptimes.testing.NodeGroup.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.NodeGroup;
import io.openuptimes.testing.RunningApp;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Complete nodes at several locations on one Redis. Their results really differ: the nodes at {@code us} trust the CA
 * of the target's certificate, those at {@code eu} do not.
 */
class ManyLocationsTest {

    private static Certificates certificates;
    private static Vertx vertx;
    private static HttpServer secure;

    @TempDir
    private Path dir;

    private final TargetServer target = TargetServer.start();
    private NodeGroup group;

    @BeforeAll
    static void serve(@TempDir Path directory) {
        certificates = Certificates.in(directory).signed("good", "ip:127.0.0.1");
        vertx = Vertx.vertx();
        secure = await(vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PfxOptions()
                                .setPath(certificates.store().toString())
                                .setPassword(Certificates.PASSWORD)
                                .setAlias("good")
                                .setAliasPassword(Certificates.PASSWORD)))
                .requestHandler(request -> request.response().end("fine"))
                .listen(0, "127.0.0.1"));
    }

    @AfterAll
    static void end() {
        await(vertx.close());
    }

    @BeforeEach
    void startRedis() throws Exception {
        group = new NodeGroup(dir);
    }

    @AfterEach
    void stop() throws Exception {
        group.close();
        target.close();
    }

    /** @param location empty for none */
    private RunningApp start(String name, String location) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "OPENUPTIMES_NODE_NAME", name, "OPENUPTIMES_HTTP_INSTANCES", "1", "OPENUPTIMES_CHECKS_INSTANCES", "2"));
        if (!location.isEmpty()) {
            environment.put("OPENUPTIMES_NODE_LOCATION", location);
        }
        if (!location.equals("eu")) {
            environment.put("OPENUPTIMES_CHECKS_CA_FILE", certificates.pem("ca").toString());
        }
        return group.start(environment);
    }

    private static JsonObject get(RunningApp app, String path) throws Exception {
        return call(app, "GET", path, "");
    }

    private static void create(RunningApp app, String name, String url, Map<String, Object> more) throws Exception {
        JsonObject service = new JsonObject()
                .put("name", name)
                .put("url", url)
                .put("interval", 1)
                .put("timeout", 20_000);
        more.forEach(service::put);
        eventually(() -> assertThat(
                        send(app, "POST", "/api/services", service.encode()).statusCode())
                .isIn(201, 409));
    }

    private static String url() {
        return "https://127.0.0.1:" + secure.actualPort() + "/";
    }

    private static JsonArray history(RunningApp app, String query) throws Exception {
        return get(app, "/api/history?limit=1000&service=" + query).getJsonArray("history");
    }

    private static List<String> statuses(RunningApp app, String query) throws Exception {
        return history(app, query).stream()
                .map(entry -> ((JsonObject) entry).getString("status"))
                .distinct()
                .toList();
    }

    private static JsonObject status(RunningApp app, String name) throws Exception {
        return get(app, "/api/status?service=" + name).getJsonArray("services").getJsonObject(0);
    }

    private static JsonObject there(RunningApp app, String name, int index) throws Exception {
        return status(app, name).getJsonArray("locations").getJsonObject(index);
    }

    @Test
    void eachLocationChecksForItselfAndTheQuorumDecides() throws Exception {
        RunningApp eu = start("one", "eu");
        RunningApp us = start("two", "us");
        RunningApp nowhere = start("three", "");
        create(nowhere, "majority", url(), Map.of("locations", List.of("eu", "us")));
        create(nowhere, "any", url(), Map.of("locations", List.of("eu", "us"), "quorum", 1));
        create(nowhere, "elsewhere", url(), Map.of("locations", List.of("ap")));
        create(nowhere, "plain", target.url("/plain"), Map.of());

        for (String name : List.of("majority", "any")) {
            eventually(() -> assertThat(history(eu, name + "&location=us")).hasSizeGreaterThan(3));
            eventually(() -> assertThat(history(us, name + "&location=eu")).hasSizeGreaterThan(3));
            assertThat(statuses(us, name + "&location=eu")).containsExactly("down");
            assertThat(statuses(eu, name + "&location=us")).containsExactly("up");
        }
        assertThat(statuses(nowhere, "majority")).containsExactly("up");
        eventually(() -> assertThat(status(us, "majority").getString("status")).isEqualTo("up"));
        eventually(() -> assertThat(status(eu, "any").getString("status")).isEqualTo("down"));
        assertThat(history(nowhere, "any").getJsonObject(0).getString("status")).isEqualTo("down");
        eventually(
                () -> assertThat(there(eu, "majority", 0).getString("status")).isEqualTo("down"));
        assertThat(there(eu, "majority", 0).getJsonObject("error").getString("class"))
                .isEqualTo("tls");
        eventually(
                () -> assertThat(there(us, "majority", 1).getString("status")).isEqualTo("up"));
        eventually(() ->
                assertThat(get(us, "/api/nodes").getJsonArray("uncovered")).containsExactly("ap"));
        assertThat(history(nowhere, "elsewhere")).isEmpty();
        assertThat(status(nowhere, "elsewhere").getString("status")).isEqualTo("unknown");

        // a node elsewhere returns its own result without recording it
        JsonObject told = get(nowhere, "/api/ping?service=elsewhere");
        assertThat(told.getJsonArray("services").getJsonObject(0).getString("status"))
                .isEqualTo("up");
        assertThat(history(nowhere, "elsewhere")).isEmpty();
        // a node at one of the service's locations records it for that location
        int before = history(eu, "majority&location=eu").size();
        get(eu, "/api/ping?service=majority");
        assertThat(history(eu, "majority&location=eu").size()).isGreaterThan(before);

        eventually(() -> assertThat(send(eu, "GET", "/api/history?service=plain&location=eu", "")
                        .statusCode())
                .isEqualTo(400));
        eventually(() -> assertThat(history(nowhere, "plain")).isNotEmpty());
    }

    @Test
    void theNodesOfALocationShareAndTakeOverAndALocationWithoutNodesGetsStale() throws Exception {
        RunningApp first = start("first", "eu");
        RunningApp second = start("second", "eu");
        RunningApp us = start("us", "us");
        for (int i = 0; i < 6; i++) {
            create(us, "s" + i, target.url("/s" + i), Map.of("locations", List.of("eu"), "timeout", 1_000));
        }
        for (int i = 0; i < 6; i++) {
            String name = "s" + i;
            eventually(() -> assertThat(history(us, name)).hasSizeGreaterThan(2));
        }
        assertChecks(us, 6, Map.of("us", 0)); // each service is checked by one node
        group.stop(first);
        for (int i = 0; i < 6; i++) {
            String name = "s" + i;
            int hits = target.hits("/" + name);
            eventually(() -> assertThat(target.hits("/" + name)).isGreaterThan(hits + 1));
        }
        assertChecks(us, 6, Map.of("second", 6, "us", 0));
        group.stop(second);
        assertChecks(us, 0, Map.of("us", 0));
        int known = history(us, "s0").size();
        get(us, "/api/ping?service=s0"); // checked by the node that was asked, without being recorded
        assertThat(history(us, "s0")).hasSize(known);
        assertThat(history(us, "s0&location=eu")).hasSize(known);
        eventually(() -> {
            JsonObject stale = status(us, "s0");
            assertThat(stale.getBoolean("stale")).isTrue();
            assertThat(stale.getJsonArray("locations").getJsonObject(0).getBoolean("stale"))
                    .isTrue();
        });
        assertThat(history(us, "s0")).hasSize(known);
        RunningApp third = start("third", "eu");
        eventually(() -> assertThat(history(third, "s0").size()).isGreaterThan(known));
    }

    /**
     * Asserts the number of services in the schedules of live nodes.
     *
     * @param some by node name
     */
    private static void assertChecks(RunningApp app, int altogether, Map<String, Integer> some) throws Exception {
        eventually(() -> {
            Map<String, Integer> services = new HashMap<>();
            get(app, "/api/nodes").getJsonArray("nodes").stream()
                    .map(JsonObject.class::cast)
                    .filter(node -> node.getBoolean("live"))
                    .forEach(node -> services.put(node.getString("name"), node.getInteger("services")));
            assertThat(services).containsAllEntriesOf(some);
            assertThat(services.values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(altogether);
        });
    }

    @Test
    void aServiceThatGetsALocationIsCheckedFromThereAtOnce() throws Exception {
        RunningApp eu = start("one", "eu");
        RunningApp us = start("two", "us");
        // a service moving between nodes may be checked by both
        for (RunningApp app : List.of(eu, us)) {
            eventually(() -> assertThat(get(app, "/api/nodes").getJsonArray("nodes"))
                    .extracting(node -> ((JsonObject) node).getInteger("partitions"))
                    .containsExactly(128, 128));
        }
        create(us, "a", target.url("/a"), Map.of("interval", 86_400));
        eventually(() -> assertThat(history(us, "a")).hasSize(1));
        send(us, "PATCH", "/api/services?name=a", "{\"locations\": [\"eu\"]}");
        eventually(() -> assertThat(history(us, "a&location=eu")).hasSize(1));
        send(us, "PATCH", "/api/services?name=a", "{\"locations\": [\"eu\", \"us\"]}");
        eventually(() -> assertThat(history(eu, "a&location=us")).hasSize(1));
        assertThat(history(eu, "a&location=eu")).hasSize(1);
        assertThat(history(eu, "a")).hasSize(3);
    }
}
