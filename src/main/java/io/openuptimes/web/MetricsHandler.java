package io.openuptimes.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.openuptimes.config.Settings;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.board.Frozen;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.CacheControl;
import io.openuptimes.web.http.Client;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.SharedText;
import io.openuptimes.web.http.Vary;
import io.openuptimes.web.list.Lists;
import io.openuptimes.web.metrics.MetricsAudience;
import io.openuptimes.web.metrics.MetricsText;
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
 * {@code GET /metrics}. Only one rendering runs at a time per process, and requests that reach this instance meanwhile
 * share it. Callers without a key or session also get a cached rendering for up to {@value #MAX_AGE_MILLIS} ms, so that
 * they cannot keep the rendering thread busy: they cause at most one rendering per second and instance, unless the
 * services' configuration changes.
 *
 * <p>Belongs to one event loop.
 */
final class MetricsHandler {

    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; version=0.0.4; charset=utf-8");
    private static final Frozen.Board NO_SERVICES = new Frozen.Board(List.of(), false);
    private static final String RENDERING = "openuptimes-metrics";
    private static final long MAX_AGE_MILLIS = 1_000;

    /**
     * @param urgentVersion the board's version at the start; a service hidden since then must not be shown
     */
    private record Begun(Future<SharedText> rendered, long urgentVersion) {}

    private final MetricsText text;
    private final StatusBoard board;
    private final Lists lists;
    private final boolean services;
    private final Map<MetricsAudience, Begun> renderings = new HashMap<>();
    private @Nullable WorkerExecutor worker;

    MetricsHandler(PrometheusMeterRegistry registry, StatusBoard board, Lists lists, Settings.Metrics settings) {
        text = new MetricsText(registry, settings);
        this.board = board;
        this.lists = lists;
        services = settings.services();
    }

    static List<Endpoint> of(WebContext web) {
        return new MetricsHandler(
                        web.registry(), web.board(), web.lists(), web.settings().metrics())
                .endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.open("getMetrics", HttpMethod.GET, "/metrics", this::metrics));
    }

    private void metrics(RoutingContext context) {
        MetricsAudience audience = new MetricsAudience(Access.caller(context).sight(), CallerDisclosure.of(context));
        current(context.vertx(), audience, Client.isKnown(context))
                .onSuccess(rendered -> {
                    context.response().putHeader(HttpHeaders.CACHE_CONTROL, CacheControl.NO_STORE);
                    Vary.on(context.response(), Vary.ON_CALLER);
                    rendered.answer(context, work -> worker(context.vertx()).executeBlocking(work, false));
                })
                .onFailure(context::fail);
    }

    /** All instances share this worker by name. It has a single thread, so that only one rendering runs at a time. */
    private WorkerExecutor worker(Vertx vertx) {
        WorkerExecutor shared = worker;
        if (shared == null) {
            shared = vertx.createSharedWorkerExecutor(RENDERING, 1);
            worker = shared;
        }
        return shared;
    }

    /** Callers with the same view share a rendering. */
    private Future<SharedText> current(Vertx vertx, MetricsAudience audience, boolean known) {
        Begun last = renderings.get(audience);
        if (last != null
                && last.urgentVersion() == board.versions().urgent()
                && !(known && last.rendered().isComplete())) {
            return last.rendered();
        }
        Begun begun = new Begun(render(vertx, audience), board.versions().urgent());
        renderings.put(audience, begun);
        begun.rendered().onComplete(ended -> {
            if (known || ended.failed()) {
                renderings.remove(audience, begun);
            } else {
                vertx.setTimer(MAX_AGE_MILLIS, passed -> renderings.remove(audience, begun));
            }
        });
        return begun.rendered();
    }

    private Future<SharedText> render(Vertx vertx, MetricsAudience audience) {
        // the board belongs to this event loop, but any thread may read a frozen copy
        Future<Frozen.Board> frozen = services ? board.freeze(vertx) : Future.succeededFuture(NO_SERVICES);
        return lists.counts(audience.sight())
                .map(MetricsText::states)
                .compose(states -> frozen.compose(all -> worker(vertx)
                        .executeBlocking(() -> new SharedText(TEXT, text.render(states, all, audience)), false)));
    }
}
