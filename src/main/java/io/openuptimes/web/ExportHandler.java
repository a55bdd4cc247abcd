package io.openuptimes.web;

import io.openuptimes.model.Disclosure;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Scope;
import io.openuptimes.model.Service;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.bulk.ExportForm;
import io.openuptimes.web.bulk.ExportPieces;
import io.openuptimes.web.http.Accept;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.CacheControl;
import io.openuptimes.web.http.ContentCoding;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.MediaTypes;
import io.openuptimes.web.http.Pieces;
import io.openuptimes.web.http.Query;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/** {@code GET /api/services/export}: all services as they are now, in the format of {@code PUT /api/services/bulk}. */
final class ExportHandler {

    /** Bytes that one service takes in the list of services to send. */
    private static final long REFERENCE = 8;

    private final StatusBoard board;

    ExportHandler(StatusBoard board) {
        this.board = board;
    }

    static List<Endpoint> of(WebContext web) {
        return new ExportHandler(web.board()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.confined("exportServices", HttpMethod.GET, "/api/services/export", Scope.READ, this::export)
                        .taking("label", "group", "secrets"));
    }

    private void export(RoutingContext context) {
        SeenServices.requireLoaded(board);
        Query query = Query.of(context);
        LabelSelector labels = query.labels().and(Access.caller(context).sight().within());
        Set<String> groups = query.groups();
        Disclosure disclosure = disclosure(context, query);
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.VARY, "Accept, Authorization, Cookie");
        String type = Accept.required(context.request(), ExportForm.TYPES);
        response.putHeader(HttpHeaders.CACHE_CONTROL, CacheControl.NO_STORE)
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType(type));
        String fileName = ExportForm.fileName(type);
        if (fileName != null) {
            response.putHeader("Content-Disposition", "attachment; filename=\"" + fileName + "\"");
        }
        if (context.request().method().equals(HttpMethod.HEAD)) {
            Answers.head(context);
            return;
        }
        board.freeze(context.vertx())
                .compose(frozen -> context.vertx()
                        .executeBlocking(
                                () -> {
                                    List<Service> services = chosen(frozen.services(), labels, groups);
                                    return new Export(services, ExportForm.of(type, services));
                                },
                                false))
                .onSuccess(export -> Answers.stream(
                        context,
                        new ExportPieces(export.services(), disclosure, export.form()),
                        export.services().size() * REFERENCE + Pieces.SIZE))
                .onFailure(context::fail);
    }

    private record Export(List<Service> services, ExportForm form) {}

    private static String contentType(String type) {
        return switch (type) {
            case MediaTypes.JSON -> Answers.JSON.toString();
            case MediaTypes.CSV -> MediaTypes.CSV + "; charset=utf-8; header=present";
            default -> type;
        };
    }

    private static Disclosure disclosure(RoutingContext context, Query query) {
        if (!query.flag("secrets")) {
            return CallerDisclosure.of(context);
        }
        if (!Access.caller(context).may(Scope.ADMIN)) {
            throw new ApiException(403, "secrets: requires a key with the scope admin");
        }
        ContentCoding.never(context);
        return Disclosure.FULL;
    }

    private static List<Service> chosen(List<Service> all, LabelSelector labels, Set<String> groups) {
        return all.stream()
                .filter(service ->
                        labels.matches(service.labels()) && (groups.isEmpty() || groups.contains(service.group())))
                .toList();
    }
}
