package io.openuptimes.check;

import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done in the order in which it came, and in slices where it is long, so that the event loop gets to other
 * things in between.
 */
final class Slices {

    private static final Logger log = LoggerFactory.getLogger(Slices.class);

    /** Services to take over in one go: a few milliseconds' work. */
    static final int SIZE = 5_000;

    private static final long PAUSE_MS = 1;

    private final Vertx vertx;
    private final Runnable done;
    private final Deque<BooleanSupplier> works = new ArrayDeque<>();

    /**
     * @param done called whenever all is done
     */
    Slices(Vertx vertx, Runnable done) {
        this.vertx = vertx;
        this.done = done;
    }

    /**
     * Does a piece of work, at once if none is under way.
     *
     * @param slice does a part of it and says whether there is more
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
            log.error("a change of the schedule failed", e); // what comes after it must not wait for ever
            return false;
        }
    }
}
