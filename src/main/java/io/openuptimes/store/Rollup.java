package io.openuptimes.store;

import io.openuptimes.model.CheckCounts;
import io.openuptimes.model.Uptime;
import io.openuptimes.model.UptimeReport;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts of checks by hour and by day, as {@code record.lua} keeps them: fields {@code h<hour>} and {@code d<day>},
 * values {@code checks up milliseconds}.
 */
final class Rollup {

    static final long HOUR_MS = 3_600_000;

    private Rollup() {}

    /** The hash as Redis answers it; empty where there is none. */
    static Map<String, String> counts(@Nullable Response answer) {
        Map<String, String> counts = new HashMap<>();
        if (answer != null) {
            for (String field : answer.getKeys()) {
                counts.put(field, answer.get(field).toString());
            }
        }
        return counts;
    }

    /**
     * @param counts the hash as it is stored
     * @param now epoch milliseconds
     */
    static Uptime uptime(Map<String, String> counts, long now) {
        long hour = Math.floorDiv(now, HOUR_MS);
        long day = Keys.day(now);
        return new Uptime(
                share(last(counts, "h", hour, 24)),
                share(last(counts, "d", day, 7)),
                share(last(counts, "d", day, 30)));
    }

    /**
     * @param counts the hash as it is stored
     * @param now epoch milliseconds
     */
    static UptimeReport report(String serviceId, Map<String, String> counts, long now) {
        long hour = Math.floorDiv(now, HOUR_MS);
        long day = Keys.day(now);
        return new UptimeReport(
                serviceId,
                uptime(counts, now),
                (hour - UptimeReport.HOURS + 1) * HOUR_MS,
                last(counts, "h", hour, UptimeReport.HOURS),
                (day - UptimeReport.DAYS + 1) * Keys.DAY_MS,
                last(counts, "d", day, UptimeReport.DAYS));
    }

    /** So many up to the last one, which is included; oldest first. */
    private static List<CheckCounts> last(Map<String, String> counts, String kind, long last, int many) {
        List<CheckCounts> parsed = new ArrayList<>(many);
        for (long at = last - many + 1; at <= last; at++) {
            String packed = counts.get(kind + at);
            parsed.add(packed == null ? CheckCounts.NONE : parse(packed));
        }
        return parsed;
    }

    private static CheckCounts parse(String packed) {
        String[] parts = packed.split(" ", -1);
        return new CheckCounts(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    private static @Nullable Double share(List<CheckCounts> counts) {
        long checks = counts.stream().mapToLong(CheckCounts::checks).sum();
        long up = counts.stream().mapToLong(CheckCounts::up).sum();
        return checks == 0 ? null : (double) up / checks;
    }
}
