package io.openuptimes.cli;

import io.openuptimes.store.backup.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Says from time to time how far something is that takes long. Belongs to one event loop. */
final class ProgressLines {

    /** There may be gigabytes. */
    static final Duration PATIENCE = Duration.ofHours(24);

    private static final long EVERY_NS = TimeUnit.SECONDS.toNanos(3);
    private static final double KB = 1_000;

    private final PrintWriter out;
    private final String unit;
    private long lastSaid = System.nanoTime();

    /**
     * @param unit what is counted
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
