package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage;
import io.openuptimes.bus.CheckMessage.GetScheduleReport;
import io.openuptimes.bus.CheckMessage.Lag;
import io.openuptimes.bus.CheckMessage.ScheduleReport;
import io.openuptimes.bus.CheckMessage.ScheduleState;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.GetStoreState;
import io.openuptimes.bus.StoreMessage.StoreState;
import io.openuptimes.model.Scope;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.Endpoint;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /api/schedule} and {@code /api/store}: how well checks and the store keep up. */
final class OperationsHandler {

    private static final long TIMEOUT_MILLIS = 5_000;

    private final Bus bus;
    private final Clock clock;

    OperationsHandler(Bus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    static List<Endpoint> of(WebContext web) {
        return new OperationsHandler(web.bus(), web.clock()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.guarded("getSchedule", HttpMethod.GET, "/api/schedule", Scope.READ, this::schedule),
                Endpoint.guarded("getStore", HttpMethod.GET, "/api/store", Scope.READ, this::store));
    }

    private void schedule(RoutingContext context) {
        bus.request(CheckMessage.SCHEDULE_REPORT, new GetScheduleReport(), TIMEOUT_MILLIS)
                .onSuccess(report -> Answers.json(context, schedule(report, clock.millis())))
                .onFailure(context::fail);
    }

    private void store(RoutingContext context) {
        bus.request(StoreMessage.STORE_STATE, new GetStoreState(), TIMEOUT_MILLIS)
                .onSuccess(state -> Answers.json(context, store(state)))
                .onFailure(context::fail);
    }

    /** @param now epoch milliseconds */
    static JsonObject schedule(ScheduleReport report, long now) {
        ScheduleState state = report.state();
        return new JsonObject()
                .put("loaded", state.loaded())
                .put("keepingUp", report.keepingUp())
                .put("services", state.services())
                .put("paused", report.paused())
                .put("due", report.held())
                .put("running", state.inFlight())
                .put("maxInFlight", report.maxInFlight())
                .put("waiting", state.waiting())
                .put("overdue", report.overdue())
                .put("oldestOverdueMs", report.oldestOverdue())
                .put("lastTick", state.lastTick())
                .put("sinceLastTickMs", Math.max(0, now - state.lastTick()))
                .put("clockOffset", report.clockOffset())
                .put("checksPerSecond", hundredths(report.checksPerSecond()))
                .put("lag", lag(report.lag()))
                .put("wait", lag(report.waits()))
                .put(
                        "missed",
                        report.missed().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                .put("missedBy", new JsonObject(new LinkedHashMap<>(report.missed())))
                .put("repeated", report.repeated());
    }

    private static @Nullable JsonObject lag(@Nullable Lag lag) {
        return lag == null
                ? null
                : new JsonObject()
                        .put("p50", lag.p50())
                        .put("p95", lag.p95())
                        .put("p99", lag.p99())
                        .put("max", lag.max());
    }

    static JsonObject store(StoreState state) {
        Long latency = state.latency();
        return new JsonObject()
                .put("reachable", latency != null && state.problem() == null)
                .put("latency", latency == null ? null : (Object) hundredths(latency / 1e6))
                .put("queued", state.queued())
                .put("dropped", state.dropped())
                .put("problem", state.problem());
    }

    private static double hundredths(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
