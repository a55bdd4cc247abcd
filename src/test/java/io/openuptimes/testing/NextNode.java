package io.openuptimes.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A node with the classes of a {@link NextVersion}. */
public record NextNode(AutoCloseable app, int port) implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /**
     * Starts a node of a group.
     *
     * @param classes see {@link NextVersion#loader}
     */
    public static NextNode start(ClassLoader classes, NodeGroup group) throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("OPENUPTIMES_NODE_NAME", "next");
        environment.put("OPENUPTIMES_REDIS_URL", group.redis().url());
        environment.put("OPENUPTIMES_API_KEY", NodeGroup.KEY);
        environment.put("OPENUPTIMES_RATE_LIMIT", "0");
        Class<?> type = classes.loadClass(RunningApp.class.getName());
        Object app = type.getMethod("start", Map.class).invoke(null, environment);
        return new NextNode((AutoCloseable) app, (int) type.getMethod("port").invoke(app));
    }

    /** Sends a request that must succeed. */
    public JsonObject call(String method, String path, String json) throws Exception {
        HttpResponse<String> answer = send(method, path, json);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return new JsonObject(answer.body());
    }

    public HttpResponse<String> send(String method, String path, String json) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.ofString(json))
                .header("Authorization", "Bearer " + NodeGroup.KEY)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(1))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    @Override
    public void close() throws Exception {
        app.close();
    }
}
