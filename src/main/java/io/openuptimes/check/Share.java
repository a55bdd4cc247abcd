package io.openuptimes.check;

import io.openuptimes.health.HealthState;
import io.openuptimes.model.Partition;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Gains leases from other nodes and hands them over, for one check loop. Belongs to one event loop.
 */
final class Share {

    /** How long running checks may delay the handover of a lease. */
    private static final long GIVE_UP_MS = 5_000;

    private final Vertx vertx;
    private final Schedule schedule;
    private final Checks checks;
    private final SlicedWork slices;
    private final LoopMetrics metrics;
    private final LongSupplier time;
    /** Number of times each lease was gained or lost; lets an older operation notice that it is obsolete. */
    private final int[] turns = new int[Partition.LEASES];

    /**
     * @param slices the loop's; leases are gained after the services queued there
     * @param time the schedule's clock, already aligned with the wall clock when a lease is gained
     */
    Share(Vertx vertx, Schedule schedule, Checks checks, SlicedWork slices, LoopMetrics metrics, LongSupplier time) {
        this.vertx = vertx;
        this.schedule = schedule;
        this.checks = checks;
        this.slices = slices;
        this.metrics = metrics;
        this.time = time;
    }

    /**
     * Starts to check the services of a lease.
     *
     * @param states see {@link Schedule#gain}
     */
    void gain(int lease, Map<String, HealthState> states) {
        int turn = ++turns[lease];
        slices.add(() -> {
            if (turn == turns[lease]) {
                long now = time.getAsLong();
                metrics.missed(Missed.HANDOVER, schedule.gain(lease, states, now), now);
            }
            return false;
        });
    }

    /**
     * Hands the services of a lease over to another node.
     *
     * @return ends when none of their checks is running and the results have been sent; slow checks are dropped
     */
    Future<Void> giveUp(int lease) {
        int turn = ++turns[lease];
        schedule.lose(lease);
        Promise<Void> given = Promise.promise();
        checks.giveUp(lease).onComplete(ended -> given.tryComplete());
        if (!given.future().isComplete()) {
            long tooLate = vertx.setTimer(GIVE_UP_MS, passed -> {
                if (turn == turns[lease]) {
                    checks.drop(lease);
                }
                given.tryComplete();
            });
            given.future().onComplete(ended -> vertx.cancelTimer(tooLate));
        }
        return given.future();
    }

    /** Drops a lease that another node holds already. */
    void lose(int lease) {
        turns[lease]++;
        schedule.lose(lease);
        checks.drop(lease);
    }
}
