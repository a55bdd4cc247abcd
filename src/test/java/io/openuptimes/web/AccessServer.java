package io.openuptimes.web;

import static io.openuptimes.testing.Await.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.bus.Bus;
import io.openuptimes.config.Settings;
import io.openuptimes.model.Scope;
import io.openuptimes.testing.Curl;
import io.openuptimes.testing.Curl.Call;
import io.openuptimes.testing.ManualClock;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.AccessParts;
import io.openuptimes.web.access.FakeStore;
import io.openuptimes.web.access.Passwords;
import io.openuptimes.web.access.SetupToken;
import io.openuptimes.web.audit.AuditTrail;
import io.openuptimes.web.http.CommonHeaders;
import io.openuptimes.web.http.Cors;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.HttpMetrics;
import io.openuptimes.web.intake.Intake;
import io.openuptimes.web.intake.IntakeLimits;
import io.openuptimes.web.intake.IntakeMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A real server with the access routes, a route that names the caller, echo routes, a probe and a page; an in-memory
 * store; stopped clocks.
 */
final class AccessServer {

    static final String CONFIGURED_KEY = "configured-admin-key";

    final ManualClock clock = new ManualClock(1_700_000_000_000L);
    final AtomicLong nanos = new AtomicLong();
    final SetupToken setupToken = SetupToken.create();
    final FakeStore store;
    private final Vertx vertx = Vertx.vertx();
    private final Curl curl;

    AccessServer(int rateLimit) {
        store = FakeStore.on(vertx);
        Bus bus = Bus.of(vertx);
        Settings.Http http = new Settings.Http(
                "127.0.0.1",
                0,
                1,
                rateLimit,
                100,
                new Settings.Proxies(List.of("127.0.0.1"), Settings.ForwardingHeaders.X_FORWARDED, List.of()),
                "",
                List.of(),
                null);
        Access access = AccessParts.access(
                vertx, http, new Settings.Access(CONFIGURED_KEY), setupToken, clock::millis, nanos::get);
        Passwords passwords = AccessParts.passwords(vertx);
        List<Endpoint> endpoints = new ArrayList<>();
        endpoints.addAll(new KeysHandler(bus, access, clock).endpoints());
        endpoints.addAll(new AuthHandler(bus, access, passwords).endpoints());
        SiteCache site = new SiteCache(bus, System::nanoTime);
        endpoints.addAll(new SetupHandler(bus, access, passwords, site, clock).endpoints());
        endpoints.addAll(new SiteHandler(bus, site).endpoints());
        endpoints.addAll(new SecretsHandler(bus).endpoints());
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
        endpoints.add(Endpoint.unguarded("probe", HttpMethod.GET, "/probe", c -> c.end("alive")));
        curl = new Curl(await(await(vertx.getOrCreateContext(), () -> listen(access, endpoints))));
    }

    /** Runs on the event loop that handles its requests. */
    private Future<Integer> listen(Access access, List<Endpoint> endpoints) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        AuditTrail audit = new AuditTrail(Bus.of(vertx), access, Clock.systemUTC(), registry);
        Intake intake = new Intake(vertx, IntakeLimits.DEFAULT, new IntakeMetrics(registry));
        Cors cors = new Cors(new CommonHeaders(clock), List.of());
        Router router = new Routes(access, audit, new HttpMetrics(registry), intake, cors)
                .router(vertx, "", endpoints, Map.of("/page", c -> c.end("page")), Errors::nothing);
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .map(HttpServer::actualPort);
    }

    void stop() {
        await(vertx.close());
    }

    void passes(Duration time) {
        clock.advance(time.toMillis());
        nanos.addAndGet(time.toNanos());
    }

    Call call(String method, String path) {
        return curl.call(method, path);
    }

    Call get(String path) {
        return call("GET", path);
    }
}
