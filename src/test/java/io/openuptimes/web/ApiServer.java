package io.openuptimes.web;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.openuptimes.App;
import io.openuptimes.bus.EventId;
import io.openuptimes.check.CheckVerticle;
import io.openuptimes.config.SettingsReader;
import io.openuptimes.testing.AbortedClasses;
import io.openuptimes.testing.Readiness;
import io.openuptimes.testing.RedisContainer;
import io.openuptimes.testing.RunningApp;
import io.openuptimes.web.access.Passwords;
import io.openuptimes.web.board.BoardPoint;
import io.openuptimes.web.http.Outflow;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The whole service on a free port with an empty Redis, shared by a test class: the embedded one, or a container if the
 * property {@code openuptimes.test.redis} is {@code container}. Also starts a target server that answers {@code /200},
 * {@code /500} and so on with that status. Every response returned by {@link #send} and related methods is validated
 * against the OpenAPI document.
 */
public final class ApiServer implements BeforeAllCallback, AfterAllCallback {

    static final String KEY = "a-key-for-tests-0123456789";

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "OPENUPTIMES_HTTP_PORT", "0",
            "OPENUPTIMES_HTTP_HOST", "127.0.0.1",
            "OPENUPTIMES_HTTP_INSTANCES", "1",
            "OPENUPTIMES_RATE_LIMIT", "0",
            "OPENUPTIMES_CHECK_INTERVAL", "86400",
            "OPENUPTIMES_CHECKS_RETRIES", "0", // a failure counts at once
            "OPENUPTIMES_API_KEY", KEY));
    private long pingPace = CheckVerticle.PING_PACE_MS;
    private final HttpClient client = HttpClient.newHttpClient();
    private Outflow.@Nullable Limits outflow;
    private @Nullable HttpServer target;
    private @Nullable Vertx vertx;
    private @Nullable App app;
    private @Nullable Path dataDir;
    private @Nullable RedisContainer redis;

    /** Overrides {@link CheckVerticle#PING_PACE_MS}, milliseconds. */
    ApiServer withPingPace(long millis) {
        pingPace = millis;
        return this;
    }

    /** Adds or overrides an environment variable. */
    ApiServer with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Overrides the limits for large responses. */
    ApiServer with(Outflow.Limits limits) {
        outflow = limits;
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        AbortedClasses.setUp(context, this::start);
    }

    private void start() throws Exception {
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/", exchange -> {
            exchange.sendResponseHeaders(
                    Integer.parseInt(exchange.getRequestURI().getPath().substring(1)), -1);
            exchange.close();
        });
        target.start();
        dataDir = Files.createTempDirectory("openuptimes");
        environment.put("OPENUPTIMES_DATA_DIR", dataDir.toString());
        if (System.getProperty("openuptimes.test.redis", "").equals("container")) {
            redis = RedisContainer.start();
            environment.put("OPENUPTIMES_REDIS_URL", redis.url());
        }
        vertx = App.vertx();
        Passwords.useIterations(vertx, RunningApp.FEW_ITERATIONS);
        if (outflow != null) {
            Outflow.install(vertx, outflow);
        }
        app = await(App.start(vertx, SettingsReader.read(new JsonObject(), environment), Clock.systemUTC(), pingPace));
        Readiness.await(app.port());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (app != null) {
            await(app.stop());
        }
        if (vertx != null) {
            await(vertx.close());
        }
        if (redis != null) {
            redis.close();
        }
        if (target != null) {
            target.stop(0);
        }
        if (dataDir != null) {
            try (Stream<Path> files = Files.walk(dataDir)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    int port() {
        return app().port();
    }

    private App app() {
        if (app == null) {
            throw new IllegalStateException("not started");
        }
        return app;
    }

    /** The URL at which the target server answers with this status. */
    String url(int status) {
        if (target == null) {
            throw new IllegalStateException("not started");
        }
        return "http://127.0.0.1:" + target.getAddress().getPort() + "/" + status;
    }

    /** The response. */
    record Answer(int status, Map<String, String> headers, String text) {

        JsonObject json() {
            return new JsonObject(text);
        }

        String message() {
            return json().getString("message");
        }

        @Nullable
        String header(String name) {
            return headers.get(name.toLowerCase(java.util.Locale.ROOT));
        }
    }

    /** GET without a key. */
    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** With the admin key; a body is sent as JSON. */
    Answer call(String method, String path, @Nullable String body) {
        return body == null
                ? send(method, path, null, "Authorization", "Bearer " + KEY)
                : send(method, path, body, "Authorization", "Bearer " + KEY, "Content-Type", "application/json");
    }

    Answer call(String method, String path, JsonObject body) {
        return call(method, path, body.encode());
    }

    /** GET with the admin key. */
    Answer getWithKey(String path) {
        return call("GET", path, (String) null);
    }

    Answer send(String method, String path, @Nullable String body, String... headers) {
        return exchange(method, path, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body), headers);
    }

    /** With a binary body. */
    Answer sendBytes(String method, String path, byte[] body, String... headers) {
        return exchange(method, path, BodyPublishers.ofByteArray(body), headers);
    }

    private Answer exchange(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = client.sendAsync(request.build(), BodyHandlers.ofString())
                .orTimeout(120, TimeUnit.SECONDS)
                .join();
        Map<String, String> received = new HashMap<>();
        response.headers().map().forEach((name, values) -> received.put(name, String.join(", ", values)));
        Answer answer = new Answer(response.statusCode(), received, response.body());
        String mount = environment.getOrDefault("OPENUPTIMES_HTTP_BASE_PATH", "");
        if (path.startsWith(mount)) {
            DocumentedAnswers.shared().check(method, path.substring(mount.length()), answer);
        }
        return answer;
    }

    /** Creates a service with only the required fields. */
    void create(String name, String url) {
        create(new JsonObject().put("name", name).put("url", url));
    }

    JsonObject create(JsonObject fields) {
        Answer created = call("POST", "/api/services", fields);
        if (created.status() != 201) {
            throw new AssertionError(created);
        }
        return created.json().getJsonObject("service");
    }

    /** Deletes every service. */
    void deleteAll() {
        getWithKey("/api/services").json().getJsonArray("services").forEach(service -> {
            String name = ((JsonObject) service).getString("name");
            Answer deleted = call("DELETE", "/api/services?name=" + encoded(name), (String) null);
            if (deleted.status() != 200) {
                throw new AssertionError(deleted);
            }
        });
    }

    /**
     * Waits until a service has changed to the status and responses include that transition; the two arrive separately.
     */
    void settled(String name, String status) throws Exception {
        eventually(() -> {
            JsonObject last = getWithKey("/api/transitions?limit=1&service=" + encoded(name))
                    .json()
                    .getJsonArray("transitions")
                    .getJsonObject(0);
            assertThat(last.getString("to")).isEqualTo(status);
            String upTo = getWithKey("/api/status?limit=1").json().getString("event");
            assertThat(eventOf(last.getString("id")).isAfter(eventOf(upTo))).isFalse();
        });
    }

    /** Waits until all services that are not paused have been checked and responses include the events of that. */
    void confirmed() throws Exception {
        eventually(() -> assertThat(getWithKey("/api/status").json().getJsonArray("services"))
                .extracting(JsonObject.class::cast)
                .allMatch(entry -> entry.getBoolean("paused", false) || entry.getLong("lastChecked") != null)
                .noneMatch(entry -> entry.containsKey("provisional")));
    }

    private static EventId eventOf(String point) {
        return Objects.requireNonNull(BoardPoint.parseEvent(point));
    }

    /** Encoded for both path and query. */
    static String encoded(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            out.append('%').append(java.util.HexFormat.of().withUpperCase().toHexDigits(b));
        }
        return out.toString();
    }
}
