package io.openuptimes.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Measures the service on this machine, with targets, Redis and load beside it, and compares with what is aimed at.
 * Uses {@code nginx}, {@code wrk} and {@code prometheus-blackbox-exporter} where they are installed.
 *
 * <p>Arguments: {@code short} (the default) or {@code full}, and names of scenarios; without any, all of them. The table
 * is printed, and written to {@code target/benchmark.md}.
 */
public final class Benchmark {

    /** In an order in which one can go on with the services of the one before it. */
    private static final List<Scenario> ALL = List.of(
            new SteadyScenario(),
            new StatusScenario(),
            new BulkScenario(),
            new StartScenario(),
            new HangingScenario(),
            new SaturationScenario(),
            new HttpsScenario(),
            new PeerScenario(),
            new SmallScenario(),
            new EventsScenario(),
            new HistoryScenario(),
            new MillionScenario());

    private Benchmark() {}

    public static void main(String[] args) throws Exception {
        List<String> words = Arrays.asList(args);
        boolean full = words.contains("full");
        List<String> names = words.stream()
                .filter(word -> !word.equals("full") && !word.equals("short"))
                .toList();
        List<String> known = ALL.stream().map(Scenario::name).toList();
        if (!known.containsAll(names)) {
            System.err.println("There are these scenarios: " + String.join(" ", known));
            System.exit(2);
        }
        // also after a Ctrl-C nothing that was started here goes on
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
        Report report = new Report("Benchmark, " + (full ? "full" : "short") + " form");
        try (Bench bench = new Bench(full, report)) {
            Report.progress("the targets are served by %s", bench.targets.kind());
            for (Scenario scenario : ALL) {
                if (names.contains(scenario.name()) || (names.isEmpty() && (full || !scenario.onlyFull()))) {
                    run(scenario, bench);
                }
            }
        }
        report.write(Path.of("target/benchmark.md"));
        System.exit(0); // whatever a client library has left running
    }

    private static void run(Scenario scenario, Bench bench) throws Exception {
        System.out.println(scenario.name());
        try {
            scenario.run(bench);
        } catch (Exception | AssertionError e) {
            e.printStackTrace(System.out);
            bench.report.add(Row.notMeasured(scenario.name(), "", String.valueOf(e.getMessage())));
            bench.end();
        }
    }
}
