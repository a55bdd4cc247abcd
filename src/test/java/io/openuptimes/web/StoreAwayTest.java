package io.openuptimes.web;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage;
import io.openuptimes.bus.CheckMessage.ScheduleState;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.Reload;
import io.openuptimes.bus.EventMessage.ServiceRemoved;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.bus.EventMessage.StatusChanged;
import io.openuptimes.bus.EventMessage.StoreReachable;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.All;
import io.openuptimes.bus.StoreMessage.Pong;
import io.openuptimes.config.Settings;
import io.openuptimes.config.SettingsReader;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.SetupToken;
import io.openuptimes.web.audit.AuditTrail;
import io.openuptimes.web.board.BoardFeed;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Errors;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The web verticle with a store that is unreachable, late, or changes while being read. */
class StoreAwayTest {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Queue<Promise<All>> loads = new ConcurrentLinkedQueue<>();
    private final AtomicInteger port = new AtomicInteger();
    private volatile boolean away = true;
    private Bus bus;

    @BeforeEach
    void start() throws Exception {
        Bus.install(vertx);
        bus = Bus.of(vertx);
        await(bus.serve(StoreMessage.LOAD_ALL, load -> away ? refused() : later()));
        await(bus.serve(StoreMessage.PING, ping -> away ? refused() : Future.succeededFuture(new Pong("PONG"))));
        await(bus.serve(
                CheckMessage.SCHEDULE_STATE,
                get -> Future.succeededFuture(new ScheduleState(true, 0, 0, 0, System.currentTimeMillis()))));
        Settings settings = SettingsReader.read(
                new JsonObject(),
                Map.of(
                        "OPENUPTIMES_HTTP_PORT",
                        "0",
                        "OPENUPTIMES_HTTP_HOST",
                        "127.0.0.1",
                        "OPENUPTIMES_API_KEY",
                        "key"));
        Access access = new Access(vertx, settings.http(), settings.access(), SetupToken.create(), Clock.systemUTC());
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        await(vertx.deployVerticle(new WebVerticle(
                settings,
                registry,
                access,
                new AuditTrail(bus, access, Clock.systemUTC(), registry),
                null,
                Clock.systemUTC(),
                List.of(),
                port::set)));
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private static <T> Future<T> refused() {
        return Future.failedFuture(new Refused(Failures.STORE_UNREACHABLE, Errors.STORE_UNREACHABLE));
    }

    private Future<All> later() {
        Promise<All> load = Promise.promise();
        loads.add(load);
        return load.future();
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer key")
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Makes the store reachable; returns the promise of its response to the load that follows. */
    private Promise<All> reachable() throws Exception {
        away = false;
        bus.publish(EventMessage.STORE_REACHABLE, new StoreReachable(true));
        bus.publish(EventMessage.RELOAD, new Reload());
        eventually(() -> assertThat(loads).isNotEmpty());
        return loads.remove();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/status",
                "/api/services",
                "/api/history/a",
                "/api/ping",
                "/api/ping?service=a",
                "/api/test-redis"
            })
    void untilItWasReadOnceThereIsNoAnswer(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(answer.body()).getMap())
                .containsEntry("error", true)
                .containsEntry("message", "The store cannot be reached")
                .containsEntry("status", 503);
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer key")
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST  | /api/services             | {"name": "a", "url": "http://a/", "interval": 0}        | interval | out_of_range
            POST  | /api/services             | {"name": "a"}                                           | url      | required
            POST  | /api/services             | {"name": "a", "url": "http://a/", "x": 1}               | x        | unknown_field
            POST  | /api/services             | {"name": "a", "url": "http://a/", "quorum": 1}          | quorum   | conflicts
            POST  | /api/services             | {"name": "a", "url": "http://a/", "type": "tcp"}        | type     | conflicts
            PUT   | /api/services?name=a      | {"name": "a", "url": "ftp://a/"}                        | url      | invalid_format
            PUT   | /api/services/1           | {"name": "a", "url": "http://a/", "method": "TRACE"}    | method   | not_allowed
            PATCH | /api/services?name=a      | {"timeout": 1}                                          | timeout  | out_of_range
            PATCH | /api/services/by-name/a   | {"name": null}                                          | name     | required
            PATCH | /api/services?label=a=b   | {"visible": 1}                                          | visible  | wrong_type
            PATCH | /api/services/bulk?group= | {"locations": ["A"]}                                    | locations | invalid_format
            PUT   | /api/services/bulk        | {"services": [{"name": "a", "url": "http://a/", "interval": 0}]} | interval | out_of_range
            """)
    void anInvalidBodyIsRefusedBeforeTheStoreIsRead(String method, String path, String body, String field, String code)
            throws Exception {
        HttpResponse<String> answer = send(method, path, body);

        assertThat(answer.statusCode()).as(answer::body).isEqualTo(400);
        JsonObject error = new JsonObject(answer.body());
        if (error.containsKey("problems")) {
            error = error.getJsonArray("problems").getJsonObject(0);
        }
        assertThat(error.getMap()).containsEntry("field", field).containsEntry("code", code);
        if (code.equals("out_of_range")) {
            assertThat(error.fieldNames()).contains("min", "max");
        }
    }

    @Test
    void itIsAliveButNotReady() throws Exception {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        HttpResponse<String> ready = get("/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(ready.body()).getJsonArray("missing"))
                .containsExactly("the store cannot be reached", "the services are not loaded yet");
        assertThat(new JsonObject(get("/api/test-redis").body()).getMap())
                .containsEntry("connected", false)
                .containsEntry("ping", null);
    }

    @Test
    void itRecoversByItself() throws Exception {
        reachable()
                .complete(
                        new All(List.of(Samples.service("a", "a")), List.of(Samples.up("a", 5_000)), Samples.event(0)));

        eventually(() -> assertThat(get("/api/status").body()).contains("\"lastChecked\":5000"));
        eventually(() -> assertThat(get("/readyz").statusCode()).isEqualTo(200));
    }

    @Test
    void itAnswersFromMemoryWhenTheStoreGoesAwayLater() throws Exception {
        reachable().complete(new All(List.of(Samples.service("a", "a")), List.of(), Samples.event(0)));
        eventually(() -> assertThat(get("/api/status").statusCode()).isEqualTo(200));

        away = true;
        bus.publish(EventMessage.STORE_REACHABLE, new StoreReachable(false));

        assertThat(get("/api/services").body()).contains("\"name\":\"a\"");
        assertThat(get("/api/status").body()).contains("\"name\":\"a\"");
    }

    @Test
    void whatChangesWhileItIsReadIsNotLost() throws Exception {
        Promise<All> load = reachable();
        bus.publish(
                EventMessage.SERVICE_SAVED,
                new ServiceSaved(Samples.service("new", "new"), null, Samples.up("new", 7_000)));
        bus.publish(EventMessage.STATUS_CHANGED, new StatusChanged(List.of(Samples.down("old", 9_000))));
        bus.publish(EventMessage.SERVICE_REMOVED, new ServiceRemoved("gone"));

        load.complete(new All(
                List.of(Samples.service("old", "old"), Samples.service("gone", "gone")),
                List.of(Samples.up("old", 5_000)),
                Samples.event(0)));

        eventually(() -> assertThat(get("/api/status").body())
                .contains("\"name\":\"new\"", "\"lastChecked\":7000", "\"lastChecked\":9000")
                .doesNotContain("gone"));
    }

    /** The board is confined to one event loop: a server on another would read it during writes. */
    @Test
    void whoHasWaitedLongEnoughGoesOnOnItsOwnEventLoop() {
        Context own = vertx.getOrCreateContext();
        StatusBoard board = new StatusBoard();
        Promise<Context> goneOn = Promise.promise();

        own.runOnContext(then -> new BoardFeed(vertx, bus, board, Samples.streams(vertx, board))
                .start()
                .onComplete(fed -> goneOn.complete(Vertx.currentContext())));

        assertThat(await(goneOn.future())).isSameAs(own);
        assertThat(board.isLoaded()).isFalse();
    }
}
