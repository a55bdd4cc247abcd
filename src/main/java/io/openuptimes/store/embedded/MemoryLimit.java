package io.openuptimes.store.embedded;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Memory limit of the embedded Redis: three quarters of the machine's or container's memory after subtracting this
 * process's maximum heap and a reserve, and at most half of the total. A full Redis refuses writes, and results wait
 * for room; without a limit, the kernel would kill one of the two processes.
 */
final class MemoryLimit {

    private static final long MIB = 1L << 20;
    /** Enough for a few thousand services; a smaller machine is not supported. */
    private static final long LEAST = 64 * MIB;
    /** Minimum for the JVM outside its heap. */
    private static final long LEAST_RESERVE = 128 * MIB;

    private MemoryLimit() {}

    /** The limit for this process on this machine, in bytes. */
    static long here() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? of(system.getTotalMemorySize(), Runtime.getRuntime().maxMemory())
                : 0;
    }

    /**
     * The limit in bytes.
     *
     * @param total memory of the machine or the container
     * @param heap this process's maximum heap size
     */
    static long of(long total, long heap) {
        long reserve = Math.max(LEAST_RESERVE, total / 16);
        return Math.max(LEAST, Math.min(total / 2, (total - heap - reserve) / 4 * 3));
    }

    /** The limit for a log line. */
    static String text(long bytes) {
        if (bytes == 0) {
            return "any amount";
        }
        return bytes < MIB
                ? String.format(Locale.ROOT, "up to %,d bytes", bytes)
                : String.format(Locale.ROOT, "up to %,d MiB", bytes / MIB);
    }
}
