package io.openuptimes.web;

import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Scope;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Accept;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Query;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/** {@code GET /api/services/export}: all services as {@code PUT /api/services/bulk} takes them, as they are now. */
final class ExportHandler {

    /** Made in one go: some milliseconds. */
    private static final int SLICE = 500;

    private static final String JSON = "application/json";
    private static final List<String> TYPES = List.of(JSON, BulkHandler.NDJSON, "application/ndjson");

    private final StatusBoard board;

    ExportHandler(StatusBoard board) {
        this.board = board;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.confined("exportServices", HttpMethod.GET, "/api/services/export", Scope.READ, this::export));
    }

    private void export(RoutingContext context) {
        SeenServices.requireLoaded(board);
        Query query = Query.of(context);
        LabelSelector labels =
                query.labels().and(Access.caller(context).sight().within());
        Set<String> groups = query.groups();
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.VARY, "Accept, Authorization, Cookie");
        boolean lines = !Accept.required(context.request(), TYPES).equals(JSON);
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.CONTENT_TYPE, lines ? BulkHandler.NDJSON : Answers.JSON);
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.end();
            return;
        }
        board.freeze(context.vertx())
                .compose(frozen ->
                        context.vertx().executeBlocking(() -> chosen(frozen.services(), labels, groups), false))
                .onSuccess(services -> {
                    response.setChunked(true);
                    write(context, services, 0, lines);
                })
                .onFailure(context::fail);
    }

    private static List<Service> chosen(List<Service> all, LabelSelector labels, Set<String> groups) {
        return all.stream()
                .filter(service ->
                        labels.matches(service.labels()) && (groups.isEmpty() || groups.contains(service.group())))
                .toList();
    }

    /** Slice by slice, each when the client has taken those before. */
    private static void write(RoutingContext context, List<Service> services, int from, boolean lines) {
        HttpServerResponse response = context.response();
        if (response.closed()) {
            return;
        }
        int to = Math.min(services.size(), from + SLICE);
        Buffer slice = slice(services, from, to, lines);
        if (to == services.size()) {
            response.end(slice);
            return;
        }
        response.write(slice).onSuccess(sent -> write(context, services, to, lines));
    }

    private static Buffer slice(List<Service> services, int from, int to, boolean lines) {
        Buffer slice = Buffer.buffer();
        if (from == 0 && !lines) {
            slice.appendString("{\"services\":[");
        }
        for (int i = from; i < to; i++) {
            if (i > 0 && !lines) {
                slice.appendString(",\n");
            }
            slice.appendBuffer(new JsonObject(ServiceFields.toMap(services.get(i))).toBuffer());
            if (lines) {
                slice.appendString("\n");
            }
        }
        if (to == services.size() && !lines) {
            slice.appendString("]}\n");
        }
        return slice;
    }
}
