package io.openuptimes.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.openuptimes.model.Scope;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.web.access.Access;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code GET /metrics} in Prometheus's text format: the process's own, and two gauges for each service. */
final class MetricsHandler {

    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; version=0.0.4; charset=utf-8");

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
    private final boolean services;

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
        // the board is this event loop's, so it is read here; the rest may take a while
        String gauges = services ? gauges(Access.caller(context).may(Scope.READ)) : "";
        context.vertx()
                .executeBlocking(() -> Buffer.buffer(registry.scrape() + gauges), false)
                .onSuccess(text -> {
                    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
                    Answers.end(context, 200, TEXT, text);
                })
                .onFailure(context::fail);
    }

    private String gauges(boolean withHidden) {
        StringBuilder up = new StringBuilder(UP_HEAD);
        StringBuilder seconds = new StringBuilder(SECONDS_HEAD);
        for (BoardEntry entry : board.entries()) {
            ServiceStatus status = entry.status();
            if (entry.shown() == Status.UNKNOWN // or paused: what was last known of it would set off alerts
                    || !(withHidden || entry.service().visible())) {
                continue;
            }
            String label = "{service=\"" + escaped(entry.service().name()) + "\"} ";
            up.append("openuptimes_service_up").append(label).append(status.status() == Status.UP ? '1' : '0');
            up.append('\n');
            seconds.append("openuptimes_service_response_seconds").append(label);
            seconds.append(status.responseTime() / 1000.0).append('\n');
        }
        return up.append(seconds).toString();
    }

    /** As the format asks for in a label's value; a name has no line breaks, but this does not rely on that. */
    static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
