package io.openuptimes.check;

import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks in order, long ones in slices, so that the event loop stays responsive.
 */
final class SlicedWork {

    private static final Logger log = LoggerFactory.getLogger(SlicedWork.class);

    /** Services processed per slice: a few milliseconds of work. */
    static final int SIZE = 5_000;

    private static final long PAUSE_MS = 1;

    private final Vertx vertx;
    private final Runnable done;
    private final Deque<BooleanSupplier> works = new ArrayDeque<>();

    /**
     * @param done called whenever the queue is empty
     */
    SlicedWork(Vertx vertx, Runnable done) {
        this.vertx = vertx;
        this.done = done;
    }

    /**
     * Queues a task; runs it at once if the queue is empty.
     *
     * @param slice does part of the task and returns whether there is more
     */
    void add(BooleanSupplier slice) {
        works.add(slice);
        if (works.size() == 1) {
            goOn();
        }
    }

    private void goOn() {
        for (BooleanSupplier work = works.peek(); work != null; work = works.peek()) {
            if (hasMore(work)) {
                vertx.setTimer(PAUSE_MS, passed -> goOn());
                return;
            }
            works.remove();
        }
        done.run();
    }

    private static boolean hasMore(BooleanSupplier work) {
        try {
            return work.getAsBoolean();
        } catch (RuntimeException e) {
            log.error("a change of the schedule failed", e); // the tasks behind it must still run
            return false;
        }
    }
}
