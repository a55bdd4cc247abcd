package io.openuptimes.check;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Derives the concurrency limit from the system's open-file limit: each check uses one file for its connection. */
final class OpenFiles {

    private static final Logger log = LoggerFactory.getLogger(OpenFiles.class);

    /** Kept for clients, Redis and libraries; at most half of the limit. */
    private static final long RESERVE = 1_000;

    private OpenFiles() {}

    /**
     * The effective value of the setting {@code checks.maxInFlight} on this system.
     *
     * @return at least 1
     */
    static int maxInFlight(int setting) {
        int possible = atMost(setting, limit());
        if (possible < setting) {
            log.info(
                    "at most {} checks run at a time instead of {}: the process may open {} files only. Raise the limit (ulimit -n)",
                    possible,
                    setting,
                    limit());
        }
        return possible;
    }

    static int atMost(int setting, long limit) {
        return (int) Math.max(1, Math.min(setting, limit - Math.min(RESERVE, limit / 2)));
    }

    private static long limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
