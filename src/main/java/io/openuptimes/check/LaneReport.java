package io.openuptimes.check;

import io.openuptimes.bus.CheckMessage.Lag;
import io.openuptimes.check.RecentChecks.Window;

/**
 * How a lane keeps up.
 *
 * @param services that it knows
 * @param held those of them that are in its schedule, which are this node's to check
 * @param lastTick when it last looked for due services, epoch milliseconds
 * @param overdue services that are due and not started
 * @param oldestOverdue how long the first of them has been waiting, milliseconds
 * @param sinceShortage milliseconds since a check was left out because this machine was behind
 * @param lag from when checks were due to when they could start
 * @param waits of those that had to wait for a permit
 */
record LaneReport(
        int services,
        int held,
        int paused,
        long lastTick,
        int overdue,
        long oldestOverdue,
        long sinceShortage,
        Window lag,
        Window waits) {

    private static final long LATE_MS = 1_000;

    LaneReport and(LaneReport other) {
        return new LaneReport(
                services + other.services,
                held + other.held,
                paused + other.paused,
                Math.min(lastTick, other.lastTick),
                overdue + other.overdue,
                Math.max(oldestOverdue, other.oldestOverdue),
                Math.min(sinceShortage, other.sinceShortage),
                lag.and(other.lag),
                waits.and(other.waits));
    }

    /**
     * Whether this machine does what is due: no check waits for its start for longer than a second, 99 of 100 did not in
     * the last minute, and none was left out in it but for what the targets made of it.
     */
    boolean keepsUp() {
        Lag late = lag.lag();
        return oldestOverdue <= LATE_MS
                && (late == null || late.p99() <= LATE_MS)
                && sinceShortage > RecentChecks.WINDOW_S * 1000L;
    }
}
