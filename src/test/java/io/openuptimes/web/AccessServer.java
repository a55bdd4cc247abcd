package io.openuptimes.web;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.bus.Bus;
import io.openuptimes.config.Settings;
import io.openuptimes.model.Scope;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.AccessParts;
import io.openuptimes.web.access.FakeStore;
import io.openuptimes.web.access.Passwords;
import io.openuptimes.web.access.SetupToken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A real server with the access routes, a and a body-echoing one; a store in memory; clocks that stand still. */
final class AccessServer {

    static final String COOKIE = "openuptimes_session";
    static final String CONFIGURED_KEY = "configured-admin-key";

    final AtomicLong millis = new AtomicLong(1_700_000_000_000L);
    final AtomicLong nanos = new AtomicLong();
    final SetupToken setupToken = SetupToken.create();
    final FakeStore store;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    AccessServer(int rateLimit) {
        store = FakeStore.on(vertx);
        Bus bus = Bus.of(vertx);
        Settings.Http http = new Settings.Http("127.0.0.1", 0, 1, rateLimit, List.of("127.0.0.1"));
        Access access = AccessParts.access(
                vertx, http, new Settings.Access(CONFIGURED_KEY), setupToken, millis::get, nanos::get);
        Passwords passwords = AccessParts.passwords(vertx);
        List<Endpoint> endpoints = new ArrayList<>();
        endpoints.addAll(new KeysHandler(bus, access).endpoints());
        endpoints.addAll(new AuthHandler(bus, access, passwords).endpoints());
        endpoints.addAll(new SetupHandler(bus, access, passwords).endpoints());
        endpoints.add(Endpoint.open(
                "who",
                HttpMethod.GET,
                "/who",
                c -> c.end(Access.caller(c).kind() + " " + Access.caller(c).id())));
        for (Scope scope : Scope.values()) {
            endpoints.add(Endpoint.guarded(
                    "echo",
                    HttpMethod.POST,
                    "/" + scope.word(),
                    scope,
                    c -> c.end(c.body().buffer())));
        }
        Router router =
                new Routes(access, new HttpMetrics(new SimpleMeterRegistry())).router(vertx, endpoints, Map.of());
        port = await(vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .map(HttpServer::actualPort));
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    void stop() {
        await(vertx.close());
    }

    void passes(Duration time) {
        millis.addAndGet(time.toMillis());
        nanos.addAndGet(time.toNanos());
    }

    /** A request as curl would make it. */
    Call call(String method, String path) {
        return new Call(client, HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)), method);
    }

    Call get(String path) {
        return call("GET", path);
    }

    /** A request that is being put together. */
    record Call(HttpClient client, HttpRequest.Builder request, String method, StringBuilder body) {

        Call(HttpClient client, HttpRequest.Builder request, String method) {
            this(client, request, method, new StringBuilder());
        }

        Call with(String header, String value) {
            request.header(header, value);
            return this;
        }

        Call key(String key) {
            return with("Authorization", "Bearer " + key);
        }

        Call cookie(String token) {
            return with("Cookie", "theme=dark; " + COOKIE + "=" + token);
        }

        Call from(String address) {
            return with("X-Forwarded-For", address);
        }

        Call body(String text) {
            body.append(text);
            return this;
        }

        Call json(String text) {
            return with("Content-Type", "application/json").body(text);
        }

        Answer send() {
            HttpRequest.BodyPublisher publisher = body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString());
            HttpRequest built = request.method(method, publisher).build();
            return client.sendAsync(built, HttpResponse.BodyHandlers.ofString())
                    .orTimeout(30, TimeUnit.SECONDS)
                    .thenApply(r -> new Answer(r))
                    .join();
        }

        int status() {
            return send().status();
        }
    }

    /** What came back. */
    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String text() {
            return response.body();
        }

        JsonObject json() {
            return new JsonObject(response.body());
        }

        String message() {
            return json().getString("message");
        }

        @Nullable
        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        /** The session's cookie as it was set. */
        String token() {
            String set = header("Set-Cookie");
            if (set == null || !set.startsWith(COOKIE + "=")) {
                throw new AssertionError("no cookie set: " + set);
            }
            return set.substring(COOKIE.length() + 1, set.indexOf(';'));
        }
    }
}
