package io.openuptimes.bench;

import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;

/** The service's activity and cost during a time window. */
final class Window {

    private static final String LAG = "openuptimes_check_lag_seconds";

    final double seconds;
    final double checks;
    final double stored;
    final double missed;
    final ProcessUsage service;
    final ProcessUsage redis;
    final ProcessUsage before;
    final List<Double> starts;
    private final NavigableMap<Double, Double> lagBefore;
    private final NavigableMap<Double, Double> lagAfter;

    private Window(Subject subject, Targets targets, int length) throws Exception {
        try (Starts counted = new Starts(targets)) {
            lagBefore = subject.buckets(LAG);
            double checksBefore = subject.metric("openuptimes_checks_total");
            double storedBefore = subject.metric("openuptimes_store_batch_size_sum");
            double missedBefore = subject.metric("openuptimes_checks_missed_total");
            ProcessUsage own = subject.own();
            ProcessUsage store = subject.redis();
            long begun = System.nanoTime();
            Thread.sleep(length * 1000L);
            service = subject.own().since(own);
            redis = subject.redis().since(store);
            before = own.and(store);
            seconds = (System.nanoTime() - begun) / 1e9;
            checks = subject.metric("openuptimes_checks_total") - checksBefore;
            stored = subject.metric("openuptimes_store_batch_size_sum") - storedBefore;
            missed = subject.metric("openuptimes_checks_missed_total") - missedBefore;
            lagAfter = subject.buckets(LAG);
            starts = counted.perSecond();
        }
    }

    /** Measures for the given time. */
    static Window of(Bench bench, Subject subject, int seconds) throws Exception {
        return new Window(subject, bench.targets, seconds);
    }

    double lag(double share) {
        return Subject.percentileMs(lagBefore, lagAfter, share);
    }

    String lag() {
        return String.format(Locale.ROOT, "p50 <= %.0f ms, p99 <= %.0f ms", lag(0.5), lag(0.99));
    }

    ProcessUsage all() {
        return service.and(redis);
    }

    /** CPU seconds per 1,000 checks, by process. */
    String cost() {
        return String.format(
                Locale.ROOT,
                "%s (service %s, Redis %s)",
                all().per1000(checks),
                service.per1000(checks),
                redis.per1000(checks));
    }

    String memory() {
        return memory(service, redis);
    }

    static String memory(ProcessUsage service, ProcessUsage redis) {
        return String.format(
                Locale.ROOT,
                "%.0f MiB (service %.0f, Redis %.0f; PSS %.0f)",
                service.residentMiB() + redis.residentMiB(),
                service.residentMiB(),
                redis.residentMiB(),
                service.proportionalMiB() + redis.proportionalMiB());
    }

    String counts() {
        return String.format(
                Locale.ROOT,
                "%.0f missed, %.0f checks in %.0f s, %.0f a second",
                missed,
                checks,
                seconds,
                checks / seconds);
    }
}
