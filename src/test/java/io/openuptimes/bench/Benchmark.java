package io.openuptimes.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Measures the service on this machine, with targets, Redis and load generator on the same machine, and compares the
 * results with the goals. Uses {@code nginx}, {@code wrk} and {@code prometheus-blackbox-exporter} if installed.
 *
 * <p>Arguments: {@code short} (the default) or {@code full}, and names of scenarios, by default all. Prints the table
 * and writes it to {@code target/benchmark.md}.
 */
public final class Benchmark {

    /** Ordered so that a scenario can reuse the services of the previous one. */
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
        // stops everything started here, also on Ctrl-C
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
        System.exit(0); // despite threads left running by client libraries
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
