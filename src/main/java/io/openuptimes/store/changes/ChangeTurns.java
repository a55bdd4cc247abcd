package io.openuptimes.store.changes;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.store.changes.ChangeLock.Grip;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Orders changes of services: on this node one after the other, and never against another node that holds the
 * {@link ChangeLock}. A change that waits for another node lets other changes of this node go first, and waits for a
 * bounded time.
 */
public final class ChangeTurns {

    /** Shorter than the caller's timeout. */
    private static final long PATIENCE_MS = 20_000;

    private static final long FIRST_PAUSE_MS = 4;
    private static final long LAST_PAUSE_MS = 100;
    /** After this wait, a change asks for room. */
    private static final long LONG_MS = 1_000;

    private final Vertx vertx;
    private final ChangeLock lock;
    private Function<String, Future<Void>> mend = mark -> Future.succeededFuture();
    private Future<?> last = Future.succeededFuture();

    public ChangeTurns(Vertx vertx, ChangeLock lock) {
        this.vertx = vertx;
        this.lock = lock;
    }

    /** Sets the task that finishes an interrupted change, given the mark that has closed everything for it. */
    public void mendBy(Function<String, Future<Void>> task) {
        mend = task;
    }

    /** Runs a task after those before it, whatever other nodes do. */
    public <T> Future<T> inTurn(Supplier<Future<T>> task) {
        Future<T> turn = last.transform(before -> task.get());
        last = turn;
        return turn;
    }

    /**
     * Runs a change in turn, and starts it again while another node has closed what it changes.
     *
     * @return fails with {@link Failures#STORE_UNREACHABLE} if that takes too long
     */
    public <T> Future<T> single(Supplier<Future<T>> change) {
        return again(() -> inTurn(change), new Wait(PATIENCE_MS));
    }

    /** Runs a change in turn with the lock; fails like {@link #single}. */
    public <T> Future<T> alone(Function<Grip, Future<T>> change) {
        return alone(PATIENCE_MS, change);
    }

    /**
     * Runs a change in turn with the lock; fails like {@link #single}.
     *
     * @param patience how long to wait for other nodes, milliseconds
     */
    public <T> Future<T> alone(long patience, Function<Grip, Future<T>> change) {
        return again(() -> withLock(change), new Wait(patience));
    }

    /** Completes with the change: its caller is informed before anyone else can change the same services. */
    private <T> Future<T> withLock(Function<Grip, Future<T>> change) {
        Promise<T> changed = Promise.promise();
        inTurn(() -> lock.take().compose(grip -> {
                    if (grip == null) {
                        return Future.failedFuture(new Held());
                    }
                    return mended(grip)
                            .compose(ready -> change.apply(grip))
                            .onComplete(changed)
                            .transform(ended ->
                                    ended.succeeded() || isRefusal(ended.cause()) ? grip.giveBack() : grip.leave());
                }))
                .onFailure(changed::tryFail);
        return changed.future();
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof Refused refused && refused.code() < Failures.INTERNAL;
    }

    private Future<Void> mended(Grip grip) {
        return grip.undone() ? grip.closeAll().compose(closed -> mend.apply(grip.mark())) : Future.succeededFuture();
    }

    /** Finishes interrupted work, if there is any and no other node is doing so. */
    public Future<Void> finishUndone() {
        return lock.isUndone()
                .compose(undone -> undone ? withLock(grip -> Future.<Void>succeededFuture()) : Future.succeededFuture())
                .recover(failure -> failure instanceof Held ? Future.succeededFuture() : Future.failedFuture(failure));
    }

    /** A wait for other nodes. */
    private static final class Wait {
        final long since = System.nanoTime();
        final long patience;
        long pause = FIRST_PAUSE_MS;
        long heard;

        Wait(long patience) {
            this.patience = patience;
        }

        long waited() {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
        }

        long next() {
            pause = Math.min(LAST_PAUSE_MS, 2 * pause);
            return ThreadLocalRandom.current().nextLong(pause / 2, pause) + 1;
        }
    }

    private <T> Future<T> again(Supplier<Future<T>> attempt, Wait wait) {
        return attempt.get().recover(failure -> {
            if (!(failure instanceof Held) && !ChangeLock.isHeld(failure)) {
                return Future.failedFuture(failure);
            }
            if (wait.waited() >= wait.patience) {
                return Future.failedFuture(
                        new Refused(Failures.STORE_UNREACHABLE, "Another node is changing services; try again"));
            }
            Promise<Void> paused = Promise.promise();
            vertx.setTimer(wait.next(), timer -> paused.complete());
            return paused.future()
                    .compose(over -> wait.waited() > LONG_MS + wait.heard ? speakUp(wait) : Future.succeededFuture())
                    .compose(ready -> again(attempt, wait));
        });
    }

    /** Another node may be making one change after the other; or a node that is gone has left slots closed. */
    private Future<Void> speakUp(Wait wait) {
        wait.heard = wait.waited();
        return lock.isFree()
                .compose(free -> free ? withLock(Grip::closeAll) : lock.askForRoom())
                .recover(failure -> failure instanceof Held || ChangeLock.isHeld(failure)
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure));
    }

    /** Another node has the lock; the change is retried. */
    private static final class Held extends RuntimeException {

        Held() {
            super("held by another node", null, false, false);
        }
    }
}
