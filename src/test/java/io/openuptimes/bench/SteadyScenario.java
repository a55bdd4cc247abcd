package io.openuptimes.bench;

import java.util.Locale;

/** 100,000 services at 30 s: whether all checks are on time, and their cost compared with a bare WebClient. */
final class SteadyScenario implements Scenario {

    static final Stock STOCK = new Stock(100_000, 30, Stock.Kind.HTTP);

    private static final double MOST_CPU = 0.10;
    private static final double MOST_LAG_MS = 100;
    private static final double MOST_UNEVEN = 1.5;
    private static final double MOST_MIB = 1_024;
    private static final long MOST_ADDED_MS = 10;

    @Override
    public String name() {
        return "steady";
    }

    @Override
    public void run(Bench bench) throws Exception {
        double bare = BareLoop.clientCost(bench.targets, STOCK.perSecond());
        Subject subject = bench.subject(STOCK);
        Report.progress("a round and a half of warm-up");
        Thread.sleep(STOCK.interval() * 1_500L);
        Window window = Window.of(bench, subject, bench.size(60, 300));
        Report report = bench.report;
        report.add(Row.of(
                "100,000 services at 30 s",
                "none missed",
                window.counts(),
                window.missed == 0 && window.checks > STOCK.perSecond() * window.seconds * 0.98));
        report.add(Row.of("their lag", "p99 ≤ 100 ms", window.lag(), window.lag(0.99) <= MOST_LAG_MS));
        report.add(Row.of(
                "their starts in any second",
                "≤ 1.5 times the mean",
                Starts.told(window.starts),
                Starts.unevenness(window.starts) <= MOST_UNEVEN));
        double cost = window.all().per1000Checks(window.checks);
        bench.costs.put("HTTP", cost);
        report.add(Row.of(
                "CPU-seconds for 1,000 of these checks",
                "≤ 0.10",
                String.format(Locale.ROOT, "%s; a bare WebClient %.3f, ratio %.2f", window.cost(), bare, cost / bare),
                cost <= MOST_CPU));
        ResponseTimes recorded = ResponseTimes.recorded(subject);
        report.add(Row.of(
                "recorded response time under that load",
                "p99 within 10 ms of a lone check's",
                recorded + "; alone " + bench.lone(),
                recorded.p99Ms() - bench.lone().p99Ms() <= MOST_ADDED_MS));
        ProcessUsage all = window.all();
        report.add(Row.of(
                "memory at 100,000 services", "≤ 1 GiB resident", window.memory(), all.residentMiB() <= MOST_MIB));
    }
}
