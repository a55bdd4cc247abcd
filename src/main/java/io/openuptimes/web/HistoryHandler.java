package io.openuptimes.web;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.StoreMessage.History;
import io.openuptimes.bus.StoreMessage.ReadHistory;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Service;
import io.openuptimes.model.Uptime;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code GET /api/history/{serviceName}}: the checks of one service, newest first, in pages. */
final class HistoryHandler {

    static final String PATH = "/api/history/";

    private static final long LATEST = 253_402_300_799_999L; // the year 9999
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int MAX_LIMIT = 10_000;

    private final Bus bus;
    private final SeenServices seen;

    HistoryHandler(Bus bus, StatusBoard board) {
        this.bus = bus;
        this.seen = new SeenServices(board);
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.open("getHistory", HttpMethod.GET, PATH + "{serviceName}", this::history));
    }

    private void history(RoutingContext context) {
        Service service = service(context);
        Query query = Query.of(context);
        long from = query.whole("from", 0, 0, LATEST);
        long to = query.whole("to", LATEST, 0, LATEST);
        int limit = (int) query.whole("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        String cursor = query.text("cursor");
        if (from > to) {
            throw Errors.invalid("from", "must not be later than to");
        }
        long latest = cursor == null ? to : Math.min(to, HistoryCursor.parse(cursor) - 1);
        bus.request(Addresses.READ_HISTORY, new ReadHistory(service.id(), from, latest, limit))
                .onSuccess(history -> Answers.json(context, answer(service.name(), history)))
                .onFailure(context::fail);
    }

    private Service service(RoutingContext context) {
        String name = PercentCoding.decode(context.request().path().substring(PATH.length()), false)
                .orElseThrow(() -> Errors.invalid("serviceName", "is not valid percent-encoded UTF-8"));
        return seen.named(context, name);
    }

    static JsonObject answer(String name, History history) {
        JsonArray entries = new JsonArray();
        history.entries().forEach(entry -> entries.add(entry(entry)));
        String cursor = history.more() && !history.entries().isEmpty()
                ? HistoryCursor.before(
                        history.entries().get(history.entries().size() - 1).timestamp())
                : null;
        return new JsonObject()
                .put("name", name)
                .put("history", entries)
                .put("cursor", cursor)
                .put("uptime", uptime(history.uptime()));
    }

    private static JsonObject entry(HistoryEntry entry) {
        JsonObject json = new JsonObject()
                .put("timestamp", entry.timestamp())
                .put("status", entry.outcome().status().word())
                .put("responseTime", entry.responseTime())
                .put("statusCode", entry.statusCode() == 0 ? null : entry.statusCode());
        if (entry.outcome().isFailure()) {
            json.put("error", error(entry.outcome().word(), entry.error()));
        }
        return json;
    }

    static JsonObject error(String failureClass, String text) {
        return new JsonObject().put("class", failureClass).put("text", text);
    }

    static JsonObject uptime(Uptime uptime) {
        return new JsonObject()
                .put("day", uptime.day())
                .put("week", uptime.week())
                .put("month", uptime.month());
    }
}
