package io.openuptimes.check;

import io.openuptimes.model.Partition;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What of a lane's services it is this node's to check: slots come to it and go to other nodes. One event loop only.
 */
final class Share {

    /** What runs of a slot that is given up has so long to end. */
    private static final long GIVE_UP_MS = 5_000;

    private final Vertx vertx;
    private final Schedule schedule;
    private final Checks checks;
    private final Slices slices;
    private final LaneMetrics metrics;
    private final LongSupplier time;
    /** How often a slot came or went: what was begun before is not to go on after. */
    private final int[] turns = new int[Partition.SLOTS];

    /**
     * @param slices the lane's, in whose order slots are gained: first come the services that are in them
     * @param time the schedule's, which knows by then how far the wall clock is ahead of it
     */
    Share(Vertx vertx, Schedule schedule, Checks checks, Slices slices, LaneMetrics metrics, LongSupplier time) {
        this.vertx = vertx;
        this.schedule = schedule;
        this.checks = checks;
        this.slices = slices;
        this.metrics = metrics;
        this.time = time;
    }

    /**
     * From now on the services of a slot are checked here.
     *
     * @param lastChecks as {@link Schedule#gain} takes them
     */
    void gain(int slot, Map<String, Long> lastChecks) {
        int turn = ++turns[slot];
        slices.add(() -> {
            if (turn == turns[slot]) {
                long now = time.getAsLong();
                metrics.missed(Missed.HANDOVER, schedule.gain(slot, lastChecks, now), now);
            }
            return false;
        });
    }

    /**
     * Another node is to check the services of a slot.
     *
     * @return ends when no check of them runs any more and the results are on their way; what takes too long is dropped
     */
    Future<Void> giveUp(int slot) {
        int turn = ++turns[slot];
        schedule.lose(slot);
        Promise<Void> given = Promise.promise();
        checks.giveUp(slot).onComplete(ended -> given.tryComplete());
        if (!given.future().isComplete()) {
            long tooLate = vertx.setTimer(GIVE_UP_MS, passed -> {
                if (turn == turns[slot]) {
                    checks.drop(slot);
                }
                given.tryComplete();
            });
            given.future().onComplete(ended -> vertx.cancelTimer(tooLate));
        }
        return given.future();
    }

    /** Another node checks the services of a slot already. */
    void lose(int slot) {
        turns[slot]++;
        schedule.lose(slot);
        checks.drop(slot);
    }
}
