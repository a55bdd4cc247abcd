package io.openuptimes.bench;

import java.util.Locale;

/** More checks than the machine can handle, to find its maximum rate. */
final class SaturationScenario implements Scenario {

    private static final Stock STOCK = new Stock(24_000, 1, Stock.Kind.HTTP);
    private static final double LEAST = 12_000;

    @Override
    public String name() {
        return "saturation";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Subject subject = bench.subject(STOCK);
        Thread.sleep(bench.size(15, 30) * 1_000L);
        Window window = Window.of(bench, subject, bench.size(30, 60));
        double stored = window.stored / window.seconds;
        bench.report.add(Row.of(
                "saturation: 24,000 services at 1 s",
                "≥ 12,000 stored a second",
                String.format(
                        Locale.ROOT,
                        "%.0f stored a second; CPU-s per 1,000: %s; %.0f missed; lag %s; response time %s; %s",
                        stored,
                        window.cost(),
                        window.missed,
                        window.lag(),
                        ResponseTimes.recorded(subject),
                        window.memory()),
                stored >= LEAST));
        bench.end();
    }
}
