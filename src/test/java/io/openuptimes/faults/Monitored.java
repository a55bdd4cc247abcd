package io.openuptimes.faults;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.CutProxy;
import io.openuptimes.testing.RestartableRedis;
import io.openuptimes.testing.RunningApp;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The whole service, a Redis that can fail, a proxy between them, and a target that counts its checks. */
final class Monitored implements AutoCloseable {

    static final String KEY = "a-key-for-tests-0123456789";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final RestartableRedis redis;
    final CutProxy line;
    final TargetServer target = TargetServer.start();
    final RunningApp app;

    /** @param settings additional environment variables */
    Monitored(Map<String, String> settings) throws Exception {
        this(settings, started());
    }

    private static RestartableRedis started() throws IOException {
        RestartableRedis redis =
                new RestartableRedis(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "redis"));
        redis.start();
        return redis;
    }

    /** Stops the service and starts another one on the same Redis. */
    Monitored restarted() throws Exception {
        app.close();
        return new Monitored(Map.of(), redis);
    }

    private Monitored(Map<String, String> settings, RestartableRedis redis) throws Exception {
        this.redis = redis;
        line = CutProxy.to(redis.port());
        Map<String, String> all = new HashMap<>(settings);
        all.put("OPENUPTIMES_REDIS_URL", redis.url(line.port()));
        all.put("OPENUPTIMES_API_KEY", KEY);
        all.put("OPENUPTIMES_RATE_LIMIT", "0");
        try {
            app = RunningApp.start(all);
        } catch (Exception | AssertionError e) {
            closeServers();
            throw e;
        }
        reachable();
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(2));
        if (headers.length == 0) {
            request.header("Authorization", "Bearer " + KEY);
        } else {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    JsonObject json(String path) throws Exception {
        HttpResponse<String> response = send("GET", path, null);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new JsonObject(response.body());
    }

    JsonObject done(String method, String path, String body) throws Exception {
        HttpResponse<String> response = send(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return new JsonObject(response.body());
    }

    /** Creates services s0, s1 …, each checked once per second. */
    void services(int count) throws Exception {
        JsonArray services = new JsonArray();
        for (int i = 0; i < count; i++) {
            services.add(new JsonObject()
                    .put("name", "s" + i)
                    .put("url", target.url("/s" + i))
                    .put("interval", 1)
                    .put("labels", new JsonObject().put("load", "yes")));
        }
        done("PUT", "/api/services/bulk", services.encode());
        eventually(() -> assertThat(checks(count)).allMatch(checks -> checks > 0));
    }

    List<Integer> checks(int count) {
        return IntStream.range(0, count).mapToObj(i -> target.hits("/s" + i)).toList();
    }

    /** Waits until every service has been checked this many more times. */
    void goOnChecking(int count, int times) throws Exception {
        List<Integer> before = checks(count);
        eventually(() -> {
            List<Integer> now = checks(count);
            for (int i = 0; i < count; i++) {
                assertThat(now.get(i)).isGreaterThanOrEqualTo(before.get(i) + times);
            }
        });
    }

    /** Whether the API reports the store as reachable. */
    boolean storeReachable() throws Exception {
        return json("/api/status?limit=1").getBoolean("storeReachable");
    }

    void reachable() throws Exception {
        eventually(() -> assertThat(send("GET", "/readyz", null).body()).contains("\"ready\""));
        eventually(() -> assertThat(storeReachable()).isTrue());
        eventually(() ->
                assertThat(json("/api/status").containsKey("storeReachable")).isFalse());
    }

    void unreachable() throws Exception {
        eventually(() -> assertThat(storeReachable()).isFalse());
        eventually(() ->
                assertThat(json("/api/status").getBoolean("storeReachable")).isFalse());
        assertThat(send("GET", "/readyz", null).statusCode()).isEqualTo(503);
        assertThat(json("/api/store").getBoolean("reachable")).isFalse();
        assertThat(metric("openuptimes_store_reachable")).isZero();
    }

    double metric(String name) throws Exception {
        return send("GET", "/metrics", null)
                .body()
                .lines()
                .filter(metric -> metric.startsWith(name + " ") || metric.startsWith(name + "{"))
                .mapToDouble(metric -> Double.parseDouble(metric.substring(metric.lastIndexOf(' '))))
                .sum();
    }

    /**
     * Each check seen by the target is in the history exactly once and in order, except those repeated because this
     * machine had stalled.
     */
    void everyCheckIsInHistoryOnce(int count) throws Exception {
        int[] missing = new int[count];
        Arrays.fill(missing, Integer.MAX_VALUE);
        eventually(() -> {
            for (int i = 0; i < count; i++) {
                if (missing[i] > 0) {
                    missing[i] = Math.min(missing[i], missing("s" + i));
                }
            }
            assertThat(IntStream.of(missing).asLongStream().sum())
                    .isLessThanOrEqualTo((long) metric("openuptimes_checks_repeated_total"));
        });
        assertThat(json("/api/store").getInteger("dropped")).isZero();
    }

    /** Number of a service's checks missing from its history; includes one still in progress. */
    private int missing(String name) throws Exception {
        int checks = target.hits("/" + name);
        List<Long> times = history(name);
        assertThat(times).isSorted().doesNotHaveDuplicates();
        return Math.max(0, checks - times.size());
    }

    /** The times of its checks, oldest first. */
    List<Long> history(String name) throws Exception {
        List<Long> newestFirst = json("/api/history/" + name).getJsonArray("history").stream()
                .map(entry -> ((JsonObject) entry).getLong("timestamp"))
                .toList();
        List<Long> oldestFirst = new ArrayList<>(newestFirst);
        Collections.reverse(oldestFirst);
        return oldestFirst;
    }

    @Override
    public void close() throws IOException {
        redis.goOn();
        try {
            app.close();
        } finally {
            closeServers();
        }
    }

    private void closeServers() throws IOException {
        line.close();
        redis.close();
        target.close();
    }
}
