package io.openuptimes.process;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.EventReader;
import io.openuptimes.testing.RestartableRedis;
import io.openuptimes.testing.ServiceProcess;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis is suspended (SIGSTOP) and resumed while targets go down, under two nodes that share the services. */
class HungRedisIT {

    private static final int SERVICES = 12;
    private static final int INTERVAL_SECONDS = 2;
    private static final long TWO_INTERVALS_MS = 2_000L * INTERVAL_SECONDS;

    @TempDir
    private Path dir;

    private final TargetServer target = TargetServer.start();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(target));
    private RestartableRedis redis;
    private List<ServiceProcess> nodes;

    private ServiceProcess start(String name) throws Exception {
        Map<String, String> environment = Map.of(
                "OPENUPTIMES_NODE_NAME", name, "OPENUPTIMES_RATE_LIMIT", "0", "OPENUPTIMES_REDIS_URL", redis.url());
        ServiceProcess node = ServiceProcess.start(Files.createDirectories(dir.resolve(name)), environment);
        open.add(node);
        return node.ready();
    }

    @BeforeEach
    void startBothWithServicesThatAreUp() throws Exception {
        redis = new RestartableRedis(Files.createDirectories(dir.resolve("redis")));
        open.add(redis);
        redis.start();
        nodes = List.of(start("first"), start("second"));
        JsonArray services = new JsonArray();
        names().forEach(name -> services.add(new JsonObject()
                .put("name", name)
                .put("url", target.url("/" + name))
                .put("interval", INTERVAL_SECONDS)));
        String bulk = new JsonObject().put("services", services).encode();
        assertThat(nodes.get(0).send("PUT", "/api/services/bulk", bulk).statusCode())
                .isEqualTo(200);
        for (ServiceProcess node : nodes) {
            eventually(() -> {
                assertThat(node.metric("openuptimes_node_partitions")).isEqualTo(128);
                assertThat(entries(node)).hasSize(SERVICES).allMatch(entry -> "up".equals(entry.getString("status")));
            });
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private static List<String> names() {
        return IntStream.range(0, SERVICES).mapToObj(i -> "s" + i).toList();
    }

    private static List<JsonObject> entries(ServiceProcess node) throws Exception {
        return objects(node.json("/api/status").getJsonArray("services"));
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    private static List<JsonObject> history(ServiceProcess node, String name) throws Exception {
        return objects(node.json("/api/history/" + name + "?limit=1000").getJsonArray("history"));
    }

    private static boolean isFailure(JsonObject transition, String name) {
        return "down".equals(transition.getString("to"))
                && name.equals(transition.getJsonObject("service").getString("name"));
    }

    /** Names of the services that this node shows without the reason {@code store}. */
    private static Set<String> seen(ServiceProcess node) throws Exception {
        return entries(node).stream()
                .filter(entry -> !"store".equals(entry.getString("reason")))
                .map(entry -> entry.getString("name"))
                .collect(Collectors.toSet());
    }

    /** A node shows its own services as down, and the last known status of the others with a reason. */
    private static void showsItsOwnAndIsBlindForOthers(ServiceProcess node) throws Exception {
        JsonObject status = node.json("/api/status?limit=100");
        assertThat(status.getBoolean("storeReachable")).isFalse();
        for (JsonObject entry : objects(status.getJsonArray("services"))) {
            boolean own = !entry.containsKey("reason");
            assertThat(entry.getString("status")).as(entry::encode).isEqualTo(own ? "down" : "up");
            assertThat(entry.getBoolean("provisional", false)).as(entry::encode).isEqualTo(own);
            assertThat(entry.getString("reason")).isEqualTo(own ? null : "store");
        }
        int blind = status.getJsonObject("counts").getInteger("blind");
        assertThat(blind)
                .isBetween(1, SERVICES - 1)
                .isEqualTo(SERVICES - seen(node).size());
    }

    @Test
    void eachNodeShowsWhatItSeesMeanwhileAndTheHistoryIsCompleteAfterwards() throws Exception {
        try (EventReader first = new EventReader(nodes.get(0).url() + "/api/events");
                EventReader second = new EventReader(nodes.get(1).url() + "/api/events")) {
            List<EventReader> streams = List.of(first, second);
            for (EventReader stream : streams) {
                eventually(() -> assertThat(stream.events("summary")).isNotEmpty());
            }
            redis.pause();
            long wentDown = System.currentTimeMillis();
            names().forEach(name -> target.down("/" + name));

            for (ServiceProcess node : nodes) {
                eventually(() -> showsItsOwnAndIsBlindForOthers(node));
            }
            assertThat(seen(nodes.get(0))).doesNotContainAnyElementsOf(seen(nodes.get(1)));
            assertThat(seen(nodes.get(0)).size() + seen(nodes.get(1)).size()).isEqualTo(SERVICES);
            for (int i = 0; i < nodes.size(); i++) {
                Set<String> seen = seen(nodes.get(i));
                for (String name : seen) {
                    EventReader.Event provisional = streams.get(i).await("transition", data -> isFailure(data, name));
                    assertThat(provisional.ownId()).isFalse();
                    assertThat(provisional.data().getBoolean("provisional")).isTrue();
                    assertThat(provisional.data().getLong("at")).isBetween(wentDown, wentDown + TWO_INTERVALS_MS);
                }
                assertThat(streams.get(i).events("transition")).hasSize(seen.size());
            }
            Map<String, Integer> checked = new HashMap<>();
            names().forEach(name -> checked.put(name, target.hits("/" + name)));

            redis.goOn();

            for (int i = 0; i < nodes.size(); i++) {
                afterwardsAllIsThere(nodes.get(i), streams.get(i), checked);
            }
        }
    }

    /**
     * @param checked number of checks of each service until Redis was resumed
     */
    private static void afterwardsAllIsThere(ServiceProcess node, EventReader stream, Map<String, Integer> checked)
            throws Exception {
        eventually(() -> assertThat(entries(node))
                .allMatch(entry -> "down".equals(entry.getString("status")))
                .noneMatch(entry -> entry.containsKey("provisional") || entry.containsKey("reason")));
        for (String name : names()) {
            eventually(() -> assertThat(history(node, name)).hasSizeGreaterThanOrEqualTo(checked.get(name)));
            long firstFailure = history(node, name).stream()
                    .filter(entry -> entry.getString("status").equals("down"))
                    .mapToLong(entry -> entry.getLong("timestamp"))
                    .min()
                    .orElseThrow();
            eventually(() -> assertThat(stream.events("transition"))
                    .filteredOn(event -> event.ownId() && isFailure(event.data(), name))
                    .singleElement()
                    .satisfies(event -> assertThat(event.data().getLong("at")).isEqualTo(firstFailure)));
        }
        assertThat(objects(node.json("/api/transitions?limit=1000").getJsonArray("transitions")))
                .filteredOn(each -> "down".equals(each.getString("to")))
                .hasSize(SERVICES);
    }
}
