package io.openuptimes.web;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage.GetScheduleReport;
import io.openuptimes.bus.CheckMessage.Lag;
import io.openuptimes.bus.CheckMessage.ScheduleReport;
import io.openuptimes.bus.CheckMessage.ScheduleState;
import io.openuptimes.bus.StoreMessage.GetStoreState;
import io.openuptimes.bus.StoreMessage.StoreState;
import io.openuptimes.model.Scope;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /api/schedule} and {@code /api/store}: how well checks and store keep up. */
final class OperationsHandler {

    private static final long TIMEOUT_MILLIS = 5_000;

    private final Bus bus;

    OperationsHandler(Bus bus) {
        this.bus = bus;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.guarded("getSchedule", HttpMethod.GET, "/api/schedule", Scope.READ, this::schedule),
                Endpoint.guarded("getStore", HttpMethod.GET, "/api/store", Scope.READ, this::store));
    }

    private void schedule(RoutingContext context) {
        bus.request(Addresses.SCHEDULE_REPORT, new GetScheduleReport(), TIMEOUT_MILLIS)
                .onSuccess(report -> Answers.json(context, schedule(report)))
                .onFailure(context::fail);
    }

    private void store(RoutingContext context) {
        bus.request(Addresses.STORE_STATE, new GetStoreState(), TIMEOUT_MILLIS)
                .onSuccess(state -> Answers.json(context, store(state)))
                .onFailure(context::fail);
    }

    static JsonObject schedule(ScheduleReport report) {
        ScheduleState state = report.state();
        return new JsonObject()
                .put("loaded", state.loaded())
                .put("services", state.services())
                .put("paused", report.paused())
                .put("running", state.inFlight())
                .put("waiting", state.waiting())
                .put("lastTick", state.lastTick())
                .put("checksPerSecond", hundredths(report.checksPerSecond()))
                .put("lag", lag(report.lag()))
                .put("missed", report.missed());
    }

    private static @Nullable JsonObject lag(@Nullable Lag lag) {
        return lag == null
                ? null
                : new JsonObject().put("p50", lag.p50()).put("p95", lag.p95()).put("p99", lag.p99());
    }

    static JsonObject store(StoreState state) {
        Long latency = state.latency();
        return new JsonObject()
                .put("reachable", latency != null)
                .put("latency", latency == null ? null : (Object) hundredths(latency / 1e6))
                .put("queued", state.queued())
                .put("dropped", state.dropped());
    }

    private static double hundredths(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
