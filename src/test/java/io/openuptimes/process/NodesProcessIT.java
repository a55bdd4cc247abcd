package io.openuptimes.process;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.testing.InTime.inTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.runtime.StableHash;
import io.openuptimes.testing.RestartableRedis;
import io.openuptimes.testing.ServiceProcess;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one Redis, one of which is killed or suspended. */
class NodesProcessIT {

    private static final int SERVICES = 8;
    private static final int INTERVAL_MS = 3_000;
    private static final int TAKEN_OVER_MS = 10_000;

    @TempDir
    private Path dir;

    private final TargetServer target = TargetServer.start();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(target));
    private RestartableRedis redis;
    private ServiceProcess first;
    private ServiceProcess second;

    @BeforeEach
    void startBoth() throws Exception {
        redis = new RestartableRedis(Files.createDirectories(dir.resolve("redis")));
        open.add(redis);
        redis.start();
        first = start("first");
        second = start("second");
        for (int i = 0; i < SERVICES; i++) {
            // long-running, so that some checks are in progress when a node stops
            target.slow("/" + i, INTERVAL_MS / 3);
            String service = "{\"name\":\"s%d\",\"url\":\"%s\",\"interval\":%d,\"timeout\":20000}"
                    .formatted(i, target.url("/" + i), INTERVAL_MS / 1000);
            eventually(() -> assertThat(
                            first.send("POST", "/api/services", service).statusCode())
                    .isIn(201, 409));
        }
        awaitShares(128, 128);
        for (int i = 0; i < SERVICES; i++) {
            int service = i;
            eventually(() -> assertThat(history(service).size()).isGreaterThan(1));
        }
    }

    private ServiceProcess start(String name) throws Exception {
        ServiceProcess process = ServiceProcess.start(
                Files.createDirectories(dir.resolve(name)),
                Map.of(
                        "OPENUPTIMES_NODE_NAME",
                        name,
                        "OPENUPTIMES_REDIS_URL",
                        redis.url(),
                        "OPENUPTIMES_RATE_LIMIT",
                        "0"));
        open.add(process);
        return process.ready();
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private static int partitions(ServiceProcess node) throws Exception {
        return (int) metric(node, "openuptimes_node_partitions");
    }

    private static double metric(ServiceProcess node, String name) throws Exception {
        return node.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private void awaitShares(int ofFirst, int ofSecond) throws Exception {
        eventually(() -> {
            assertThat(partitions(first)).isEqualTo(ofFirst);
            assertThat(partitions(second)).isEqualTo(ofSecond);
        });
    }

    /** Oldest first. */
    private List<JsonObject> history(int service) throws Exception {
        JsonArray entries =
                second.json("/api/history/s" + service + "?limit=1000").getJsonArray("history");
        return entries.stream()
                .map(JsonObject.class::cast)
                .sorted((a, b) -> Long.compare(a.getLong("timestamp"), b.getLong("timestamp")))
                .toList();
    }

    /** Waits until all services were checked after the first node stopped; returns the time of the last first check. */
    private long takenOver(long since) throws Exception {
        long[] latest = new long[1];
        for (int i = 0; i < SERVICES; i++) {
            int service = i;
            eventually(() -> latest[0] = Math.max(
                    latest[0],
                    history(service).stream()
                            .mapToLong(entry -> entry.getLong("timestamp"))
                            .filter(at -> at > since)
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("not checked since"))));
        }
        return latest[0] - since;
    }

    private static List<String> statuses(List<JsonObject> history) {
        return history.stream().map(entry -> entry.getString("status")).toList();
    }

    private void assertNoneTwice() throws Exception {
        for (int i = 0; i < SERVICES; i++) {
            String id = shown(second, i).getString("id");
            long phase = StableHash.mod(id, INTERVAL_MS);
            List<JsonObject> history = history(i);
            Set<Long> slots = new HashSet<>();
            // the first check ran immediately, outside the regular schedule
            for (JsonObject entry : history.subList(1, history.size())) {
                long at = entry.getLong("timestamp");
                assertThat(slots.add(Math.floorDiv(at - phase + 50, (long) INTERVAL_MS)))
                        .as("the only one in its slot: %d of %s", at, history)
                        .isTrue();
            }
        }
    }

    private static JsonObject shown(ServiceProcess node, int service) throws Exception {
        return node.json("/api/status?service=s" + service)
                .getJsonArray("services")
                .getJsonObject(0);
    }

    private void awaitDown(ServiceProcess node) throws Exception {
        for (int i = 0; i < SERVICES; i++) {
            int service = i;
            eventually(
                    () -> assertThat(shown(node, service).getString("status")).isEqualTo("down"));
        }
    }

    /** Oldest first. */
    private List<JsonObject> transitions(int service) throws Exception {
        return second.json("/api/transitions?limit=1000&service=s" + service).getJsonArray("transitions").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    @Test
    void whatAKilledNodeCheckedTheOtherChecks() throws Exception {
        inTime(TAKEN_OVER_MS, () -> {
            if (!first.process().isAlive()) {
                first = start("first");
                awaitShares(128, 128);
            }
            long killed = System.currentTimeMillis();
            first.kill();

            long after = takenOver(killed);

            System.out.printf("kill -9: all services checked again within %d ms%n", after);
            eventually(() -> assertThat(partitions(second)).isEqualTo(256));
            return after;
        });
        assertNoneTwice();
        for (int i = 0; i < SERVICES; i++) {
            assertThat(statuses(history(i))).containsOnly("up");
        }
    }

    @Test
    void aNodeThatStoodStillWritesNothingOverWhatTheOtherHasFound() throws Exception {
        inTime(TAKEN_OVER_MS, () -> {
            if (partitions(second) == 256) {
                first.signal("CONT");
                awaitShares(128, 128);
            }
            long after = takenOver(stopWithAnswersOnTheirWay());
            System.out.printf("SIGSTOP: all services checked again within %d ms%n", after);
            eventually(() -> assertThat(partitions(second)).isEqualTo(256));
            return after;
        });
        for (int i = 0; i < SERVICES; i++) {
            target.down("/" + i);
        }
        awaitDown(second);
        List<List<JsonObject>> found = new ArrayList<>();
        List<List<JsonObject>> turned = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            int service = i;
            eventually(() -> assertThat(transitions(service)) // stored after it is shown
                    .extracting(one -> one.getString("to"))
                    .containsExactly("up", "down"));
            found.add(history(i));
            turned.add(transitions(i));
        }

        first.signal("CONT");

        awaitShares(128, 128);
        assertThat(first.log()).contains("other nodes have taken over 128 leases");
        takenOver(System.currentTimeMillis());
        awaitDown(first);
        awaitDown(second);
        for (int i = 0; i < SERVICES; i++) {
            List<JsonObject> before = found.get(i);
            List<JsonObject> after = history(i);
            assertThat(after.subList(0, before.size())).isEqualTo(before);
            assertThat(statuses(after.subList(before.size(), after.size()))).containsOnly("down");
            assertThat(transitions(i)).isEqualTo(turned.get(i));
            assertThat(turned.get(i)).extracting(one -> one.getString("to")).containsExactly("up", "down");
        }
        assertNoneTwice();
        System.out.printf(
                "after SIGCONT: %.0f results were superseded%n",
                metric(first, "openuptimes_store_results_superseded_total"));
    }

    /** Suspends the first node during checks whose successful responses it receives only after resuming. */
    private long stopWithAnswersOnTheirWay() throws Exception {
        int[] hits = new int[SERVICES];
        for (int i = 0; i < SERVICES; i++) {
            hits[i] = target.hits("/" + i);
            target.hold("/" + i);
        }
        for (int i = 0; i < SERVICES; i++) {
            int service = i;
            eventually(() -> assertThat(target.hits("/" + service)).isGreaterThan(hits[service]));
        }
        long stopped = System.currentTimeMillis();
        first.signal("STOP");
        for (int i = 0; i < SERVICES; i++) {
            target.letGo("/" + i);
        }
        return stopped;
    }
}
