package io.openuptimes.bench;

import java.util.Locale;

/**
 * Every tenth target accepts connections and never responds. No check may be skipped, not even of these targets: each
 * times out long before its next check is due.
 */
final class HangingScenario implements Scenario {

    private static final Stock STOCK = new Stock(100_000, 30, Stock.Kind.TENTH_HANGS);
    private static final double MOST_LAG_MS = 500;
    private static final double FLAT = 1.10;

    @Override
    public String name() {
        return "hanging";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Subject subject = bench.subject(STOCK);
        Thread.sleep(STOCK.interval() * 1_500L);
        Window window = Window.of(bench, subject, bench.size(60, 300));
        ProcessUsage after = window.all();
        double grown = after.residentMiB() / window.before.residentMiB();
        bench.report.add(Row.of(
                "10 % of 100,000 targets never answer",
                "none missed, lag p99 ≤ 500 ms, memory flat",
                String.format(
                        Locale.ROOT,
                        "lag %s; %s; %.0f MiB resident, then %.0f; CPU-s per 1,000: %s",
                        window.lag(),
                        window.counts(),
                        window.before.residentMiB(),
                        after.residentMiB(),
                        window.cost()),
                window.missed == 0 && window.lag(0.99) <= MOST_LAG_MS && grown <= FLAT));
        bench.end();
    }
}
