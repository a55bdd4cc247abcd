package io.openuptimes.web;

import io.openuptimes.model.Scope;
import io.openuptimes.web.access.Access;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/status}: what is polled, whole or in pages. */
final class StatusHandler {

    private static final CharSequence VARY_ON = HttpHeaders.createOptimized("Accept-Encoding, Authorization, Cookie");
    private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
    private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");

    private final StatusBoard board;
    private final EntryJson entries;

    StatusHandler(StatusBoard board, EntryJson entries) {
        this.board = board;
        this.entries = entries;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.open("getStatus", HttpMethod.GET, "/api/status", this::status));
    }

    private void status(RoutingContext context) {
        if (!board.isLoaded()) {
            throw new ApiException(503, Errors.STORE_UNREACHABLE);
        }
        boolean withHidden = Access.caller(context).may(Scope.READ);
        ListQuery query = ListQuery.parse(Query.of(context), "service");
        if (query == null) {
            whole(context, board.status(withHidden));
        } else {
            ListPage page = ListPage.of(board.entries(), query, withHidden, false);
            ListAnswer.send(context, ListAnswer.status(board, page, entries, withHidden));
        }
    }

    private static void whole(RoutingContext context, Rendering rendering) {
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE).putHeader(HttpHeaders.VARY, VARY_ON);
        String known = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        boolean compressed = AcceptEncoding.takesGzip(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING));
        String tag = '"' + rendering.tag() + (compressed ? "-gzip\"" : "\"");
        response.putHeader(HttpHeaders.ETAG, tag);
        if (known != null && (known.contains(rendering.tag()) || known.strip().equals("*"))) {
            response.setStatusCode(304).end();
        } else if (compressed) {
            compressed(context, rendering)
                    .onSuccess(body -> {
                        response.putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
                        Answers.end(context, 200, Answers.JSON, body);
                    })
                    .onFailure(context::fail);
        } else {
            Answers.end(context, 200, Answers.JSON, rendering.body());
        }
    }

    private static Future<Buffer> compressed(RoutingContext context, Rendering rendering) {
        @Nullable Buffer made = rendering.gzipIfMade();
        if (made != null) {
            return Future.succeededFuture(made);
        }
        return rendering.length() <= ListAnswer.COMPRESSED_AT_ONCE
                ? Future.succeededFuture(rendering.gzip())
                : context.vertx().executeBlocking(rendering::gzip); // one after the other: the second finds it made
    }
}
