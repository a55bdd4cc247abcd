package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.ClearHistory;
import io.openuptimes.bus.StoreMessage.GetHistoryTtl;
import io.openuptimes.bus.StoreMessage.HistoryTtl;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.Scope;
import io.openuptimes.model.field.FieldReader;
import io.openuptimes.web.audit.AuditNote;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Fields;
import io.openuptimes.web.http.JsonBody;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** {@code /api/ping-history}: reads and sets the retention of past checks, and deletes them. */
final class HistoryTtlHandler {

    private static final String PATH = "/api/ping-history";
    private static final long MAX_SECONDS = 10L * 365 * 86_400;

    private final Bus bus;

    HistoryTtlHandler(Bus bus) {
        this.bus = bus;
    }

    static List<Endpoint> of(WebContext web) {
        return new HistoryTtlHandler(web.bus()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.guarded("getHistoryTtl", HttpMethod.GET, PATH + "/ttl", Scope.READ, this::get),
                Endpoint.guarded("setHistoryTtl", HttpMethod.PATCH, PATH + "/ttl", Scope.WRITE, this::set),
                Endpoint.guarded("clearHistory", HttpMethod.DELETE, PATH, Scope.WRITE, this::clear));
    }

    private void get(RoutingContext context) {
        bus.request(StoreMessage.GET_HISTORY_TTL, new GetHistoryTtl())
                .onSuccess(ttl -> Answers.json(context, fields(new JsonObject(), ttl.seconds())))
                .onFailure(context::fail);
    }

    private void set(RoutingContext context) {
        HistoryTtl wanted = new HistoryTtl(seconds(JsonBody.required(context)));
        bus.request(StoreMessage.GET_HISTORY_TTL, new GetHistoryTtl())
                .onSuccess(old -> AuditNote.of(context).changed("ttl", old.seconds(), wanted.seconds()))
                .compose(old -> bus.request(StoreMessage.SET_HISTORY_TTL, wanted))
                .onSuccess(ttl -> Answers.json(
                        context,
                        fields(new JsonObject().put("success", true), ttl.seconds())
                                .put("message", message(ttl.seconds()))))
                .onFailure(context::fail);
    }

    private void clear(RoutingContext context) {
        bus.request(StoreMessage.CLEAR_HISTORY, new ClearHistory())
                .onSuccess(done -> Answers.json(
                        context, new JsonObject().put("success", true).put("message", "Ping history cleared")))
                .onFailure(context::fail);
    }

    static long seconds(Map<String, Object> body) {
        Fields.of(body, "ttl");
        Object given = body.get("ttl");
        if (given == null) {
            throw Errors.invalid("ttl", "is required");
        }
        try {
            return FieldReader.whole("ttl", given, 0, MAX_SECONDS);
        } catch (InvalidInputException e) {
            throw Errors.invalid("ttl", "must be a whole number of seconds from 0 (unlimited) to " + MAX_SECONDS);
        }
    }

    static String message(long seconds) {
        return "History TTL set to " + (seconds == 0 ? "unlimited" : seconds + " seconds");
    }

    private static JsonObject fields(JsonObject answer, long seconds) {
        return answer.put("ttl", seconds).put("unlimited", seconds == 0);
    }
}
