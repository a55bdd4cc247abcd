package io.openuptimes.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The durations of repeated operations. */
final class Delays {

    static final String HEAD = "| what is done at one node, and where the other shows it | times | p50, p99, most ms |"
            + " within a second |\n| --- | --- | --- | --- |";

    private static final double PROMISED_MS = 1_000;

    private final String what;
    private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());

    Delays(String what) {
        this.what = what;
    }

    void add(double ms) {
        millis.add(ms);
    }

    /** Adds the milliseconds between two times of the same clock; 0 if they are reversed. */
    void add(long from, long to) {
        add((double) Math.max(0, to - from));
    }

    /** Whether all were within the limit. */
    boolean isGood() {
        return millis.stream().allMatch(ms -> ms <= PROMISED_MS);
    }

    String row() {
        List<Double> sorted = millis.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.0f, %.0f, %.0f | %s |",
                what,
                sorted.size(),
                share(sorted, 0.5),
                share(sorted, 0.99),
                share(sorted, 1),
                isGood()
                        ? "all"
                        : sorted.stream().filter(ms -> ms > PROMISED_MS).count() + " not");
    }

    private static double share(List<Double> sorted, double share) {
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.ceil(sorted.size() * share) - 1);
    }
}
