package io.openuptimes.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.openuptimes.model.DatedCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.model.Status;
import io.openuptimes.web.access.Sight;
import io.openuptimes.web.board.Counts;
import io.openuptimes.web.board.Frozen;
import io.openuptimes.web.board.Shown;
import io.openuptimes.web.http.Pieces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Renders metrics in Prometheus's text format: the process's own and, if a board is given, gauges per service. */
final class MetricsText {

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
    private static final String UP_HEAD = """
            # HELP openuptimes_service_up Whether the last check found it up
            # TYPE openuptimes_service_up gauge
            """;
    private static final String SECONDS_HEAD = """
            # HELP openuptimes_service_response_seconds Response time of the last check
            # TYPE openuptimes_service_response_seconds gauge
            """;

    private static final String EXPIRY_HEAD = """
            # HELP openuptimes_service_certificate_expiry_seconds When the server's certificate expires, Unix time
            # TYPE openuptimes_service_certificate_expiry_seconds gauge
            """;

    /** Writes the line of one service. */
    private interface Gauge {
        void append(StringBuilder text, String label, Frozen segment, int index);
    }

    private final List<byte[]> pieces = new ArrayList<>();
    private final StringBuilder text = new StringBuilder(Pieces.SIZE + 1_000);

    private MetricsText() {}

    /**
     * Takes a while for many services; may run on any thread.
     *
     * @param states made by {@link #states}
     */
    static List<byte[]> render(PrometheusMeterRegistry registry, String states, Frozen.Board board, Sight sight) {
        MetricsText metrics = new MetricsText();
        metrics.text.append(registry.scrape()).append(states);
        metrics.gauges(UP_HEAD, board, sight, current(MetricsText::up));
        metrics.gauges(SECONDS_HEAD, board, sight, current(MetricsText::seconds));
        metrics.gauges(EXPIRY_HEAD, board, sight, MetricsText::expiry);
        metrics.flush();
        return metrics.pieces;
    }

    /** How many services are in each state. */
    static String states(Counts counts) {
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

    private void gauges(String head, Frozen.Board board, Sight sight, Gauge gauge) {
        if (board.segments().isEmpty()) {
            return;
        }
        text.append(head);
        Set<String> seen = new HashSet<>();
        for (Frozen segment : board.segments()) {
            for (int i = 0; i < segment.size(); i++) {
                Service service = segment.service(i);
                if (service.paused() // what was seen last would set off alerts
                        || !sight.sees(service)
                        || (board.changed() && !seen.add(service.id()))) {
                    continue;
                }
                gauge.append(text, "{service=\"" + escaped(service.name()) + "\"} ", segment, i);
                if (text.length() >= Pieces.SIZE) {
                    flush();
                }
            }
        }
    }

    /** Of results that count. What else is known of a service, such as its certificate, may be told without one. */
    private static Gauge current(Gauge gauge) {
        return (text, label, segment, index) -> {
            if (!segment.isStale(index) && segment.status(index).status() != Status.UNKNOWN) {
                gauge.append(text, label, segment, index);
            }
        };
    }

    private static void up(StringBuilder text, String label, Frozen segment, int index) {
        boolean up = segment.status(index).status() == Status.UP;
        text.append("openuptimes_service_up").append(label).append(up ? '1' : '0');
        text.append('\n');
    }

    private static void seconds(StringBuilder text, String label, Frozen segment, int index) {
        text.append("openuptimes_service_response_seconds").append(label);
        text.append(segment.status(index).responseTime() / 1000.0).append('\n');
    }

    /** The leaf's, as {@code validTo}; a chain that expires earlier counts among the services with a warning. */
    private static void expiry(StringBuilder text, String label, Frozen segment, int index) {
        DatedCertificate certificate = segment.certificate(index);
        if (certificate != null) {
            text.append("openuptimes_service_certificate_expiry_seconds").append(label);
            text.append(certificate.certificate().validTo() / 1000).append('\n');
        }
    }

    private void flush() {
        pieces.add(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }

    /** As the format asks for in a label's value; a name has no line breaks, but this does not rely on that. */
    static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
