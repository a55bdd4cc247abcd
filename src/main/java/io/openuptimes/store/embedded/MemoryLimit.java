package io.openuptimes.store.embedded;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * How much memory the embedded Redis may take beside this process: three quarters of what the largest heap and a
 * reserve leave of the machine, or of the container, and half of the whole at most. A full Redis refuses writes, and
 * results wait for room; without a limit, the kernel would end one of the two.
 */
final class MemoryLimit {

    private static final long MIB = 1L << 20;
    /** Enough for some thousand services; what is smaller than that is no machine for this. */
    private static final long LEAST = 64 * MIB;
    /** The Java machine outside its heap, at least. */
    private static final long LEAST_RESERVE = 128 * MIB;

    private MemoryLimit() {}

    /** For this process on this machine, in bytes. */
    static long here() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? of(system.getTotalMemorySize(), Runtime.getRuntime().maxMemory())
                : 0;
    }

    /**
     * In bytes.
     *
     * @param total of the machine or the container
     * @param heap the most that this process's heap may grow to
     */
    static long of(long total, long heap) {
        long reserve = Math.max(LEAST_RESERVE, total / 16);
        return Math.max(LEAST, Math.min(total / 2, (total - heap - reserve) / 4 * 3));
    }

    /** For a log line: how much may be stored. */
    static String text(long bytes) {
        if (bytes == 0) {
            return "any amount";
        }
        return bytes < MIB
                ? String.format(Locale.ROOT, "up to %,d bytes", bytes)
                : String.format(Locale.ROOT, "up to %,d MiB", bytes / MIB);
    }
}
