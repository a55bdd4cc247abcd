package io.openuptimes.web;

import io.openuptimes.model.Disclosure;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Scope;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceView;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Accept;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.ApiException;
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
                Endpoint.guarded("exportServices", HttpMethod.GET, "/api/services/export", Scope.READ, this::export));
    }

    private void export(RoutingContext context) {
        SeenServices.requireLoaded(board);
        Query query = Query.of(context);
        LabelSelector labels = query.labels();
        Set<String> groups = query.groups();
        Disclosure disclosure = disclosure(context, query);
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
                    write(context, new Export(services, disclosure, lines), 0);
                })
                .onFailure(context::fail);
    }

    private static Disclosure disclosure(RoutingContext context, Query query) {
        if (!query.flag("secrets")) {
            return CallerDisclosure.of(context);
        }
        if (!Access.caller(context).may(Scope.ADMIN)) {
            throw new ApiException(403, "secrets: need a key of scope admin");
        }
        return Disclosure.FULL;
    }

    private static List<Service> chosen(List<Service> all, LabelSelector labels, Set<String> groups) {
        return all.stream()
                .filter(service ->
                        labels.matches(service.labels()) && (groups.isEmpty() || groups.contains(service.group())))
                .toList();
    }

    /**
     * What is sent.
     *
     * @param lines a service a line; else one JSON object
     */
    private record Export(List<Service> services, Disclosure disclosure, boolean lines) {

        Buffer slice(int from, int to) {
            Buffer slice = Buffer.buffer();
            if (from == 0 && !lines) {
                slice.appendString("{\"services\":[");
            }
            for (int i = from; i < to; i++) {
                if (i > 0 && !lines) {
                    slice.appendString(",\n");
                }
                slice.appendBuffer(new JsonObject(ServiceView.of(services.get(i), disclosure)).toBuffer());
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

    /** Slice by slice, each when the client has taken those before. */
    private static void write(RoutingContext context, Export export, int from) {
        HttpServerResponse response = context.response();
        if (response.closed()) {
            return;
        }
        int to = Math.min(export.services().size(), from + SLICE);
        Buffer slice = export.slice(from, to);
        if (to == export.services().size()) {
            response.end(slice);
            return;
        }
        response.write(slice).onSuccess(sent -> write(context, export, to));
    }
}
