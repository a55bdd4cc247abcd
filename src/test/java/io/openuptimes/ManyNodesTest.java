package io.openuptimes;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.testing.InTime.inTime;
import static io.openuptimes.testing.NodeGroup.call;
import static io.openuptimes.testing.NodeGroup.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.NodeMessage;
import io.openuptimes.bus.NodeMessage.GetNodes;
import io.openuptimes.bus.NodeMessage.Nodes;
import io.openuptimes.model.Node;
import io.openuptimes.runtime.StableHash;
import io.openuptimes.testing.DailyChecks;
import io.openuptimes.testing.NodeGroup;
import io.openuptimes.testing.RunningApp;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several complete nodes on one Redis: each target is checked by one of them, and all report the same. */
class ManyNodesTest {

    private static final int SERVICES = 24;
    private static final int INTERVAL_MS = 2_000;
    /** A check may be late within its slot: starting a node during a handover takes a while on a busy machine. */
    private static final int ROLLING_INTERVAL_MS = 5_000;
    /** Maximum delay until all nodes report the same. */
    private static final int APART_MS = 1_000;

    @TempDir
    private Path dir;

    private final TargetServer target = TargetServer.start();
    private NodeGroup group;

    @BeforeEach
    void startRedis() throws Exception {
        group = new NodeGroup(dir);
    }

    @AfterEach
    void stop() throws Exception {
        group.close();
        target.close();
    }

    private RunningApp start(String name) throws Exception {
        return group.start(Map.of(
                "OPENUPTIMES_NODE_NAME", name, "OPENUPTIMES_HTTP_INSTANCES", "1", "OPENUPTIMES_CHECKS_INSTANCES", "2"));
    }

    private void createServices(RunningApp app, int intervalMs) throws Exception {
        for (int i = 0; i < SERVICES; i++) {
            create(app, "s" + i, intervalMs / 1000);
        }
    }

    private void create(RunningApp app, String name, int interval) throws Exception {
        JsonObject service = new JsonObject()
                .put("name", name)
                .put("url", target.url("/" + name))
                .put("interval", interval)
                .put("timeout", 20_000);
        eventually(() -> assertThat(
                        send(app, "POST", "/api/services", service.encode()).statusCode())
                .isIn(201, 409));
    }

    /** Creates a service not due while the test counts its checks, which depends on its id; returns its name. */
    private String createDaily(RunningApp app, String name) throws Exception {
        create(app, name, DailyChecks.INTERVAL);
        String id = call(app, "GET", "/api/services?name=" + name, "")
                .getJsonArray("services")
                .getJsonObject(0)
                .getString("id");
        return DailyChecks.isFarOff(id) ? name : createDaily(app, name + "-again");
    }

    private static Map<String, Integer> partitions(RunningApp app) {
        Nodes nodes = await(app.bus().request(NodeMessage.GET_NODES, new GetNodes()));
        Map<String, Integer> partitions = new HashMap<>();
        nodes.nodes().stream().filter(Node::live).forEach(node -> partitions.put(node.name(), node.partitions()));
        return partitions;
    }

    private static void awaitShares(RunningApp app, Map<String, Integer> shares) throws Exception {
        eventually(() -> assertThat(partitions(app)).isEqualTo(shares));
    }

    /** Number of services in a node's own schedule. */
    private static int held(RunningApp app) {
        Nodes nodes = await(app.bus().request(NodeMessage.GET_NODES, new GetNodes()));
        return nodes.nodes().stream()
                .filter(Node::self)
                .mapToInt(Node::services)
                .sum();
    }

    private static List<Long> history(RunningApp app, String name) throws Exception {
        JsonArray entries =
                call(app, "GET", "/api/history/" + name + "?limit=1000", "").getJsonArray("history");
        List<Long> times = new ArrayList<>();
        for (int i = entries.size() - 1; i >= 0; i--) {
            times.add(entries.getJsonObject(i).getLong("timestamp"));
        }
        return times;
    }

    @Test
    void theSecondTakesHalfAndEachServiceIsCheckedByOneOfThem() throws Exception {
        RunningApp first = start("first");
        awaitShares(first, Map.of("first", 256));
        createServices(first, INTERVAL_MS);

        RunningApp second = start("second");

        for (RunningApp app : List.of(first, second)) {
            awaitShares(app, Map.of("first", 128, "second", 128));
        }
        // nodes report their numbers periodically
        eventually(() -> {
            assertThat(held(first)).isPositive();
            assertThat(held(second)).isPositive();
            assertThat(held(first) + held(second)).isEqualTo(SERVICES);
        });
        int[] hits = new int[SERVICES];
        Arrays.setAll(hits, i -> target.hits("/s" + i));
        for (int i = 0; i < SERVICES; i++) {
            int service = i;
            eventually(() -> assertThat(target.hits("/s" + service)).isGreaterThan(hits[service] + 1));
        }
        assertEveryCheckIsInTheHistoryOnce(0, first, second);
        assertBothShowWhatEitherChecks(first, second);

        // a new service is checked immediately by its node, wherever it was created; any node checks it on request
        List<String> daily = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            daily.add(createDaily(first, "near" + i));
            daily.add(createDaily(second, "far" + i));
        }
        for (String name : daily) {
            eventually(() -> assertThat(history(first, name)).hasSize(1));
            eventually(() -> call(second, "GET", "/api/status?service=" + name, "")
                    .getJsonArray("services")
                    .getJsonObject(0)); // the other node knows of it
            call(second, "GET", "/api/ping?service=" + name, "");
            assertThat(history(first, name)).hasSize(2);
        }

        // access state is shared, too
        JsonObject key = call(first, "POST", "/api/keys", "{\"name\":\"ci\",\"scope\":\"read\"}");
        assertThat(send(second, "GET", "/api/services", "", key.getString("key"))
                        .statusCode())
                .isEqualTo(200);
    }

    /**
     * The target's count matches the history, except for checks in progress and repeated ones.
     *
     * @param ofOthers checks that stopped nodes may have made in addition
     */
    private void assertEveryCheckIsInTheHistoryOnce(long ofOthers, RunningApp... nodes) throws Exception {
        long[] more = new long[SERVICES]; // minimum over time, reached when no check is in progress
        Arrays.fill(more, Long.MAX_VALUE);
        eventually(() -> {
            for (int i = 0; i < SERVICES; i++) {
                if (more[i] != 0) {
                    int kept = history(nodes[0], "s" + i).size();
                    more[i] = Math.min(more[i], target.hits("/s" + i) - kept);
                }
            }
            long besides = ofOthers;
            for (RunningApp node : nodes) {
                besides += madeBesides(node);
            }
            assertThat(Arrays.stream(more).boxed()).allMatch(each -> each >= 0);
            assertThat(Arrays.stream(more).sum()).isBetween(0L, besides);
        });
    }

    /** Checks made but not recorded by the node: their responses arrived while the process had stalled. */
    private static long madeBesides(RunningApp node) throws Exception {
        return 2 * call(node, "GET", "/api/schedule", "").getLong("repeated");
    }

    /** Targets go down and up again; both nodes report each transition at almost the same time. */
    private void assertBothShowWhatEitherChecks(RunningApp first, RunningApp second) throws Exception {
        List<String> turns = new ArrayList<>();
        inTime(APART_MS, () -> {
            turns.add(turns.size() % 2 == 0 ? "down" : "up");
            return apart(turns.get(turns.size() - 1), first, second);
        });
        // also for results without a transition, which cause no event
        long now = System.currentTimeMillis();
        for (RunningApp node : List.of(first, second)) {
            eventually(() -> {
                JsonArray shown = call(node, "GET", "/api/status", "").getJsonArray("services");
                for (int i = 0; i < SERVICES; i++) {
                    assertThat(named(shown, "s" + i).getLong("lastChecked")).isGreaterThan(now);
                }
            });
        }
    }

    /** Toggles all targets; returns the maximum delay between the two nodes in milliseconds. */
    private double apart(String status, RunningApp first, RunningApp second) throws Exception {
        for (int i = 0; i < SERVICES; i++) {
            if (status.equals("down")) {
                target.down("/s" + i);
            } else {
                target.up("/s" + i);
            }
        }
        long[][] told = new long[2][SERVICES];
        eventually(() -> {
            for (int node = 0; node < 2; node++) {
                JsonArray shown = call(node == 0 ? first : second, "GET", "/api/status", "")
                        .getJsonArray("services");
                for (int i = 0; i < SERVICES; i++) {
                    if (told[node][i] == 0
                            && named(shown, "s" + i).getString("status").equals(status)) {
                        told[node][i] = System.nanoTime();
                    }
                }
            }
            assertThat(told[0]).doesNotContain(0);
            assertThat(told[1]).doesNotContain(0);
        });
        return IntStream.range(0, SERVICES)
                .mapToDouble(i -> Math.abs(told[0][i] - told[1][i]) / 1e6)
                .max()
                .orElseThrow();
    }

    private static JsonObject named(JsonArray services, String name) {
        return services.stream()
                .map(JsonObject.class::cast)
                .filter(service -> service.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRollingRestartMissesNoCheckAndMakesNoneTwice() throws Exception {
        List<RunningApp> nodes = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            nodes.add(start(name));
        }
        createServices(nodes.get(0), ROLLING_INTERVAL_MS);
        eventually(() -> assertThat(partitions(nodes.get(2)).values()).containsExactlyInAnyOrder(85, 85, 86));
        long began = System.currentTimeMillis() + ROLLING_INTERVAL_MS;
        long ofThose = 0;

        for (int i = 0; i < 3; i++) {
            ofThose += madeBesides(nodes.get(i)) + 1; // one may be aborted on a very busy machine
            group.stop(nodes.get(i));
            RunningApp another = nodes.get((i + 1) % 3);
            eventually(() -> assertThat(partitions(another).values()).containsExactly(128, 128));
            nodes.set(i, start("again-" + i));
            eventually(() -> assertThat(partitions(another).values()).containsExactlyInAnyOrder(85, 85, 86));
        }

        RunningApp last = nodes.get(2);
        long ended = System.currentTimeMillis();
        for (int i = 0; i < SERVICES; i++) {
            String name = "s" + i;
            eventually(() -> assertThat(history(last, name).stream().anyMatch(at -> at > ended + ROLLING_INTERVAL_MS))
                    .isTrue());
            List<Long> times = history(last, name);
            String id = call(last, "GET", "/api/status?service=" + name, "")
                    .getJsonArray("services")
                    .getJsonObject(0)
                    .getString("id");
            assertOneInEachSlot(times, id, began, ended);
        }
        // nor any rejected by Redis
        assertEveryCheckIsInTheHistoryOnce(ofThose, nodes.toArray(RunningApp[]::new));
    }

    private static void assertOneInEachSlot(List<Long> times, String id, long from, long to) {
        long phase = StableHash.mod(id, ROLLING_INTERVAL_MS);
        Map<Long, List<Long>> slots = new HashMap<>();
        times.forEach(at -> slots.computeIfAbsent(
                        Math.floorDiv(at - phase + 50, ROLLING_INTERVAL_MS), slot -> new ArrayList<>())
                .add(at));
        for (long slot = Math.floorDiv(from - phase, ROLLING_INTERVAL_MS) + 1;
                slot < Math.floorDiv(to - phase, ROLLING_INTERVAL_MS);
                slot++) {
            assertThat(slots.getOrDefault(slot, List.of()))
                    .as("slot %d of %s", slot, times)
                    .hasSize(1);
        }
    }
}
