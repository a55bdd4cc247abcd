package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage;
import io.openuptimes.bus.CheckMessage.CheckNow;
import io.openuptimes.bus.CheckMessage.Checked;
import io.openuptimes.bus.CheckMessage.Round;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Scope;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceView;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.Sight;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.CacheControl;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Guard;
import io.openuptimes.web.http.Permission;
import io.openuptimes.web.http.Query;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** {@code GET /api/ping}: checks services now and answers once the results are stored. */
final class PingHandler {

    /** A check takes up to two minutes, and may have to wait for others against the same host. */
    static final int TIMEOUT_SECONDS = 600;

    private final Bus bus;
    private final StatusBoard board;
    private final Access access;
    private final Clock clock;

    PingHandler(Bus bus, StatusBoard board, Access access, Clock clock) {
        this.bus = bus;
        this.board = board;
        this.access = access;
        this.clock = clock;
    }

    static List<Endpoint> of(WebContext web) {
        return new PingHandler(web.bus(), web.board(), web.access(), web.clock()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(new Endpoint(
                        "pingServices",
                        HttpMethod.GET,
                        "/api/ping",
                        Guard.confined(Scope.READ).acting(),
                        this::ping)
                .taking("service"));
    }

    private void ping(RoutingContext context) {
        List<String> names = Query.of(context).all("service");
        if (context.request().method().equals(HttpMethod.HEAD)) {
            head(context, names);
            return;
        }
        long timestamp = clock.millis();
        long start = System.nanoTime();
        boolean paced = !Access.caller(context).may(Scope.WRITE);
        Runnable giveBack = paced ? access.allowances().takePing(context) : () -> {};
        Future.succeededFuture(names)
                .compose(wanted -> ids(context, wanted))
                .compose(which -> check(which, paced))
                .onComplete(ended -> giveBack.run())
                .compose(round -> Permission.confirm(context).map(round))
                .onSuccess(round -> {
                    board.versions().showAtOnce();
                    long duration = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                    Answers.json(context, answer(round, timestamp, duration, CallerDisclosure.of(context)));
                })
                .onFailure(context::fail);
    }

    /** Validates a ping request without running it. */
    private void head(RoutingContext context, List<String> names) {
        SeenServices.requireLoaded(board);
        named(context, names);
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, Answers.JSON)
                .putHeader(HttpHeaders.CACHE_CONTROL, CacheControl.NO_STORE)
                .end();
    }

    private Future<Round> check(Optional<List<String>> ids, boolean paced) {
        if (ids.isPresent() && ids.get().isEmpty()) {
            return Future.succeededFuture(new Round(List.of()));
        }
        CheckNow request = new CheckNow(ids.orElse(List.of()), paced);
        return bus.request(CheckMessage.CHECK_NOW, request, TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
    }

    /** The ids of the named services or, without names, of those that the caller is confined to; empty for all. */
    private Future<Optional<List<String>>> ids(RoutingContext context, List<String> names) {
        SeenServices.requireLoaded(board);
        Sight sight = Access.caller(context).sight();
        if (!names.isEmpty() || !sight.isConfined()) {
            return Future.succeededFuture(names.isEmpty() ? Optional.empty() : Optional.of(named(context, names)));
        }
        return board.freeze(context.vertx()).compose(frozen -> context.vertx()
                .executeBlocking(
                        () -> Optional.of(frozen.services().stream()
                                .filter(sight::sees)
                                .map(Service::id)
                                .toList()),
                        false));
    }

    private List<String> named(RoutingContext context, List<String> names) {
        Set<String> ids = new LinkedHashSet<>();
        for (String name : names) {
            if (name.isEmpty()) {
                throw Errors.invalid("service", "must not be empty");
            }
            BoardEntry entry = board.find(name);
            if (entry == null) {
                throw new ApiException(404, "Service not found: " + name);
            }
            SeenServices.refuseUnseen(context, entry);
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
     * Adds a check's result to the object.
     *
     * @param disclosure readers also see which server it reached; see also {@link FailureText}
     */
    static JsonObject put(JsonObject json, CheckResult result, Disclosure disclosure) {
        json.put("status", result.outcome().status().word())
                .put("responseTime", result.responseTime())
                .put("timestamp", result.timestamp())
                .put("statusCode", result.statusCode() == 0 ? null : result.statusCode())
                .put("phases", phases(result.phases()));
        if (result.outcome().isDegraded()) {
            json.put("degraded", true)
                    .put("degradedBy", HistoryHandler.error(result.outcome(), FailureText.of(result, disclosure)));
        } else if (result.outcome() != Outcome.UP) {
            json.put("error", HistoryHandler.error(result.outcome(), FailureText.of(result, disclosure)));
        }
        if (!result.attempts().isEmpty()) {
            json.put("attempts", HistoryHandler.attempts(result.attempts()));
        }
        if (disclosure.compareTo(Disclosure.READER) >= 0) {
            PeerJson.put(json, result.peer());
        }
        return json;
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
