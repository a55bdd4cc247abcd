package io.openuptimes.check;

/** Metrics of one check loop. Belongs to one event loop; times are the schedule's, epoch milliseconds. */
final class LoopMetrics {

    private final CheckMetrics all;
    /** From due time to when the check could have started. */
    private final RecentChecks lag;
    /** From then to the start, for checks that had to wait for a permit. */
    private final RecentChecks wait;

    private long lastShortage;

    /**
     * @param all metrics of all loops
     * @param now start of counting
     */
    LoopMetrics(CheckMetrics all, long now) {
        this.all = all;
        this.lag = new RecentChecks(now);
        this.wait = new RecentChecks(now);
    }

    /**
     * @param readyAt when the check could have started without the concurrency limits
     * @param now when it started
     */
    void started(long dueAt, long readyAt, long now) {
        lag.started(now, readyAt - dueAt);
        all.lag(readyAt - dueAt);
        if (now > readyAt) {
            wait.started(now, now - readyAt);
            all.waited(now - readyAt);
        }
    }

    void missed(Missed why, long count, long now) {
        all.missed(why, count);
        if (why != Missed.RUNNING && why != Missed.HANDOVER) {
            lastShortage = now;
        }
    }

    /**
     * Records a time during which nothing could start. The schedule's clock skips it, so no check's lag includes it; it
     * is counted as a lag of its own.
     *
     * @param missed number of checks that would have started
     */
    void stoodStill(long millis, long missed, long now) {
        lag.started(now, millis);
        all.lag(millis);
        missed(Missed.STANDSTILL, missed, now);
    }

    RecentChecks lag() {
        return lag;
    }

    RecentChecks waits() {
        return wait;
    }

    /** When a check was last skipped because this machine, not the target, was too slow. */
    long lastShortage() {
        return lastShortage;
    }
}
