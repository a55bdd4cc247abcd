package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.History;
import io.openuptimes.bus.StoreMessage.ReadHistory;
import io.openuptimes.model.FailedAttempt;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.OutcomeFilter;
import io.openuptimes.model.Scope;
import io.openuptimes.model.Service;
import io.openuptimes.model.Status;
import io.openuptimes.model.Uptime;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.Caller;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.history.Csv;
import io.openuptimes.web.history.HistoryPieces;
import io.openuptimes.web.history.LineFormat;
import io.openuptimes.web.history.Ndjson;
import io.openuptimes.web.http.Accept;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.CacheControl;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.MediaTypes;
import io.openuptimes.web.http.NameInPath;
import io.openuptimes.web.http.Outflow;
import io.openuptimes.web.http.Permission;
import io.openuptimes.web.http.PieceStream;
import io.openuptimes.web.http.Query;
import io.openuptimes.web.http.Vary;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code GET /api/history/{serviceName}} and {@code GET /api/history?service=}: the checks of one service, newest
 * first, as JSON in pages, or all of them line by line. The second form is for names that clients treat as path
 * segments.
 */
final class HistoryHandler {

    private static final String PATH = "/api/history/{serviceName}";
    private static final List<String> PARAMETERS =
            List.of("location", "from", "to", "status", "error", "limit", "cursor");

    static final long LATEST = 253_402_300_799_999L; // the year 9999
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int MAX_LIMIT = 10_000;

    /** Bytes per check while a page is built. */
    private static final int ENTRY = 700;

    /** Additional bytes for the server that the check reached. */
    private static final int PEER = 300;

    private static final List<String> STATUSES = List.of("up", "down");
    private static final List<String> ERRORS = Stream.concat(
                    Outcome.known().stream().filter(Outcome::isFailure).map(Outcome::word),
                    Stream.of(Outcome.UNKNOWN_WORD))
            .toList();

    private static final Map<String, LineFormat> PUBLIC_LINES = lines(false);
    private static final Map<String, LineFormat> LINES = lines(true);
    /** JSON unless the caller asks for another type. */
    private static final List<String> TYPES = List.of(MediaTypes.JSON, MediaTypes.NDJSON, MediaTypes.CSV);

    private final Bus bus;
    private final SeenServices seen;
    private final Access access;
    private final int defaultInterval;

    /**
     * @param defaultInterval seconds, for services without an interval
     */
    HistoryHandler(Bus bus, StatusBoard board, Access access, int defaultInterval) {
        this.bus = bus;
        this.seen = new SeenServices(board);
        this.access = access;
        this.defaultInterval = defaultInterval;
    }

    private static Map<String, LineFormat> lines(boolean peers) {
        return Stream.of(new Ndjson(peers), new Csv(peers))
                .collect(Collectors.toMap(LineFormat::mediaType, Function.identity()));
    }

    static List<Endpoint> of(WebContext web) {
        return new HistoryHandler(
                        web.bus(),
                        web.board(),
                        web.access(),
                        web.settings().checks().interval())
                .endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.open(
                                "getHistory",
                                HttpMethod.GET,
                                PATH,
                                context -> history(context, NameInPath.of(context, PATH)))
                        .withNameInPath()
                        .taking(PARAMETERS),
                Endpoint.open(
                                "findHistory",
                                HttpMethod.GET,
                                "/api/history",
                                context -> history(context, Query.of(context).required("service")))
                        .taking("service")
                        .taking(PARAMETERS));
    }

    private void history(RoutingContext context, String name) {
        context.response().putHeader(HttpHeaders.VARY, "Accept, " + Vary.ON_CALLER);
        Service service = seen.named(context, name);
        boolean peers = Access.caller(context).may(Scope.READ);
        LineFormat lines = (peers ? LINES : PUBLIC_LINES).get(Accept.required(context.request(), TYPES));
        Query query = Query.of(context);
        long from = query.whole("from", 0, 0, LATEST);
        long to = query.whole("to", LATEST, 0, LATEST);
        long limit = lines == null
                ? query.whole("limit", DEFAULT_LIMIT, 1, MAX_LIMIT)
                : query.whole("limit", Long.MAX_VALUE, 1, LATEST);
        String cursor = query.text("cursor");
        if (from > to) {
            throw Errors.invalid("from", "must not be later than to");
        }
        long latest = cursor == null ? to : Math.min(to, HistoryCursor.parse(cursor) - 1);
        int page = (int) Math.min(limit, MAX_LIMIT);
        ReadHistory wanted = new ReadHistory(
                SeenServices.idOf(service, query),
                from,
                latest,
                page,
                outcomes(query),
                peers,
                service.maxAge(defaultInterval));
        if (lines == null) {
            page(context, service, wanted);
        } else {
            stream(context, service, lines, wanted, limit);
        }
    }

    private void page(RoutingContext context, Service service, ReadHistory wanted) {
        Runnable giveBack = wanted.isNarrowed() ? access.allowances().takeLongRead(context) : () -> {};
        long entry = wanted.peers() ? ENTRY + PEER : ENTRY;
        Outflow.of(context.vertx())
                .reserved(context, wanted.limit() * entry, () -> bus.request(StoreMessage.READ_HISTORY, wanted))
                .onComplete(read -> giveBack.run())
                .onSuccess(history -> Answers.tagged(
                        context, answer(service.name(), history, wanted.peers()).toBuffer()))
                .onFailure(context::fail);
    }

    private void stream(RoutingContext context, Service service, LineFormat format, ReadHistory wanted, long limit) {
        HttpServerResponse response = context.response();
        if (response.closed()) {
            return; // closed during the credential lookup
        }
        Runnable giveBack = access.allowances().takeExport(context);
        format.headers(service.name()).forEach(response::putHeader);
        response.putHeader(HttpHeaders.CACHE_CONTROL, CacheControl.NO_STORE);
        if (context.request().method().equals(HttpMethod.HEAD)) {
            giveBack.run();
            Answers.head(context);
            return;
        }
        HistoryPieces pieces = new HistoryPieces(bus, format, wanted, limit);
        pieces.closed().onComplete(over -> giveBack.run());
        pieces.open()
                .onSuccess(opened -> {
                    PieceStream stream = Answers.stream(context, pieces, HistoryPieces.MEMORY);
                    if (stream != null) {
                        Runnable deaf = endWithCredentials(context, stream);
                        pieces.closed().onComplete(over -> deaf.run());
                    }
                })
                .onFailure(failure -> {
                    format.headers(service.name())
                            .keySet()
                            .forEach(response.headers()::remove); // an error's headers follow
                    context.fail(failure);
                });
    }

    private Runnable endWithCredentials(RoutingContext context, PieceStream stream) {
        Caller.Kind caller = Access.caller(context).kind();
        Context own = context.vertx().getOrCreateContext();
        return access.onCredentialsEnded(kind -> {
            if (kind == caller) {
                own.runOnContext(then ->
                        Permission.confirm(context).onFailure(ended -> stream.abort(Outflow.Break.CREDENTIALS)));
            }
        });
    }

    /** The check outcomes to include. */
    private static OutcomeFilter outcomes(Query query) {
        String status = query.text("status");
        String error = query.text("error");
        if (status != null && !STATUSES.contains(status)) {
            throw Errors.invalid("status", "must be up or down");
        }
        if (error != null && !ERRORS.contains(error)) {
            throw Errors.invalid("error", "must be one of " + String.join(", ", ERRORS));
        }
        return new OutcomeFilter(status == null ? null : Status.valueOf(status.toUpperCase(Locale.ROOT)), error);
    }

    /**
     * @param peers whether the caller may see which servers were reached
     */
    static JsonObject answer(String name, History history, boolean peers) {
        JsonArray entries = new JsonArray();
        history.entries().forEach(entry -> entries.add(entry(entry, peers)));
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

    private static JsonObject entry(HistoryEntry entry, boolean peers) {
        JsonObject json = new JsonObject()
                .put("timestamp", entry.timestamp())
                .put("status", entry.outcome().status().word())
                .put("responseTime", entry.responseTime())
                .put("statusCode", entry.statusCode() == 0 ? null : entry.statusCode());
        Outcome outcome = entry.outcome();
        if (outcome.isDegraded()) {
            json.put("degraded", true).put("degradedBy", error(outcome, entry.error()));
        } else if (outcome != Outcome.UP) {
            json.put("error", error(outcome, entry.error()));
            if (peers && outcome.isFailure()) {
                PeerJson.put(json, entry.peer());
            }
        }
        if (!entry.attempts().isEmpty()) {
            json.put("attempts", attempts(entry.attempts()));
        }
        return json;
    }

    /** The attempts before the last one, oldest first. */
    static JsonArray attempts(List<FailedAttempt> attempts) {
        JsonArray all = new JsonArray();
        for (FailedAttempt attempt : attempts) {
            all.add(new JsonObject()
                    .put("timestamp", attempt.timestamp())
                    .put("status", attempt.outcome().status().word())
                    .put("responseTime", attempt.responseTime())
                    .put("statusCode", attempt.statusCode() == 0 ? null : attempt.statusCode())
                    .put("error", error(attempt.outcome(), attempt.error())));
        }
        return all;
    }

    static JsonObject error(Outcome failure, String text) {
        return new JsonObject().put("class", failure.word()).put("text", failure.text(text));
    }

    static JsonObject uptime(Uptime uptime) {
        return new JsonObject()
                .put("day", uptime.day())
                .put("week", uptime.week())
                .put("month", uptime.month());
    }
}
