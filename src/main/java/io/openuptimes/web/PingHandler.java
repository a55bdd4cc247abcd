package io.openuptimes.web;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage.CheckNow;
import io.openuptimes.bus.CheckMessage.Checked;
import io.openuptimes.bus.CheckMessage.Round;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Scope;
import io.openuptimes.model.ServiceView;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Query;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** {@code GET /api/ping}: checks services now and answers when the results are stored. */
final class PingHandler {

    /** A check takes two minutes at most, and may have to wait for others against the same host. */
    static final int TIMEOUT_SECONDS = 600;

    private final Bus bus;
    private final StatusBoard board;
    private final Clock clock;

    PingHandler(Bus bus, StatusBoard board, Clock clock) {
        this.bus = bus;
        this.board = board;
        this.clock = clock;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.guarded("pingServices", HttpMethod.GET, "/api/ping", Scope.READ, this::ping));
    }

    private void ping(RoutingContext context) {
        long timestamp = clock.millis();
        long start = System.nanoTime();
        CheckNow request = new CheckNow(ids(Query.of(context).all("service")));
        bus.request(Addresses.CHECK_NOW, request, TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS))
                .onSuccess(round -> {
                    board.showAtOnce();
                    long duration = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                    Answers.json(context, answer(round, timestamp, duration, CallerDisclosure.of(context)));
                })
                .onFailure(context::fail);
    }

    private List<String> ids(List<String> names) {
        SeenServices.requireLoaded(board);
        Set<String> ids = new LinkedHashSet<>();
        for (String name : names) {
            if (name.isEmpty()) {
                throw Errors.invalid("service", "must not be empty");
            }
            BoardEntry entry = board.find(name);
            if (entry == null) {
                throw new ApiException(404, "Service not found: " + name);
            }
            ids.add(entry.service().id());
        }
        return List.copyOf(ids);
    }

    static JsonObject answer(Round round, long timestamp, long duration, Disclosure disclosure) {
        JsonArray services = new JsonArray();
        round.checks().forEach(checked -> services.add(service(checked, disclosure)));
        return new JsonObject()
                .put("success", true)
                .put("timestamp", timestamp)
                .put("duration", duration)
                .put("services", services);
    }

    private static JsonObject service(Checked checked, Disclosure disclosure) {
        JsonObject json = new JsonObject()
                .put("name", checked.service().name())
                .put("url", ServiceView.url(checked.service(), disclosure));
        return put(json, checked.result(), disclosure);
    }

    /**
     * What a check says, added to what is there.
     *
     * @param disclosure writers are told which egress rule denied it
     */
    static JsonObject put(JsonObject json, CheckResult result, Disclosure disclosure) {
        json.put("status", result.outcome().status().word())
                .put("responseTime", result.responseTime())
                .put("timestamp", result.timestamp())
                .put("statusCode", result.statusCode() == 0 ? null : result.statusCode())
                .put("phases", phases(result.phases()));
        if (result.outcome().isFailure()) {
            json.put("error", HistoryHandler.error(result.outcome().word(), text(result, disclosure)));
        }
        return json;
    }

    private static String text(CheckResult result, Disclosure disclosure) {
        boolean writer = disclosure.compareTo(Disclosure.WRITER) >= 0;
        return writer && result.deniedBy() != null ? result.error() + ": " + result.deniedBy() : result.error();
    }

    private static JsonObject phases(Phases phases) {
        return new JsonObject()
                .put("dns", phases.dns())
                .put("connect", phases.connect())
                .put("tls", phases.tls())
                .put("firstByte", phases.firstByte())
                .put("transfer", phases.transfer());
    }
}
