package io.openuptimes.cli;

import io.openuptimes.store.backup.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Prints the progress of a long operation at intervals. Belongs to one event loop. */
final class ProgressLines {

    /** The data may be gigabytes. */
    static final Duration PATIENCE = Duration.ofHours(24);

    private static final long EVERY_NS = TimeUnit.SECONDS.toNanos(3);
    private static final double KB = 1_000;

    private final PrintWriter out;
    private final String unit;
    private long lastSaid = System.nanoTime();

    /**
     * @param unit name of the counted items
     */
    ProgressLines(PrintWriter out, String unit) {
        this.out = out;
        this.unit = unit;
    }

    void show(Progress progress) {
        if (System.nanoTime() - lastSaid >= EVERY_NS) {
            lastSaid = System.nanoTime();
            out.printf("%,d of %,d %s%n", progress.done(), progress.total(), unit);
            out.flush();
        }
    }

    static String size(long bytes) {
        return bytes < KB * KB ? "%.1f kB".formatted(bytes / KB) : "%.1f MB".formatted(bytes / KB / KB);
    }
}
