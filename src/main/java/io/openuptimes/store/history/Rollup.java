package io.openuptimes.store.history;

import io.openuptimes.model.CheckCounts;
import io.openuptimes.model.Locations;
import io.openuptimes.model.UptimeReport;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts of checks by hour and by day, as maintained by {@code record.lua}: fields {@code h<hour>} and {@code d<day>},
 * values {@code checks up milliseconds}. The current hour's counts are in the status.
 */
final class Rollup {

    private Rollup() {}

    /**
     * Request for the counts that {@link #counts} takes.
     *
     * @param now epoch milliseconds
     */
    static Request read(String serviceId, long now) {
        return Script.READ_ROLLUP
                .call(2)
                .arg(Keys.rollup(serviceId))
                .arg(Keys.status(Keys.partition(serviceId)))
                .arg(firstHour(now))
                .arg(UptimeReport.HOURS)
                .arg(firstDay(now))
                .arg(UptimeReport.DAYS)
                .arg(serviceId);
    }

    /** Clears the counts and the state log, also of a service that may be restored. */
    static Request clear(String serviceId, long now) {
        List<String> states = Keys.allStates(serviceId, now);
        Request call = Script.CLEAR_COUNTS
                .call(3 + states.size())
                .arg(Keys.status(Keys.partition(serviceId)))
                .arg(Keys.rollup(serviceId))
                .arg(Keys.deleted(serviceId));
        states.forEach(call::arg);
        return call.arg(serviceId).arg(Locations.isIdAt(serviceId) ? serviceId : "status");
    }

    /** The parsed counts: hours before days, oldest first. */
    record Counts(long firstHour, List<CheckCounts> hours, long firstDay, List<CheckCounts> days) {}

    /**
     * @param counts Redis's answer
     * @param now the value passed to {@link #read}
     */
    static Counts counts(String counts, long now) {
        List<CheckCounts> all = parse(counts);
        return new Counts(
                firstHour(now) * Keys.HOUR_MS,
                all.subList(0, UptimeReport.HOURS),
                firstDay(now) * Keys.DAY_MS,
                all.subList(UptimeReport.HOURS, UptimeReport.HOURS + UptimeReport.DAYS));
    }

    private static long firstHour(long now) {
        return Math.floorDiv(now, Keys.HOUR_MS) - UptimeReport.HOURS + 1;
    }

    private static long firstDay(long now) {
        return Keys.day(now) - UptimeReport.DAYS + 1;
    }

    private static List<CheckCounts> parse(String counts) {
        List<CheckCounts> parsed = new ArrayList<>(UptimeReport.HOURS + UptimeReport.DAYS);
        for (int at = 0; at < counts.length(); ) {
            int end = counts.indexOf(';', at);
            parsed.add(at == end ? CheckCounts.NONE : parse(counts, at, end));
            at = end + 1;
        }
        return parsed;
    }

    private static CheckCounts parse(String counts, int at, int end) {
        int up = counts.indexOf(' ', at);
        int milliseconds = counts.indexOf(' ', up + 1);
        return new CheckCounts(
                Long.parseLong(counts, at, up, 10),
                Long.parseLong(counts, up + 1, milliseconds, 10),
                Long.parseLong(counts, milliseconds + 1, end, 10));
    }
}
