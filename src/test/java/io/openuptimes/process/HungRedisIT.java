package io.openuptimes.process;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.EventReader;
import io.openuptimes.testing.RestartableRedis;
import io.openuptimes.testing.ServiceProcess;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis is suspended (SIGSTOP) and resumed while targets go down. */
class HungRedisIT {

    private static final int SERVICES = 4;
    private static final int INTERVAL_SECONDS = 2;

    @TempDir
    private Path dir;

    private static List<String> names() {
        return IntStream.range(0, SERVICES).mapToObj(i -> "s" + i).toList();
    }

    private static List<JsonObject> entries(ServiceProcess service) throws Exception {
        return objects(service.json("/api/status").getJsonArray("services"));
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    private static List<JsonObject> failures(ServiceProcess service, String name) throws Exception {
        return objects(service.json("/api/history/" + name + "?limit=1000").getJsonArray("history")).stream()
                .filter(entry -> entry.getString("status").equals("down"))
                .toList();
    }

    private static boolean isFailure(JsonObject transition, String name) {
        return "down".equals(transition.getString("to"))
                && name.equals(transition.getJsonObject("service").getString("name"));
    }

    @Test
    void theStatusIsRightMeanwhileAndTheHistoryIsCompleteAfterwards() throws Exception {
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
                        .put("interval", INTERVAL_SECONDS)));
                String bulk = new JsonObject().put("services", services).encode();
                assertThat(service.send("PUT", "/api/services/bulk", bulk).statusCode())
                        .isEqualTo(200);
                eventually(
                        () -> assertThat(entries(service)).allMatch(entry -> "up".equals(entry.getString("status"))));

                try (EventReader stream = new EventReader(service.url() + "/api/events")) {
                    eventually(() -> assertThat(stream.events("summary")).isNotEmpty());
                    redis.pause();
                    names().forEach(name -> target.down("/" + name));

                    eventually(() -> assertThat(entries(service))
                            .allMatch(entry -> "down".equals(entry.getString("status")))
                            .allMatch(entry -> entry.getBoolean("provisional", false)));
                    assertThat(entries(service)).noneMatch(entry -> entry.containsKey("reason"));
                    for (String name : names()) {
                        EventReader.Event provisional = stream.await("transition", data -> isFailure(data, name));
                        assertThat(provisional.ownId()).isFalse();
                        assertThat(provisional.data().getBoolean("provisional")).isTrue();
                    }

                    redis.goOn();

                    eventually(() -> assertThat(entries(service))
                            .allMatch(entry -> "down".equals(entry.getString("status")))
                            .noneMatch(entry -> entry.containsKey("provisional")));
                    for (String name : names()) {
                        eventually(() -> assertThat(failures(service, name)).isNotEmpty());
                        long first = failures(service, name).stream()
                                .mapToLong(entry -> entry.getLong("timestamp"))
                                .min()
                                .orElseThrow();
                        eventually(() -> assertThat(stream.events("transition"))
                                .filteredOn(event -> event.ownId() && isFailure(event.data(), name))
                                .singleElement()
                                .satisfies(event ->
                                        assertThat(event.data().getLong("at")).isEqualTo(first)));
                    }
                    assertThat(objects(
                                    service.json("/api/transitions?limit=1000").getJsonArray("transitions")))
                            .filteredOn(each -> "down".equals(each.getString("to")))
                            .hasSize(SERVICES);
                }
            }
        }
    }
}
