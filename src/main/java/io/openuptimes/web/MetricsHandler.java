package io.openuptimes.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.openuptimes.model.Scope;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.board.Frozen;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Pieces;
import io.openuptimes.web.http.Readers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
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
    private final boolean services;
    private final Variant all = new Variant(true);
    private final Variant visible = new Variant(false);
    private @Nullable WorkerExecutor worker;

    /**
     * @param services whether there are gauges for each service
     */
    MetricsHandler(PrometheusMeterRegistry registry, StatusBoard board, boolean services) {
        this.registry = registry;
        this.board = board;
        this.services = services;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.open("getMetrics", HttpMethod.GET, "/metrics", this::metrics));
    }

    private void metrics(RoutingContext context) {
        Variant variant = Access.caller(context).may(Scope.READ) ? all : visible;
        variant.current(context.vertx())
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

    /** The text with hidden services or without them. */
    private final class Variant {

        private final boolean withHidden;
        private @Nullable Future<Rendered> rendering;

        Variant(boolean withHidden) {
            this.withHidden = withHidden;
        }

        Future<Rendered> current(Vertx vertx) {
            Future<Rendered> underWay = rendering;
            if (underWay != null) {
                return underWay;
            }
            Future<Rendered> begun = render(vertx);
            rendering = begun;
            begun.onComplete(ended -> rendering = null);
            return begun;
        }

        private Future<Rendered> render(Vertx vertx) {
            // the board belongs to this event loop; a frozen copy may be read on another thread
            String states = MetricsText.states(board.counts(withHidden));
            Future<Frozen.Board> frozen = services ? board.freeze(vertx) : Future.succeededFuture(NO_SERVICES);
            return frozen.compose(all -> worker(vertx)
                    .executeBlocking(
                            () -> {
                                List<byte[]> pieces = MetricsText.render(registry, states, all, withHidden);
                                long length = Pieces.length(pieces);
                                return new Rendered(pieces, length, new Readers(length));
                            },
                            false));
        }
    }
}
