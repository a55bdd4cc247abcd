package io.openuptimes.process;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.RestartableRedis;
import io.openuptimes.testing.ServiceProcess;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed (SIGKILL) again and again while its targets go up and down: every stored change of a status has
 * exactly one event, in order. {@code -Dkills=200} kills it more often.
 */
class KilledNodeIT {

    private static final int KILLS = Integer.getInteger("kills", 3);
    private static final int SERVICES = 60;
    private static final int LIMIT = 1_000;

    @TempDir
    private Path dir;

    private final Random random = new Random(20_261_130);

    private static List<String> names() {
        return IntStream.range(0, SERVICES).mapToObj(i -> "s" + i).toList();
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    /** Switches some targets up or down after each answer, until a random number of checks has been made. */
    private void turnTargets(TargetServer target) throws Exception {
        int until = hits(target) + SERVICES + random.nextInt(3 * SERVICES);
        int seen = 0;
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (hits(target) < until) {
            assertThat(System.nanoTime()).as("time to be checked").isLessThan(deadline);
            int now = hits(target);
            if (now == seen) {
                Thread.onSpinWait();
                continue;
            }
            seen = now;
            String path = "/s" + random.nextInt(SERVICES);
            if (random.nextBoolean()) {
                target.up(path);
            } else {
                target.down(path);
            }
        }
    }

    private static int hits(TargetServer target) {
        return names().stream().mapToInt(name -> target.hits("/" + name)).sum();
    }

    /** Times and new statuses of the service's changes, by its history. */
    private static List<String> changes(ServiceProcess service, String name) throws Exception {
        List<String> changes = new ArrayList<>();
        String status = "unknown";
        List<JsonObject> entries = new ArrayList<>();
        String path = "/api/history/" + name + "?limit=" + LIMIT;
        for (String cursor = ""; cursor != null; ) {
            JsonObject page = service.json(path + cursor);
            entries.addAll(objects(page.getJsonArray("history")));
            cursor = page.getString("cursor") == null ? null : "&cursor=" + page.getString("cursor");
        }
        for (int i = entries.size() - 1; i >= 0; i--) {
            String now = entries.get(i).getString("status");
            if (!now.equals(status)) {
                changes.add(status + ">" + now + "@" + entries.get(i).getLong("timestamp"));
                status = now;
            }
        }
        return changes;
    }

    /** The same by the service's events, in order. */
    private static List<String> events(ServiceProcess service, String name) throws Exception {
        JsonObject newest = service.json("/api/transitions?limit=" + LIMIT + "&service=" + name);
        return objects(newest.getJsonArray("transitions")).stream()
                .map(each -> each.getString("from") + ">" + each.getString("to") + "@" + each.getLong("at"))
                .toList();
    }

    @Test
    void everyStoredChangeHasOneEvent() throws Exception {
        try (RestartableRedis redis = new RestartableRedis(dir);
                TargetServer target = TargetServer.start()) {
            redis.start();
            Map<String, String> environment =
                    Map.of("OPENUPTIMES_RATE_LIMIT", "0", "OPENUPTIMES_REDIS_URL", redis.url());
            try (ServiceProcess service = ServiceProcess.start(dir, environment).ready()) {
                JsonArray services = new JsonArray();
                names().forEach(name -> services.add(new JsonObject()
                        .put("name", name)
                        .put("url", target.url("/" + name))
                        .put("interval", 1)));
                assertThat(service.send(
                                        "PUT",
                                        "/api/services/bulk",
                                        new JsonObject()
                                                .put("services", services)
                                                .encode())
                                .statusCode())
                        .isEqualTo(200);
                turnTargets(target);
                service.kill();
            }
            for (int kill = 1; kill < KILLS; kill++) {
                try (ServiceProcess service = ServiceProcess.start(dir, environment)) {
                    turnTargets(target);
                    service.kill();
                }
            }
            names().forEach(name -> target.up("/" + name));
            try (ServiceProcess service = ServiceProcess.start(dir, environment).ready()) {
                eventually(() -> assertThat(objects(service.json("/api/status").getJsonArray("services")))
                        .allMatch(entry -> "up".equals(entry.getString("status")))
                        .noneMatch(entry -> entry.containsKey("stale") || entry.containsKey("provisional")));
                int changes = 0;
                for (String name : names()) {
                    List<String> stored = changes(service, name);
                    eventually(() -> assertThat(events(service, name)).as(name).isEqualTo(stored));
                    changes += stored.size();
                }
                assertThat(changes).isGreaterThan(SERVICES);
            }
        }
    }
}
