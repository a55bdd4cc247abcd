package io.openuptimes.web;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.StoreMessage.History;
import io.openuptimes.bus.StoreMessage.ReadHistory;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Service;
import io.openuptimes.model.Uptime;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code GET /api/history/{serviceName}} and {@code GET /api/history?service=}: the checks of one service, newest first,
 * in pages. The second is for names that clients take for steps in a path.
 */
final class HistoryHandler {

    static final String PATH = "/api/history/";

    static final long LATEST = 253_402_300_799_999L; // the year 9999
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int MAX_LIMIT = 10_000;

    private static final List<String> STATUSES = List.of("up", "down");
    private static final List<String> ERRORS = Stream.of(Outcome.values())
            .filter(Outcome::isFailure)
            .map(Outcome::word)
            .toList();

    private final Bus bus;
    private final SeenServices seen;

    HistoryHandler(Bus bus, StatusBoard board) {
        this.bus = bus;
        this.seen = new SeenServices(board);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.open(
                        "getHistory",
                        HttpMethod.GET,
                        PATH + "{serviceName}",
                        context -> history(context, nameInPath(context))),
                Endpoint.open(
                        "findHistory",
                        HttpMethod.GET,
                        "/api/history",
                        context -> history(context, Query.of(context).required("service"))));
    }

    private void history(RoutingContext context, String name) {
        Service service = seen.named(context, name);
        Query query = Query.of(context);
        long from = query.whole("from", 0, 0, LATEST);
        long to = query.whole("to", LATEST, 0, LATEST);
        int limit = (int) query.whole("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        String cursor = query.text("cursor");
        if (from > to) {
            throw Errors.invalid("from", "must not be later than to");
        }
        long latest = cursor == null ? to : Math.min(to, HistoryCursor.parse(cursor) - 1);
        bus.request(Addresses.READ_HISTORY, new ReadHistory(service.id(), from, latest, limit, outcomes(query)))
                .onSuccess(history -> Answers.json(context, answer(service.name(), history)))
                .onFailure(context::fail);
    }

    private static String nameInPath(RoutingContext context) {
        return PercentCoding.decode(context.request().path().substring(PATH.length()), false)
                .orElseThrow(() -> Errors.invalid("serviceName", "is not valid percent-encoded UTF-8"));
    }

    /** What checks may have ended in to be shown. */
    private static Set<Outcome> outcomes(Query query) {
        String status = query.text("status");
        String error = query.text("error");
        if (status != null && !STATUSES.contains(status)) {
            throw Errors.invalid("status", "must be up or down");
        }
        if (error != null && !ERRORS.contains(error)) {
            throw Errors.invalid("error", "must be one of " + String.join(", ", ERRORS));
        }
        return Stream.of(Outcome.values())
                .filter(outcome -> status == null || outcome.status().word().equals(status))
                .filter(outcome -> error == null || outcome.word().equals(error))
                .collect(Collectors.toUnmodifiableSet());
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
