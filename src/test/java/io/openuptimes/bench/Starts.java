package io.openuptimes.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Connections per second, counted by the targets instead of the service. */
final class Starts implements AutoCloseable {

    private static final long SECOND_NS = 1_000_000_000;

    private final Targets targets;
    private final List<Double> perSecond = new ArrayList<>();
    private final Thread thread = new Thread(this::count, "starts");
    private volatile boolean ended;

    Starts(Targets targets) {
        this.targets = targets;
        thread.setDaemon(true);
        thread.start();
    }

    private void count() {
        try {
            long accepts = targets.accepts();
            long at = System.nanoTime();
            long due = at;
            while (!ended) {
                due += SECOND_NS;
                Thread.sleep(Math.max(1, (due - System.nanoTime()) / 1_000_000));
                long next = targets.accepts();
                long now = System.nanoTime();
                synchronized (perSecond) {
                    perSecond.add((next - accepts - 1) * (double) SECOND_NS / (now - at));
                }
                accepts = next;
                at = now;
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("starts are not counted any more: " + e);
        }
    }

    /** The counts so far, one per second. */
    List<Double> perSecond() {
        synchronized (perSecond) {
            return List.copyOf(perSecond);
        }
    }

    @Override
    public void close() {
        ended = true;
    }

    static double mean(List<Double> perSecond) {
        return perSecond.stream().mapToDouble(starts -> starts).average().orElse(0);
    }

    static double most(List<Double> perSecond) {
        return perSecond.stream().mapToDouble(starts -> starts).max().orElse(0);
    }

    /** Ratio of the busiest second to the mean; 1 is perfectly even. */
    static double unevenness(List<Double> perSecond) {
        return most(perSecond) / mean(perSecond);
    }

    static String told(List<Double> perSecond) {
        double mean = mean(perSecond);
        return String.format(
                Locale.ROOT,
                "%.2f times the mean of %.0f (least %.0f, most %.0f)",
                unevenness(perSecond),
                mean,
                perSecond.stream().mapToDouble(starts -> starts).min().orElse(0),
                most(perSecond));
    }
}
