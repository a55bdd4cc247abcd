package io.openuptimes.web.board;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Long work on an event loop, a few milliseconds at a time, in turns: in between, the loop reads and writes.
 *
 * <p>The pause between two slices is a timer's: a task that puts itself into the loop's queue again runs before anything
 * is read.
 */
public final class Slices {

    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final long PAUSE_MILLIS = 1;

    /** Something that can be done bit by bit. */
    public interface Work {
        /**
         * Goes on.
         *
         * @param until when to stop for this time, as {@link System#nanoTime}
         * @return whether all is done
         */
        boolean step(long until);
    }

    private record Waiting(Work work, Promise<Void> done) {}

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean pausing;

    /** Does it all, and the loop nothing else meanwhile. */
    public static void runAtOnce(Work work) {
        while (!work.step(Long.MAX_VALUE)) {
            // once should do, but it may say otherwise
        }
    }

    /** Succeeds when it is done; at once, if that takes no longer than a slice and nobody else waits. */
    public Future<Void> run(Vertx vertx, Work work) {
        Promise<Void> done = Promise.promise();
        waiting.add(new Waiting(work, done));
        if (!pausing) {
            slice(vertx);
        }
        return done.future();
    }

    private void slice(Vertx vertx) {
        pausing = true; // whatever is added by what ends here waits for the next
        long until = System.nanoTime() + SLICE_NANOS;
        do {
            Waiting next = waiting.poll();
            if (next == null) {
                break;
            }
            try {
                if (next.work().step(until)) {
                    next.done().complete();
                } else {
                    waiting.add(next);
                }
            } catch (RuntimeException e) {
                next.done().fail(e);
            }
        } while (System.nanoTime() < until);
        if (waiting.isEmpty()) {
            pausing = false;
        } else {
            vertx.setTimer(PAUSE_MILLIS, timer -> slice(vertx));
        }
    }
}
