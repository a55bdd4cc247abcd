package io.openuptimes;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.RunningApp;
import io.openuptimes.testing.SetClock;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's clock is moved by an hour, forward and back, while services are checked every second. */
class ClockStepTest {

    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    /** Maximum gap between checks of a service: allows for a busy machine, but is far below any step. */
    private static final long MAX_GAP = TimeUnit.SECONDS.toMillis(30);
    /** This many consecutive checks, each in its own second except at the start, take at least four seconds. */
    private static final int IN_A_ROW = 6;

    private static final long MIN_IN_A_ROW = TimeUnit.SECONDS.toMillis(2);
    private static final String KEY = "a-key-for-the-tests";
    private static final List<String> NAMES =
            IntStream.range(0, 20).mapToObj(i -> "s" + i).toList();

    @TempDir
    private Path dir;

    private final HttpClient http = HttpClient.newHttpClient();
    private final TargetServer target = TargetServer.start();

    @AfterEach
    void close() {
        target.close();
    }

    private RunningApp start(SetClock wall) throws Exception {
        return RunningApp.start(
                Map.of(
                        "OPENUPTIMES_API_KEY",
                        KEY,
                        "OPENUPTIMES_RATE_LIMIT",
                        "0",
                        "OPENUPTIMES_DATA_DIR",
                        dir.toString()),
                wall);
    }

    private String send(RunningApp app, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
        return response.body();
    }

    private JsonObject get(RunningApp app, String path) throws IOException, InterruptedException {
        return new JsonObject(send(app, "GET", path, ""));
    }

    private void addServices(RunningApp app) throws IOException, InterruptedException {
        for (String name : NAMES) {
            JsonObject service = new JsonObject()
                    .put("name", name)
                    .put("url", target.url("/" + name))
                    .put("interval", 1);
            send(app, "POST", "/api/services", service.encode());
        }
    }

    /** Oldest first. */
    private List<Long> timestamps(RunningApp app, String name) throws IOException, InterruptedException {
        List<Long> newestFirst = get(app, "/api/history/" + name + "?limit=1000").getJsonArray("history").stream()
                .map(entry -> ((JsonObject) entry).getLong("timestamp"))
                .toList();
        return IntStream.range(0, newestFirst.size())
                .mapToObj(i -> newestFirst.get(newestFirst.size() - 1 - i))
                .toList();
    }

    /** Waits for this many more results of each service, none of which may be stale, down or unknown meanwhile. */
    private void awaitMore(RunningApp app, int more) throws Exception {
        Map<String, Integer> before = new HashMap<>();
        for (String name : NAMES) {
            before.put(name, timestamps(app, name).size());
        }
        List<JsonObject> wrong = new ArrayList<>();
        eventually(() -> {
            JsonArray services = get(app, "/api/status").getJsonArray("services");
            assertThat(services).hasSize(NAMES.size());
            services.stream()
                    .map(JsonObject.class::cast)
                    .filter(service -> service.getLong("lastChecked", 0L) > 0)
                    .filter(service -> !service.getString("status").equals("up") || service.getBoolean("stale", false))
                    .forEach(wrong::add);
            for (String name : NAMES) {
                assertThat(timestamps(app, name)).hasSizeGreaterThanOrEqualTo(before.getOrDefault(name, 0) + more);
            }
        });
        assertThat(wrong).as("not up, or stale").isEmpty();
    }

    private void assertOrderAndNeitherGapsNorBursts(RunningApp app) throws Exception {
        for (String name : NAMES) {
            List<Long> times = timestamps(app, name);
            for (int i = 1; i < times.size(); i++) {
                assertThat(times.get(i) - times.get(i - 1)).as(name + times).isBetween(1L, MAX_GAP);
            }
            for (int i = IN_A_ROW - 1; i < times.size(); i++) {
                assertThat(times.get(i) - times.get(i - IN_A_ROW + 1))
                        .as("%d checks of %s: %s", IN_A_ROW, name, times)
                        .isGreaterThanOrEqualTo(MIN_IN_A_ROW);
            }
            // one per check: a check counted by the target may not be written yet
            eventually(() -> {
                int written = timestamps(app, name).size();
                assertThat(target.hits("/" + name) - written).as(name).isBetween(0, 3);
            });
        }
        assertThat(get(app, "/api/transitions?limit=1000").getJsonArray("transitions"))
                .hasSize(NAMES.size());
        assertThat(send(app, "GET", "/metrics", "")).contains("openuptimes_store_results_outdated_total 0.0");
    }

    private int hits() {
        return NAMES.stream().mapToInt(name -> target.hits("/" + name)).sum();
    }

    @Test
    void nothingIsLostNoChecksComeAtOnceAndTheHistoryStaysInOrder() throws Exception {
        SetClock wall = new SetClock(0);
        try (RunningApp app = start(wall)) {
            addServices(app);
            awaitMore(app, 2);
            long since = System.nanoTime();
            int before = hits();
            for (long step : new long[] {HOUR, -HOUR, -HOUR, HOUR}) {
                wall.step(step);
                awaitMore(app, 2);
            }
            int checks = hits() - before;
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since) + 1;
            assertThat(checks)
                    .as("no more than are due in %d s, nor much less", seconds)
                    .isBetween((int) (NAMES.size() * seconds / 4), (int) (NAMES.size() * (seconds + 2)));
            assertOrderAndNeitherGapsNorBursts(app);
            assertThat(send(app, "GET", "/readyz", "")).contains("ready");
        }
    }

    @Test
    void aServiceThatIsStartedAfterTheClockWasSetBackGoesOnFromWhatIsStored() throws Exception {
        try (RunningApp app = start(new SetClock(HOUR))) {
            addServices(app);
            awaitMore(app, 2);
        }
        try (RunningApp app = start(new SetClock(0))) {
            awaitMore(app, 2);
            assertThat(get(app, "/api/schedule").getLong("clockOffset")).isBetween(-HOUR, -HOUR / 2);
            assertOrderAndNeitherGapsNorBursts(app);
        }
    }
}
