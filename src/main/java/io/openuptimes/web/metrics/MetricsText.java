package io.openuptimes.web.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.openuptimes.config.Settings;
import io.openuptimes.model.Service;
import io.openuptimes.web.board.Counts;
import io.openuptimes.web.board.Frozen;
import io.openuptimes.web.board.Shown;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Renders metrics in Prometheus's text format: the process's, the number of services per state, and each service's. */
public final class MetricsText {

    private static final String STATES_HEAD = """
            # HELP openuptimes_services Services by state
            # TYPE openuptimes_services gauge
            """;
    private static final String STALE_HEAD = """
            # HELP openuptimes_services_stale Those of the unknown ones whose last result is too old to count
            # TYPE openuptimes_services_stale gauge
            """;
    private static final String WARNED_HEAD = """
            # HELP openuptimes_services_warned Services with a warning, such as a certificate that expires soon; paused ones have none
            # TYPE openuptimes_services_warned gauge
            """;

    private final PrometheusMeterRegistry registry;
    private final boolean details;
    private final ServiceLabels labels;

    public MetricsText(PrometheusMeterRegistry registry, Settings.Metrics settings) {
        this.registry = registry;
        details = settings.details();
        labels = new ServiceLabels(settings.labels());
    }

    /**
     * Takes a few milliseconds for 10,000 services. Callable on any thread.
     *
     * @param states from {@link #states}
     * @param board empty to omit the services' series
     */
    public List<byte[]> render(String states, Frozen.Board board, MetricsAudience audience) {
        List<byte[]> pieces = new ArrayList<>();
        pieces.add((registry.scrape() + states).getBytes(StandardCharsets.UTF_8));
        if (!board.segments().isEmpty()) {
            services(board, audience).addTo(pieces);
        }
        return pieces;
    }

    private ServiceSeries services(Frozen.Board board, MetricsAudience audience) {
        ServiceSeries series = new ServiceSeries(labels, details, audience.disclosure());
        Set<String> seen = new HashSet<>();
        for (Frozen segment : board.segments()) {
            for (int i = 0; i < segment.size(); i++) {
                Service service = segment.service(i);
                if (audience.sight().sees(service) && (!board.changed() || seen.add(service.id()))) {
                    series.add(segment, i);
                }
            }
        }
        return series;
    }

    /** Number of services per state. */
    public static String states(Counts counts) {
        StringBuilder text = new StringBuilder(STATES_HEAD);
        for (Shown state : Shown.values()) {
            text.append("openuptimes_services{state=\"").append(state.word()).append("\"} ");
            text.append(counts.of(state)).append('\n');
        }
        return text.append(STALE_HEAD)
                .append("openuptimes_services_stale ")
                .append(counts.stale())
                .append('\n')
                .append(WARNED_HEAD)
                .append("openuptimes_services_warned ")
                .append(counts.warned())
                .append('\n')
                .toString();
    }
}
