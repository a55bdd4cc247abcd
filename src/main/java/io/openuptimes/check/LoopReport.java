package io.openuptimes.check;

import io.openuptimes.bus.CheckMessage.Lag;
import io.openuptimes.check.RecentChecks.Window;

/**
 * How well a check loop keeps up with its schedule.
 *
 * @param services number of services known
 * @param held number of services scheduled on this node
 * @param lastTick when the loop last looked for due services, epoch milliseconds
 * @param overdue number of due services whose check has not started
 * @param oldestOverdue how long the oldest of them has been due, milliseconds
 * @param sinceShortage milliseconds since a check was skipped because this machine was too slow
 * @param lag from due time to when checks could have started
 * @param waits of the checks that had to wait for a permit
 */
record LoopReport(
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

    LoopReport and(LoopReport other) {
        return new LoopReport(
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
     * Whether this machine keeps up: no check is more than a second late, 99 % of those of the last minute were not,
     * and the only checks skipped in that minute were skipped because of their targets.
     */
    boolean keepsUp() {
        Lag late = lag.lag();
        return oldestOverdue <= LATE_MS
                && (late == null || late.p99() <= LATE_MS)
                && sinceShortage > RecentChecks.WINDOW_S * 1000L;
    }
}
