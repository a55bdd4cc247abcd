package io.openuptimes.check;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many files the system lets this process have open: each check takes one, for its connection. */
final class OpenFiles {

    private static final Logger log = LoggerFactory.getLogger(OpenFiles.class);

    /** For clients, Redis, libraries and the like; at most half of what there is. */
    private static final long RESERVE = 1_000;

    private OpenFiles() {}

    /**
     * What the setting {@code checks.maxInFlight} comes to here.
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
