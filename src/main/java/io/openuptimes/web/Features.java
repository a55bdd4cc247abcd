package io.openuptimes.web;

import io.openuptimes.web.http.Endpoint;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The features with endpoints: one line per feature, which creates its endpoints from a {@link WebContext}. */
final class Features {

    /** The most polled first. A path that ends in a name precedes the paths above it. */
    private static final List<Function<WebContext, List<Endpoint>>> ALL = List.of(
            StatusHandler::of,
            EventsHandler::of,
            TransitionsHandler::of,
            HistoryHandler::of,
            ResponseTimesHandler::of,
            UptimeHandler::of,
            RedisTestHandler::of,
            HealthHandlers::of,
            MetricsHandler::of,
            web -> new OpenApiHandler().endpoints(),
            web -> new CheckTypesHandler().endpoints(),
            ServiceHandler::of,
            ServicesHandler::of,
            BulkHandler::of,
            ExportHandler::of,
            DeclaredHandler::of,
            RestoreHandler::of,
            SecretsHandler::of,
            ServiceTestHandler::of,
            PingHandler::of,
            HistoryTtlHandler::of,
            OperationsHandler::of,
            NodesHandler::of,
            AuditHandler::of);

    private Features() {}

    /**
     * All endpoints of one instance.
     *
     * @param more additional endpoints from other packages
     */
    static List<Endpoint> endpoints(WebContext web, List<Endpoint> more) {
        return Stream.concat(ALL.stream().flatMap(feature -> feature.apply(web).stream()), more.stream())
                .toList();
    }
}
