package io.openuptimes.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Complete nodes sharing one Redis, and calls to them. */
public final class NodeGroup implements AutoCloseable {

    /** An admin key. */
    public static final String KEY = "a-key-for-tests-0123456789";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final RestartableRedis redis;
    private final List<RunningApp> running = new ArrayList<>();

    /**
     * @param dir of the Redis
     */
    public NodeGroup(Path dir) throws Exception {
        redis = new RestartableRedis(dir);
        redis.start();
    }

    /**
     * @param environment environment variables in addition to the common ones
     */
    public RunningApp start(Map<String, String> environment) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(
                "OPENUPTIMES_REDIS_URL", redis.url(), "OPENUPTIMES_API_KEY", KEY, "OPENUPTIMES_RATE_LIMIT", "0"));
        all.putAll(environment);
        RunningApp app = RunningApp.start(all);
        running.add(app);
        return app;
    }

    public RestartableRedis redis() {
        return redis;
    }

    public void stop(RunningApp app) throws IOException {
        app.close();
        running.remove(app);
    }

    public static HttpResponse<String> send(RunningApp app, String method, String path, String json, String key)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
                .method(method, BodyPublishers.ofString(json))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(1))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    public static HttpResponse<String> send(RunningApp app, String method, String path, String json)
            throws IOException, InterruptedException {
        return send(app, method, path, json, KEY);
    }

    /** The response to a call that must succeed. */
    public static JsonObject call(RunningApp app, String method, String path, String json)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = send(app, method, path, json);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return new JsonObject(answer.body());
    }

    /** Stops the running nodes, newest first, then Redis. */
    @Override
    public void close() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
        redis.close();
    }
}
