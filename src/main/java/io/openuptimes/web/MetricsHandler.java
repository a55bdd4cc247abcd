package io.openuptimes.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.Sight;
import io.openuptimes.web.board.Frozen;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Pieces;
import io.openuptimes.web.http.Readers;
import io.openuptimes.web.list.Lists;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /metrics}. One rendering is made at a time in the process; all requests that come to this instance meanwhile
 * get the same. Belongs to one event loop.
 */
final class MetricsHandler {

    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; version=0.0.4; charset=utf-8");
    private static final Frozen.Board NO_SERVICES = new Frozen.Board(List.of(), false);
    private static final String RENDERING = "openuptimes-metrics";

    private record Rendered(List<byte[]> pieces, long length, Readers readers) {}

    private final PrometheusMeterRegistry registry;
    private final StatusBoard board;
    private final Lists lists;
    private final boolean services;
    private final Map<Sight, Future<Rendered>> renderings = new HashMap<>();
    private @Nullable WorkerExecutor worker;

    /**
     * @param services whether there are gauges for each service
     */
    MetricsHandler(PrometheusMeterRegistry registry, StatusBoard board, Lists lists, boolean services) {
        this.registry = registry;
        this.board = board;
        this.lists = lists;
        this.services = services;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.open("getMetrics", HttpMethod.GET, "/metrics", this::metrics));
    }

    private void metrics(RoutingContext context) {
        current(context.vertx(), Access.caller(context).sight())
                .onSuccess(text -> {
                    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
                    Answers.stream(context, TEXT, Pieces.of(text.pieces()), text.length(), text.readers());
                })
                .onFailure(context::fail);
    }

    /** Shared by all instances by its name: of one thread, so that one rendering is made at a time. */
    private WorkerExecutor worker(Vertx vertx) {
        WorkerExecutor shared = worker;
        if (shared == null) {
            shared = vertx.createSharedWorkerExecutor(RENDERING, 1);
            worker = shared;
        }
        return shared;
    }

    /** A rendering is shared by all who ask while it is made and see the same services. */
    private Future<Rendered> current(Vertx vertx, Sight sight) {
        Future<Rendered> underWay = renderings.get(sight);
        if (underWay != null) {
            return underWay;
        }
        Future<Rendered> begun = render(vertx, sight);
        renderings.put(sight, begun);
        begun.onComplete(ended -> renderings.remove(sight, begun));
        return begun;
    }

    private Future<Rendered> render(Vertx vertx, Sight sight) {
        // the board belongs to this event loop; a frozen copy may be read on another thread
        Future<Frozen.Board> frozen = services ? board.freeze(vertx) : Future.succeededFuture(NO_SERVICES);
        return lists.counts(sight)
                .map(MetricsText::states)
                .compose(states -> frozen.compose(all -> worker(vertx)
                        .executeBlocking(
                                () -> {
                                    List<byte[]> pieces = MetricsText.render(registry, states, all, sight);
                                    long length = Pieces.length(pieces);
                                    return new Rendered(pieces, length, new Readers(length));
                                },
                                false)));
    }
}
