package io.openuptimes.web;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.StatusChanged;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.All;
import io.openuptimes.config.Settings;
import io.openuptimes.config.SettingsReader;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.SetupToken;
import io.openuptimes.web.audit.AuditTrail;
import io.openuptimes.web.board.StatusBoard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Not a test: serves {@code GET /api/status} with many services for a load generator, and the same bytes from a bare
 * Vert.x server. Arguments: services, port, port of the bare server, results per second.
 */
final class StatusBenchmark {

    private StatusBenchmark() {}

    public static void main(String[] args) throws Exception {
        int services = Integer.parseInt(args[0]);
        int results = Integer.parseInt(args[3]);
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        Bus.install(vertx);
        Bus bus = Bus.of(vertx);
        List<Service> all = new ArrayList<>();
        List<ServiceStatus> statuses = new ArrayList<>();
        StatusBoard board = new StatusBoard();
        for (int i = 0; i < services; i++) {
            all.add(Samples.service("id" + i, "service-" + i));
            statuses.add(Samples.up("id" + i, 1_700_000_000_000L + i));
        }
        board.load(all, statuses);
        Settings settings = SettingsReader.read(
                new JsonObject(),
                Map.of(
                        "OPENUPTIMES_HTTP_PORT", args[1],
                        "OPENUPTIMES_HTTP_HOST", "127.0.0.1",
                        "OPENUPTIMES_RATE_LIMIT", "0"));
        Access access = new Access(vertx, settings.http(), settings.access(), SetupToken.create(), Clock.systemUTC());
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        AuditTrail audit = new AuditTrail(bus, access, Clock.systemUTC(), registry);
        bus.serve(StoreMessage.LOAD_ALL, q -> Future.succeededFuture(new All(all, statuses, Samples.event(0))))
                .compose(ok -> vertx.deployVerticle(new WebVerticle(
                        settings, registry, access, audit, null, Clock.systemUTC(), List.of(), port -> {})))
                .compose(ok -> vertx.createHttpServer()
                        .requestHandler(request -> request.response()
                                .putHeader("Content-Type", "application/json; charset=utf-8")
                                .end(board.answers().status(false).current().body()))
                        .listen(Integer.parseInt(args[2]), "127.0.0.1"))
                .onComplete(
                        up -> System.out.println("listening, "
                                + board.answers().status(false).current().length() + " bytes a status"),
                        Throwable::printStackTrace);
        if (results > 0) {
            int each = Math.max(1, results / 50);
            int[] next = {0};
            vertx.setPeriodic(20, timer -> {
                List<ServiceStatus> changed = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    changed.add(Samples.up("id" + next[0]++ % services, System.currentTimeMillis()));
                }
                bus.publish(EventMessage.STATUS_CHANGED, new StatusChanged(changed));
            });
        }
    }
}
