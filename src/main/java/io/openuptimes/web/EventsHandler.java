package io.openuptimes.web;

import io.openuptimes.bus.EventId;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.Caller;
import io.openuptimes.web.access.Sight;
import io.openuptimes.web.board.BoardPoint;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.events.EventStream;
import io.openuptimes.web.events.EventStreams;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.CacheControl;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.FairShares;
import io.openuptimes.web.http.Query;
import io.openuptimes.web.list.Lists;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/** {@code GET /api/events}: events as they happen, as server-sent events. */
final class EventsHandler {

    private static final int MAX_SERVICES = 100;

    private final StatusBoard board;
    private final Lists lists;
    private final EventStreams streams;
    private final Access access;

    EventsHandler(StatusBoard board, Lists lists, EventStreams streams, Access access) {
        this.board = board;
        this.lists = lists;
        this.streams = streams;
        this.access = access;
    }

    static List<Endpoint> of(WebContext web) {
        return new EventsHandler(web.board(), web.lists(), web.streams(), web.access()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.open("streamEvents", HttpMethod.GET, "/api/events", this::events)
                .taking("after", "service", "id"));
    }

    private void events(RoutingContext context) {
        HttpServerRequest request = context.request();
        Query query = Query.of(context);
        Set<String> ids = query.some("id", MAX_SERVICES);
        Set<String> names = query.some("service", MAX_SERVICES);
        String given = query.text("after");
        String header = request.getHeader("Last-Event-ID");
        String after = header != null && !header.isEmpty() ? header : given;
        SeenServices.requireLoaded(board);
        names.forEach(name -> SeenServices.refuseUnseen(context, board.find(name)));
        ids.forEach(id -> SeenServices.refuseUnseen(context, board.findById(id)));
        if (streams.isStopped()) {
            throw new ApiException(503, "The service is stopping");
        }
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, CacheControl.NO_STORE)
                .putHeader("X-Accel-Buffering", "no"); // otherwise nginx buffers events
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
            return;
        }
        if (response.closed()) {
            return; // closed during the credential lookup, so no close event would follow
        }
        Caller caller = Access.caller(context);
        Sight sight = caller.sight();
        FairShares.Share share = access.allowances().takeStream(context);
        EventStream stream =
                new EventStream(streams.source(sight, () -> lists.counts(sight)), response, caller, gone -> {
                    share.close();
                    streams.remove(gone);
                });
        streams.add(stream, ids, names);
        response.setChunked(true);
        EventId known = after == null ? null : BoardPoint.parseEvent(after);
        stream.open(known, after == null || known != null);
        Context own = context.vertx().getOrCreateContext();
        share.onEvicted(() -> own.runOnContext(then -> stream.evict()));
    }
}
