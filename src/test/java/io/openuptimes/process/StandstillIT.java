package io.openuptimes.process;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.ServiceProcess;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole process is suspended for a while (SIGSTOP) and resumed. */
class StandstillIT {

    private static final int SERVICES = 50;
    private static final int TIMEOUT_MS = 4_000;
    private static final long STOPPED_MS = 6_000;

    @TempDir
    private Path dir;

    private static List<String> names() {
        return IntStream.range(0, SERVICES).mapToObj(i -> "s" + i).toList();
    }

    private static JsonArray history(ServiceProcess service, String name) throws Exception {
        return service.json("/api/history/" + name + "?limit=1000").getJsonArray("history");
    }

    private static void awaitChecks(ServiceProcess service, long since) throws Exception {
        eventually(() -> {
            for (String name : names()) {
                assertThat(history(service, name).stream()
                                .map(JsonObject.class::cast)
                                .filter(entry -> entry.getLong("timestamp") > since))
                        .as(name)
                        .hasSizeGreaterThanOrEqualTo(2);
            }
        });
    }

    @Test
    void noServiceIsTakenForDownAndTheLagSaysSo() throws Exception {
        try (TargetServer target = TargetServer.start();
                ServiceProcess service = ServiceProcess.start(dir, Map.of("OPENUPTIMES_RATE_LIMIT", "0"))
                        .ready()) {
            JsonArray services = new JsonArray();
            for (String name : names()) {
                target.slow("/" + name, 300);
                services.add(new JsonObject()
                        .put("name", name)
                        .put("url", target.url("/" + name))
                        .put("interval", 1)
                        .put("timeout", TIMEOUT_MS));
            }
            String bulk = new JsonObject().put("services", services).encode();
            assertThat(service.send("PUT", "/api/services/bulk", bulk).statusCode())
                    .isEqualTo(200);
            awaitChecks(service, 0);

            long inFlight = System.currentTimeMillis() - TIMEOUT_MS;
            service.signal("STOP");
            TimeUnit.MILLISECONDS.sleep(STOPPED_MS); // the fault itself
            service.signal("CONT");

            eventually(() -> {
                JsonObject schedule = service.json("/api/schedule");
                assertThat(schedule.getJsonObject("lag").getLong("max")).isGreaterThan(STOPPED_MS - 2_000);
                assertThat(schedule.getJsonObject("missedBy").getLong("standstill"))
                        .isPositive();
                assertThat(schedule.getBoolean("keepingUp")).isFalse();
                assertThat(schedule.getLong("repeated")).isPositive();
            });
            awaitChecks(service, System.currentTimeMillis());
            for (String name : names()) {
                List<JsonObject> since = history(service, name).stream()
                        .map(JsonObject.class::cast)
                        .filter(entry -> entry.getLong("timestamp") >= inFlight)
                        .toList();
                assertThat(since).isNotEmpty().allSatisfy(entry -> {
                    assertThat(entry.getString("status")).as(name + entry).isEqualTo("up");
                    assertThat(entry.getLong("responseTime")).as(name + entry).isLessThan(TIMEOUT_MS);
                });
            }
            assertThat(service.json("/api/transitions?limit=1000").getJsonArray("transitions"))
                    .map(JsonObject.class::cast)
                    .filteredOn(each -> each.getLong("at") >= inFlight)
                    .extracting(each -> each.getString("to"))
                    .allMatch("up"::equals);
        }
    }
}
