package io.openuptimes.web;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.All;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.config.SettingsReader;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.SetupToken;
import io.openuptimes.web.audit.AuditTrail;
import io.openuptimes.web.http.Outflow;
import io.openuptimes.web.tls.ServerTls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A web verticle with very many freshly checked services, and a store that contains only them. */
public final class LargeBoard implements AutoCloseable {

    public static final String KEY = "a-key-for-tests-0123456789";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicInteger port = new AtomicInteger();
    private final CompletableFuture<Context> loop = new CompletableFuture<>();

    /** A tenth of the services are in each group, one in a thousand is down. */
    public LargeBoard(int services) {
        this(services, Clock.systemUTC(), null, "service-");
    }

    /** @param clock determines the time of their checks and when they become stale */
    LargeBoard(int services, Clock clock) {
        this(services, clock, null, "service-");
    }

    /**
     * @param limits for large responses; null for the defaults
     * @param prefix of the services' names
     */
    LargeBoard(int services, Clock clock, Outflow.@Nullable Limits limits, String prefix) {
        this(services, clock, limits, prefix, null);
    }

    /**
     * @param certificate for TLS; null for plain HTTP
     */
    LargeBoard(
            int services,
            Clock clock,
            Outflow.@Nullable Limits limits,
            String prefix,
            Settings.@Nullable Tls certificate) {
        if (limits != null) {
            Outflow.install(vertx, limits);
        }
        List<Service> all = new ArrayList<>(services);
        List<ServiceStatus> statuses = new ArrayList<>(services);
        long now = clock.millis();
        for (int i = 0; i < services; i++) {
            String id = "id" + i;
            all.add(Samples.named(service(id, "service-" + i, i), prefix + i));
            statuses.add(i % 1_000 == 0 ? Samples.down(id, now) : Samples.up(id, now + i % 1_000));
        }
        Settings settings = settings();
        Bus.install(vertx);
        Access access = new Access(vertx, settings.http(), settings.access(), SetupToken.create(), Clock.systemUTC());
        All load = new All(all, statuses, Samples.event(0));
        await(bus().serve(StoreMessage.LOAD_ALL, ask -> Future.succeededFuture(load)));
        AuditTrail audit = new AuditTrail(bus(), access, clock, registry);
        ServerTls tls = certificate == null ? null : tls(certificate);
        await(vertx.deployVerticle(
                new WebVerticle(settings, registry, access, audit, tls, clock, List.of(), listening -> {
                    port.set(listening);
                    loop.complete(Vertx.currentContext());
                })));
        awaitBoard(tls != null);
    }

    /** A busy machine may load the board after the start has ended; until then all of it is a 503. */
    private void awaitBoard(boolean secure) {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setSsl(secure).setTrustAll(true).setVerifyHost(false));
        try {
            eventually(() -> assertThat(await(client.request(HttpMethod.GET, port(), "127.0.0.1", "/api/status?limit=1")
                            .compose(HttpClientRequest::send)
                            .map(HttpClientResponse::statusCode)))
                    .isEqualTo(200));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            await(client.close());
        }
    }

    private ServerTls tls(Settings.Tls certificate) {
        try {
            return ServerTls.open(vertx, certificate);
        } catch (InvalidSettingsException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Settings settings() {
        try {
            return SettingsReader.read(
                    new JsonObject(),
                    Map.of(
                            "OPENUPTIMES_HTTP_PORT", "0",
                            "OPENUPTIMES_HTTP_HOST", "127.0.0.1",
                            "OPENUPTIMES_RATE_LIMIT", "0",
                            "OPENUPTIMES_CHECK_INTERVAL", "3600", // nothing becomes stale during a test
                            "OPENUPTIMES_API_KEY", KEY));
        } catch (InvalidSettingsException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Service service(String id, String name, int number) {
        return Samples.with(Samples.service(id, name), Map.of("group", "group " + number % 100));
    }

    public Bus bus() {
        return Bus.of(vertx);
    }

    public Vertx vertx() {
        return vertx;
    }

    /** The board's event loop. */
    public Context loop() {
        return loop.join();
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    public int port() {
        return port.get();
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
