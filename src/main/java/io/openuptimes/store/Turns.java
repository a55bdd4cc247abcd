package io.openuptimes.store;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Lets a few run at a time and some more wait; refuses what comes besides.
 *
 * <p>Belongs to one event loop.
 */
final class Turns {

    private final int atOnce;
    private final int maxWaiting;
    private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
    private int running;

    /**
     * @param atOnce run at a time
     * @param maxWaiting wait besides
     */
    Turns(int atOnce, int maxWaiting) {
        this.atOnce = atOnce;
        this.maxWaiting = maxWaiting;
    }

    /**
     * @param work is started when its turn has come
     * @return as the work ends; fails with {@link Failures#STORE_UNREACHABLE} if too many wait already
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
