package io.openuptimes.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.Sight;
import io.openuptimes.web.board.Counts;
import io.openuptimes.web.board.Frozen;
import io.openuptimes.web.board.Shown;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.list.Lists;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code GET /metrics} in Prometheus's text format: the process's own, and two gauges for each service. */
final class MetricsHandler {

    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; version=0.0.4; charset=utf-8");

    private static final String STATES_HEAD = """
            # HELP openuptimes_services Services by state
            # TYPE openuptimes_services gauge
            """;
    private static final String STALE_HEAD = """
            # HELP openuptimes_services_stale Those of the unknown ones whose last result is too old to count
            # TYPE openuptimes_services_stale gauge
            """;
    private static final String UP_HEAD = """
            # HELP openuptimes_service_up Whether the last check found it up
            # TYPE openuptimes_service_up gauge
            """;
    private static final String SECONDS_HEAD = """
            # HELP openuptimes_service_response_seconds Response time of the last check
            # TYPE openuptimes_service_response_seconds gauge
            """;

    private final PrometheusMeterRegistry registry;
    private final StatusBoard board;
    private final Lists lists;
    private final boolean services;

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
        Sight sight = Access.caller(context).sight();
        // the board is this event loop's; what is frozen of it may be read on another thread, and all that takes a
        // while
        Future<Frozen.Board> frozen =
                services ? board.freeze(context.vertx()) : Future.succeededFuture(new Frozen.Board(List.of(), false));
        lists.counts(sight)
                .map(MetricsHandler::states)
                .compose(states -> frozen.compose(all -> context.vertx()
                        .executeBlocking(() -> Buffer.buffer(registry.scrape() + states + gauges(all, sight)), false)))
                .onSuccess(text -> {
                    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
                    Answers.end(context, 200, TEXT, text);
                })
                .onFailure(context::fail);
    }

    private static StringBuilder states(Counts counts) {
        StringBuilder text = new StringBuilder(STATES_HEAD);
        for (Shown state : Shown.values()) {
            text.append("openuptimes_services{state=\"").append(state.word()).append("\"} ");
            text.append(counts.of(state)).append('\n');
        }
        return text.append(STALE_HEAD)
                .append("openuptimes_services_stale ")
                .append(counts.stale())
                .append('\n');
    }

    private String gauges(Frozen.Board board, Sight sight) {
        if (!services) {
            return "";
        }
        StringBuilder up = new StringBuilder(UP_HEAD);
        StringBuilder seconds = new StringBuilder(SECONDS_HEAD);
        Set<String> seen = new HashSet<>();
        for (Frozen segment : board.segments()) {
            for (int i = 0; i < segment.size(); i++) {
                Service service = segment.service(i);
                ServiceStatus status = segment.status(i);
                if (service.paused() // what was last known of it would set off alerts
                        || segment.isStale(i) // likewise
                        || status.status() == Status.UNKNOWN
                        || !sight.sees(service)
                        || (board.changed() && !seen.add(service.id()))) {
                    continue;
                }
                String label = "{service=\"" + escaped(service.name()) + "\"} ";
                up.append("openuptimes_service_up").append(label).append(status.status() == Status.UP ? '1' : '0');
                up.append('\n');
                seconds.append("openuptimes_service_response_seconds").append(label);
                seconds.append(status.responseTime() / 1000.0).append('\n');
            }
        }
        return up.append(seconds).toString();
    }

    /** As the format asks for in a label's value; a name has no line breaks, but this does not rely on that. */
    static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
