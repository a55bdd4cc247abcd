package io.openuptimes.store.backup;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/**
 * Repeats an asynchronous step. Unlike a step that composes its own repetition, this needs the same stack and memory
 * for any number of repetitions.
 */
final class Repeat {

    private final Supplier<Future<Boolean>> step;
    private final Promise<Void> over = Promise.promise();

    private Repeat(Supplier<Future<Boolean>> step) {
        this.step = step;
    }

    /**
     * Repeats a step until its result is true.
     *
     * @return fails with the first failure of a step, and with anything that it throws
     */
    static Future<Void> until(Supplier<Future<Boolean>> step) {
        Repeat repeat = new Repeat(step);
        repeat.go();
        return repeat.over.future();
    }

    private void go() {
        boolean more = true;
        while (more) {
            Future<Boolean> turn = next();
            if (turn.isComplete()) {
                more = goesOn(turn);
            } else {
                more = false;
                turn.onComplete(this::completed);
            }
        }
    }

    private Future<Boolean> next() {
        try {
            return step.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void completed(AsyncResult<Boolean> turn) {
        if (goesOn(turn)) {
            go();
        }
    }

    private boolean goesOn(AsyncResult<Boolean> turn) {
        if (turn.failed()) {
            over.fail(turn.cause());
            return false;
        }
        if (turn.result()) {
            over.complete();
            return false;
        }
        return true;
    }
}
