package io.openuptimes.store.history;

import io.openuptimes.health.Timeline;
import io.openuptimes.model.CheckCounts;
import io.openuptimes.model.StateTimes;
import io.openuptimes.model.Uptime;
import io.openuptimes.model.UptimeReport;
import io.openuptimes.store.data.Keys;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a service was in each state, by its log. For time before the log began, which versions without logs wrote, the
 * share of successful checks of the hour or day stands in.
 *
 * @param timeline by the log, to the end of the current millisecond
 * @param counts of the checks
 * @param now epoch milliseconds; the end of the current hour and day
 */
record StateShares(Timeline timeline, Rollup.Counts counts, long now) {

    UptimeReport report(String id) {
        Uptime uptime = new Uptime(
                latest(1, counts.firstHour(), Keys.HOUR_MS, counts.hours()).uptime(),
                latest(7, counts.firstDay(), Keys.DAY_MS, counts.days()).uptime(),
                latest(30, counts.firstDay(), Keys.DAY_MS, counts.days()).uptime());
        return new UptimeReport(
                id,
                uptime,
                counts.firstHour(),
                counts.hours(),
                series(counts.firstHour(), Keys.HOUR_MS, counts.hours()),
                counts.firstDay(),
                counts.days(),
                series(counts.firstDay(), Keys.DAY_MS, counts.days()));
    }

    private List<StateTimes> series(long first, long step, List<CheckCounts> steps) {
        List<StateTimes> series = new ArrayList<>(steps.size());
        for (int i = 0; i < steps.size(); i++) {
            long from = first + i * step;
            series.add(
                    timeline.between(from, Math.min(from + step, now)).plus(counted(from, from + step, steps.get(i))));
        }
        return series;
    }

    private StateTimes latest(int days, long first, long step, List<CheckCounts> steps) {
        long from = now - days * Keys.DAY_MS;
        StateTimes times = timeline.between(from, now);
        for (int i = 0; i < steps.size(); i++) {
            long start = first + i * step;
            times = times.plus(counted(Math.max(from, start), start + step, steps.get(i)));
        }
        // a service that has been checked for the first time just now
        return times.known() == 0 ? timeline.between(now, now + 1) : times;
    }

    /** The time before the log, if the service was checked then. */
    private StateTimes counted(long from, long to, CheckCounts count) {
        long until = Math.min(Math.min(to, now), timeline.begin());
        if (timeline.isComplete() || count.checks() == 0 || from >= until) {
            return StateTimes.NONE;
        }
        long up = (until - from) * count.up() / count.checks();
        return new StateTimes(up, until - from - up, 0, 0, 0);
    }
}
