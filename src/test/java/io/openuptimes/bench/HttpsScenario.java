package io.openuptimes.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** HTTPS with verified certificates: a full handshake per check, and resumed sessions if the option exists. */
final class HttpsScenario implements Scenario {

    private static final double MOST_CPU = 0.65;
    private static final String OPTION = "tlsResumption";

    private double fresh = Double.NaN;

    @Override
    public String name() {
        return "https";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Window window = measure(bench, Map.of());
        fresh = window.all().per1000Checks(window.checks);
        bench.costs.put("HTTPS", fresh);
        String what = String.format(Locale.ROOT, "%,d HTTPS services at %d s, verified", count(bench), interval(bench));
        bench.report.add(Row.of(
                what,
                "none missed, ≤ 0.65 CPU-s per 1,000",
                String.format(
                        Locale.ROOT,
                        "%s; %s; lag %s; %s",
                        window.cost(),
                        window.counts(),
                        window.lag(),
                        window.memory()),
                window.missed == 0 && fresh <= MOST_CPU));
        bench.end();
        resumed(bench);
    }

    private void resumed(Bench bench) throws Exception {
        if (!Files.readString(Path.of("conf/openuptimes.yaml")).contains(OPTION)) {
            bench.report.add(
                    Row.notMeasured("the same, resumed", "≤ half of a fresh one's", "there is no such option"));
            return;
        }
        Window window = measure(bench, Map.of("OPENUPTIMES_CHECKS_TLS_RESUMPTION", "3600"));
        double cost = window.all().per1000Checks(window.checks);
        bench.report.add(Row.of(
                "the same, resumed",
                "≤ half of a fresh one's",
                String.format(
                        Locale.ROOT,
                        "%s, ratio %.2f; %s; lag %s",
                        window.cost(),
                        cost / fresh,
                        window.counts(),
                        window.lag()),
                window.missed == 0 && cost <= fresh / 2));
        bench.end();
    }

    private static Window measure(Bench bench, Map<String, String> settings) throws Exception {
        Subject subject = bench.subject(new Stock(count(bench), interval(bench), Stock.Kind.HTTPS, settings));
        Thread.sleep(interval(bench) * 1_500L);
        return Window.of(bench, subject, bench.size(40, 180));
    }

    /** The short form uses a fifth of the services at a fifth of the interval, for the same check rate. */
    private static int count(Bench bench) {
        return bench.size(20_000, 100_000);
    }

    private static int interval(Bench bench) {
        return bench.size(12, 60);
    }
}
