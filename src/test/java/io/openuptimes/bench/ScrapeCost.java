package io.openuptimes.bench;

import static io.openuptimes.testing.Await.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.openuptimes.config.Settings;
import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.web.LargeBoard;
import io.openuptimes.web.Samples;
import io.openuptimes.web.access.Sight;
import io.openuptimes.web.board.Frozen;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.metrics.MetricsAudience;
import io.openuptimes.web.metrics.MetricsText;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The cost of a scrape of {@code /metrics}: CPU time to copy and render the board, and response size, for the default
 * series, with a key, and with details. Measures the last rounds; the first ones are the warm-up.
 *
 * <p>Arguments: services (10000), rounds (300).
 */
public final class ScrapeCost {

    private static final List<String> NO_LABELS = List.of();

    private ScrapeCost() {}

    public static void main(String[] args) {
        int services = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 300;
        Vertx vertx = Vertx.vertx();
        StatusBoard board = board(services);
        measure(
                "default series",
                vertx,
                board,
                rounds,
                new Settings.Metrics(true, false, NO_LABELS),
                Disclosure.PUBLIC);
        measure("with a key", vertx, board, rounds, new Settings.Metrics(true, false, NO_LABELS), Disclosure.READER);
        measure(
                "details and two labels",
                vertx,
                board,
                rounds,
                new Settings.Metrics(true, true, List.of("team", "env")),
                Disclosure.READER);
        await(vertx.close());
    }

    private static StatusBoard board(int services) {
        List<Service> all = new ArrayList<>(services);
        List<ServiceStatus> statuses = new ArrayList<>(services);
        for (int i = 0; i < services; i++) {
            String id = "%032x".formatted(i);
            all.add(LargeBoard.service(id, "service-" + i, i));
            statuses.add(i % 100 == 0 ? Samples.down(id, 1_700_000_000_000L) : Samples.up(id, 1_700_000_000_000L + i));
        }
        StatusBoard board = new StatusBoard();
        board.load(all, statuses);
        return board;
    }

    private static void measure(
            String what, Vertx vertx, StatusBoard board, int rounds, Settings.Metrics settings, Disclosure disclosure) {
        MetricsText text = new MetricsText(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), settings);
        Sight sight = disclosure == Disclosure.PUBLIC ? Sight.PUBLIC : Sight.EVERYTHING;
        MetricsAudience audience = new MetricsAudience(sight, disclosure);
        long[] nanos = new long[rounds];
        long bytes = 0;
        for (int i = 0; i < rounds; i++) {
            long before = cpu();
            Frozen.Board frozen = await(board.freeze(vertx));
            List<byte[]> pieces = text.render(MetricsText.states(board.counts(true)), frozen, audience);
            nanos[i] = cpu() - before;
            bytes = pieces.stream().mapToLong(piece -> piece.length).sum();
        }
        long[] warm = Arrays.copyOfRange(nanos, rounds / 2, rounds);
        Arrays.sort(warm);
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f ms of CPU, p95 %.1f ms, %,d bytes%n",
                what,
                warm[warm.length / 2] / 1e6,
                warm[warm.length * 95 / 100] / 1e6,
                bytes);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
