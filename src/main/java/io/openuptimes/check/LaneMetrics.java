package io.openuptimes.check;

/** What the checks of one lane tell of themselves. One event loop only; times are the schedule's, epoch milliseconds. */
final class LaneMetrics {

    private final CheckMetrics all;
    /** From when a check was due to when it could start. */
    private final RecentChecks lag;
    /** From then to its start, of those that had to wait for a permit. */
    private final RecentChecks wait;

    private long lastShortage;

    /**
     * @param all those of all lanes
     * @param now when it starts to count
     */
    LaneMetrics(CheckMetrics all, long now) {
        this.all = all;
        this.lag = new RecentChecks(now);
        this.wait = new RecentChecks(now);
    }

    /**
     * @param readyAt when it could have started, but for the limits of the checks at one time
     * @param now when it did
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
     * Nothing could start for so long. It is left out of the schedule's time, so that no check's lag would have it: it
     * counts as one of its own.
     *
     * @param missed checks that would have started in it
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

    /** When a check was last left out because this machine, not the target, was behind. */
    long lastShortage() {
        return lastShortage;
    }
}
