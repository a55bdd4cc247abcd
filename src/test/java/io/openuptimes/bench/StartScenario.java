package io.openuptimes.bench;

import java.util.List;
import java.util.Locale;

/** Startup with 100,000 stored services. */
final class StartScenario implements Scenario {

    private static final double MOST_LISTENING_S = 5;
    private static final double MOST_SCHEDULE_S = 10;
    private static final double MOST_UNEVEN = 1.5;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public void run(Bench bench) throws Exception {
        bench.subject(SteadyScenario.STOCK);
        Subject subject = bench.restarted();
        double loaded = subject.secondsUntilLogged("schedule has " + SteadyScenario.STOCK.count() + " services");
        List<Double> starts;
        try (Starts counted = new Starts(bench.targets)) {
            Thread.sleep(SteadyScenario.STOCK.interval() * 1_000L + 5_000);
            starts = counted.perSecond();
        }
        bench.report.add(Row.of(
                "start with 100,000 services stored",
                "listening ≤ 5 s, schedule ≤ 10 s",
                String.format(
                        Locale.ROOT, "listening after %.1f s, schedule after %.1f s", subject.startSeconds, loaded),
                subject.startSeconds <= MOST_LISTENING_S && loaded <= MOST_SCHEDULE_S));
        bench.report.add(Row.of(
                "starts in any second from then on",
                "no burst: ≤ 1.5 times the mean",
                Starts.told(starts),
                Starts.unevenness(starts) <= MOST_UNEVEN));
        bench.end();
    }
}
