package io.openuptimes.store;

import io.openuptimes.model.Uptime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts of checks by hour and by day, as {@code record.lua} keeps them: fields {@code h<hour>} and {@code d<day>},
 * values {@code checks up milliseconds}.
 */
final class Rollup {

    static final long HOUR_MS = 3_600_000;

    private Rollup() {}

    /**
     * @param counts the hash as it is stored
     * @param now epoch milliseconds
     */
    static Uptime uptime(Map<String, String> counts, long now) {
        long hour = Math.floorDiv(now, HOUR_MS);
        long day = Keys.day(now);
        return new Uptime(
                share(counts, "h", hour - 23, hour),
                share(counts, "d", day - 6, day),
                share(counts, "d", day - 29, day));
    }

    private static @Nullable Double share(Map<String, String> counts, String kind, long first, long last) {
        long checks = 0;
        long up = 0;
        for (long at = first; at <= last; at++) {
            String packed = counts.get(kind + at);
            if (packed != null) {
                String[] parts = packed.split(" ", -1);
                checks += Long.parseLong(parts[0]);
                up += Long.parseLong(parts[1]);
            }
        }
        return checks == 0 ? null : (double) up / checks;
    }
}
