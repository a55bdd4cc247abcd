package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.ReadResponseTimes;
import io.openuptimes.bus.StoreMessage.ResponseTimeSeries;
import io.openuptimes.model.ResponseTimes;
import io.openuptimes.model.ResponseTimes.Spread;
import io.openuptimes.model.Service;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Outflow;
import io.openuptimes.web.http.Query;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code GET /api/response-times}: one service's history, aggregated into time steps. */
final class ResponseTimesHandler {

    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final int MAX_DAYS = 400;
    private static final int DEFAULT_POINTS = 200;
    private static final int MIN_POINTS = 10;
    private static final int MAX_POINTS = 1_000;

    /** Bytes per point while an answer is built. */
    private static final long POINT = 1_000;

    private final Bus bus;
    private final SeenServices seen;
    private final Access access;
    private final Clock clock;

    /**
     * @param access limits a caller's concurrent requests
     * @param clock wall clock
     */
    ResponseTimesHandler(Bus bus, StatusBoard board, Access access, Clock clock) {
        this.bus = bus;
        this.access = access;
        this.seen = new SeenServices(board);
        this.clock = clock;
    }

    static List<Endpoint> of(WebContext web) {
        return new ResponseTimesHandler(web.bus(), web.board(), web.access(), web.clock()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.open("getResponseTimes", HttpMethod.GET, "/api/response-times", this::responseTimes)
                .taking("service", "location", "from", "to", "points"));
    }

    private void responseTimes(RoutingContext context) {
        Query query = Query.of(context);
        String name = query.required("service");
        long to = query.whole("to", clock.millis(), 0, HistoryHandler.LATEST);
        long from = query.whole("from", Math.max(0, to - DAY_MS), 0, HistoryHandler.LATEST);
        int points = (int) query.cut("points", DEFAULT_POINTS, MIN_POINTS, MAX_POINTS);
        if (from > to) {
            throw Errors.invalid("from", "must not be later than to");
        }
        if (to - from > MAX_DAYS * DAY_MS) {
            throw Errors.invalid("from", "must be at most " + MAX_DAYS + " days before to");
        }
        Service service = seen.named(context, name);
        ReadResponseTimes wanted = new ReadResponseTimes(SeenServices.idOf(service, query), from, to, points);
        Runnable giveBack = access.allowances().takeLongRead(context);
        Outflow.of(context.vertx())
                .reserved(context, points * POINT, () -> bus.request(StoreMessage.READ_RESPONSE_TIMES, wanted))
                .onComplete(read -> giveBack.run())
                .onSuccess(series ->
                        Answers.tagged(context, answer(service.name(), series).toBuffer()))
                .onFailure(context::fail);
    }

    private static JsonObject answer(String name, ResponseTimeSeries series) {
        JsonArray points = new JsonArray();
        series.points().forEach(point -> points.add(point(point)));
        return new JsonObject()
                .put("name", name)
                .put("from", series.from())
                .put("to", series.to())
                .put("step", series.step())
                .put("points", points);
    }

    private static JsonObject point(ResponseTimes point) {
        Spread spread = point.spread();
        return new JsonObject()
                .put("timestamp", point.timestamp())
                .put("checks", point.checks())
                .put("up", point.up())
                .put("min", spread == null ? null : spread.min())
                .put("p50", spread == null ? null : spread.p50())
                .put("p95", spread == null ? null : spread.p95())
                .put("max", spread == null ? null : spread.max());
    }
}
