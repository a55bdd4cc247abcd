package io.openuptimes.bench;

import java.util.Locale;

/** 1,000,000 services at 300 s. Runs only in the full form or when named. */
final class MillionScenario implements Scenario {

    private static final Stock STOCK = new Stock(1_000_000, 300, Stock.Kind.HTTP);
    private static final double MOST_MIB = 4_096;
    private static final double MOST_PAGE_MS = 20;

    @Override
    public String name() {
        return "million";
    }

    @Override
    public boolean onlyFull() {
        return true;
    }

    @Override
    public void run(Bench bench) throws Exception {
        bench.subject(STOCK);
        Subject subject = bench.restarted();
        double loaded = subject.secondsUntilLogged("schedule has " + STOCK.count() + " services");
        Thread.sleep(60_000);
        Window window = Window.of(bench, subject, bench.size(60, STOCK.interval()));
        bench.report.add(Row.of(
                "1,000,000 services at 300 s",
                "starts, keeps its schedule",
                String.format(
                        Locale.ROOT,
                        "listening after %.1f s, schedule after %.1f s; %s; lag %s; starts %s; CPU-s per 1,000: %s",
                        subject.startSeconds,
                        loaded,
                        window.counts(),
                        window.lag(),
                        Starts.told(window.starts),
                        window.cost()),
                window.missed == 0 && window.checks > STOCK.perSecond() * window.seconds * 0.98));
        bench.report.add(Row.of(
                "its memory", "≤ 4 GiB resident", window.memory(), window.all().residentMiB() <= MOST_MIB));
        Wrk.run(1, subject.service.url() + "/api/status?limit=100", 3);
        Wrk page = Wrk.run(1, subject.service.url() + "/api/status?limit=100", 10);
        bench.report.add(Row.of(
                "a page of 100 of it, one client",
                "≤ 20 ms",
                String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms", page.p50Ms(), page.p99Ms()),
                page.p99Ms() <= MOST_PAGE_MS));
        bench.end();
    }
}
