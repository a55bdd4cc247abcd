package io.openuptimes.store.history;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Runs a limited number of tasks at a time, queues a limited number, and refuses the rest.
 *
 * <p>Belongs to one event loop.
 */
final class LongReads {

    private final int atOnce;
    private final int maxWaiting;
    private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
    private int running;

    /**
     * @param atOnce maximum number running
     * @param maxWaiting maximum number waiting
     */
    LongReads(int atOnce, int maxWaiting) {
        this.atOnce = atOnce;
        this.maxWaiting = maxWaiting;
    }

    /**
     * @param work started when its turn comes
     * @return completes like the work; fails with {@link Failures#STORE_UNREACHABLE} if too many are waiting
     */
    <T> Future<T> take(Supplier<Future<T>> work) {
        if (running < atOnce) {
            running++;
            return run(work);
        }
        if (waiting.size() >= maxWaiting) {
            return Future.failedFuture(
                    new Refused(Failures.STORE_UNREACHABLE, "Too many long reads are in progress; try again"));
        }
        Promise<Void> turn = Promise.promise();
        waiting.addLast(turn);
        return turn.future().compose(started -> run(work));
    }

    private <T> Future<T> run(Supplier<Future<T>> work) {
        return Future.<Void>succeededFuture().compose(started -> work.get()).onComplete(ended -> next());
    }

    private void next() {
        Promise<Void> turn = waiting.pollFirst();
        if (turn == null) {
            running--;
        } else {
            turn.complete();
        }
    }
}
