package io.openuptimes.web;

import io.openuptimes.bus.AuditMessage;
import io.openuptimes.bus.AuditMessage.AuditPage;
import io.openuptimes.bus.AuditMessage.ReadAudit;
import io.openuptimes.bus.Bus;
import io.openuptimes.model.AuditEntry;
import io.openuptimes.model.Scope;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.audit.AuditPieces;
import io.openuptimes.web.http.Accept;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.CacheControl;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.MediaTypes;
import io.openuptimes.web.http.Query;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/audit}: the audit log, newest first; JSON in pages, or the whole log line by line. */
final class AuditHandler {

    private static final List<String> TYPES = List.of(MediaTypes.JSON, MediaTypes.NDJSON);
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    private final Bus bus;
    private final Access access;

    AuditHandler(Bus bus, Access access) {
        this.bus = bus;
        this.access = access;
    }

    static List<Endpoint> of(WebContext web) {
        return new AuditHandler(web.bus(), web.access()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.guarded("listAudit", HttpMethod.GET, "/api/audit", Scope.ADMIN, this::list)
                .taking("from", "to", "action", "by", "target", "address", "failed", "limit", "cursor"));
    }

    private void list(RoutingContext context) {
        context.response().putHeader(HttpHeaders.VARY, "Accept");
        boolean lines = Accept.required(context.request(), TYPES).equals(MediaTypes.NDJSON);
        Query query = Query.of(context);
        ReadAudit wanted = new ReadAudit(
                query.whole("from", 0, 0, HistoryHandler.LATEST),
                query.whole("to", HistoryHandler.LATEST, 0, HistoryHandler.LATEST),
                query.text("action"),
                query.text("by"),
                query.text("target"),
                query.text("address"),
                query.has("failed") ? query.flag("failed") : null,
                query.text("cursor"),
                lines ? MAX_LIMIT : (int) query.whole("limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
        if (wanted.from() > wanted.to()) {
            throw Errors.invalid("from", "must not be later than to");
        }
        if (lines) {
            stream(context, wanted, query.whole("limit", Long.MAX_VALUE, 1, HistoryHandler.LATEST));
        } else {
            bus.request(AuditMessage.READ_AUDIT, wanted)
                    .onSuccess(page -> Answers.json(context, page(page)))
                    .onFailure(context::fail);
        }
    }

    private void stream(RoutingContext context, ReadAudit wanted, long limit) {
        HttpServerResponse response = context.response();
        if (response.closed()) {
            return;
        }
        Runnable giveBack = access.allowances().takeExport(context);
        response.putHeader(HttpHeaders.CACHE_CONTROL, CacheControl.NO_STORE)
                .putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.NDJSON);
        if (context.request().method().equals(HttpMethod.HEAD)) {
            giveBack.run();
            Answers.head(context);
            return;
        }
        AuditPieces pieces = new AuditPieces(bus, wanted, limit, AuditHandler::entry);
        pieces.closed().onComplete(over -> giveBack.run());
        Answers.stream(context, pieces, AuditPieces.MEMORY);
    }

    private static JsonObject page(AuditPage page) {
        JsonArray entries = new JsonArray();
        page.entries().forEach(entry -> entries.add(entry(entry)));
        return new JsonObject().put("entries", entries).put("cursor", page.cursor());
    }

    static JsonObject entry(AuditEntry entry) {
        return new JsonObject()
                .put("id", entry.id())
                .put("at", entry.at())
                .put("action", entry.action())
                .put(
                        "by",
                        new JsonObject()
                                .put("kind", entry.actor().kind())
                                .put("key", entry.actor().key())
                                .put("address", entry.address()))
                .put("target", entry.target())
                .put("before", object(entry.before()))
                .put("after", object(entry.after()))
                .put("counts", object(entry.counts()))
                .put("failed", entry.failed());
    }

    private static @Nullable JsonObject object(Map<String, Object> fields) {
        return fields.isEmpty() ? null : new JsonObject(new LinkedHashMap<>(fields));
    }
}
