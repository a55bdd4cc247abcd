package io.openuptimes.bench;

import io.openuptimes.testing.ServiceProcess;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.function.IntFunction;

/** Bulk creation, change and deletion of 100,000 services while another 100,000 are checked. */
final class BulkScenario implements Scenario {

    private static final int COUNT = 100_000;
    private static final double MOST_S = 10;
    private static final String LAG = "openuptimes_check_lag_seconds";
    private static final String MISSED = "openuptimes_checks_missed_total";

    @Override
    public String name() {
        return "bulk";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Subject subject = bench.subject(SteadyScenario.STOCK);
        NavigableMap<Double, Double> before = subject.buckets(LAG);
        double missedBefore = subject.metric(MISSED);
        ProcessUsage used = subject.own().and(subject.redis());
        double made = Filling.fill(subject, COUNT, services(bench.targets, ""));
        double changed = Filling.fill(subject, COUNT, services(bench.targets, "changed"));
        double deleted = delete(subject.service);
        double cpu = subject.own().and(subject.redis()).since(used).cpuSeconds();
        bench.report.add(Row.of(
                "100,000 services made, changed and deleted in bulk, as many others checked",
                "each ≤ 10 s",
                String.format(
                        Locale.ROOT,
                        "%.1f, %.1f and %.1f s; %.1f CPU-s, the checks' among them",
                        made,
                        changed,
                        deleted,
                        cpu),
                Math.max(made, Math.max(changed, deleted)) <= MOST_S));
        double missed = subject.metric(MISSED) - missedBefore;
        bench.report.add(Row.of(
                "the others' checks meanwhile",
                "none missed",
                String.format(
                        Locale.ROOT,
                        "%.0f missed, lag p50 %s, p99 %s",
                        missed,
                        Subject.percentile(before, subject.buckets(LAG), 0.5),
                        Subject.percentile(before, subject.buckets(LAG), 0.99)),
                missed == 0));
    }

    private static IntFunction<JsonObject> services(Targets targets, String description) {
        return i -> new JsonObject()
                .put("name", String.format(Locale.ROOT, "bulk-%07d", i))
                .put("url", targets.http(i))
                .put("description", description)
                .put("labels", new JsonObject().put("made", "bulk"))
                .put("interval", 86_400);
    }

    private static double delete(ServiceProcess service) throws Exception {
        long begun = System.nanoTime();
        int status = service.send("DELETE", "/api/services?label=made=bulk", "").statusCode();
        if (status != 200) {
            throw new IllegalStateException("DELETE of many was answered with " + status);
        }
        return (System.nanoTime() - begun) / 1e9;
    }
}
