package io.openuptimes.web.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Runs long tasks on an event loop in slices of a few milliseconds, in turns, so that the loop can read and write in
 * between.
 *
 * <p>A timer separates the slices, because the loop runs a task that re-queues itself before it reads again.
 */
public final class Slices {

    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final long PAUSE_MILLIS = 1;

    /** A task that can run in steps. */
    public interface Work {
        /**
         * Runs the next step.
         *
         * @param until deadline of the step, as {@link System#nanoTime}
         * @return whether the task is complete
         */
        boolean step(long until);
    }

    private record Waiting(Work work, Promise<Void> done) {}

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean pausing;

    /** Runs the task to completion, blocking the event loop. */
    public static void runAtOnce(Work work) {
        while (!work.step(Long.MAX_VALUE)) {
            // one step should be enough, but a task may need more
        }
    }

    /** Succeeds when the task is complete; synchronously, if that takes one slice at most and no other task waits. */
    public Future<Void> run(Vertx vertx, Work work) {
        Promise<Void> done = Promise.promise();
        waiting.add(new Waiting(work, done));
        if (!pausing) {
            slice(vertx);
        }
        return done.future();
    }

    private void slice(Vertx vertx) {
        pausing = true; // tasks added by completion handlers wait for this or a later slice
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
