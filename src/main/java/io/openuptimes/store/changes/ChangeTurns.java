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
 * In what order services are changed: on this node one change after the other, and none against one of another node
 * that has the {@link ChangeLock}. Who waits for another node lets others of this one go first, and waits for a bounded
 * time.
 */
public final class ChangeTurns {

    /** Less than the caller waits. */
    private static final long PATIENCE_MS = 20_000;

    private static final long FIRST_PAUSE_MS = 4;
    private static final long LAST_PAUSE_MS = 100;
    /** Then who waits makes itself heard. */
    private static final long LONG_MS = 1_000;

    private final Vertx vertx;
    private final ChangeLock lock;
    private Function<String, Future<Void>> mend = mark -> Future.succeededFuture();
    private Future<?> last = Future.succeededFuture();

    public ChangeTurns(Vertx vertx, ChangeLock lock) {
        this.vertx = vertx;
        this.lock = lock;
    }

    /** What finishes a change that was interrupted, by the mark of who has closed everything for it. */
    public void mendBy(Function<String, Future<Void>> task) {
        mend = task;
    }

    /** Runs when those before it have ended, whatever other nodes do. */
    public <T> Future<T> inTurn(Supplier<Future<T>> task) {
        Future<T> turn = last.transform(before -> task.get());
        last = turn;
        return turn;
    }

    /**
     * Runs a change in turn, and again from its beginning while another node has closed what it is to change.
     *
     * @return fails with {@link Failures#STORE_UNREACHABLE} if that takes too long
     */
    public <T> Future<T> single(Supplier<Future<T>> change) {
        return again(() -> inTurn(change), new Wait(PATIENCE_MS));
    }

    /** Runs a change in turn that has the lock, likewise. */
    public <T> Future<T> alone(Function<Grip, Future<T>> change) {
        return alone(PATIENCE_MS, change);
    }

    /**
     * Likewise.
     *
     * @param patience how long to wait for other nodes, milliseconds
     */
    public <T> Future<T> alone(long patience, Function<Grip, Future<T>> change) {
        return again(() -> withLock(change), new Wait(patience));
    }

    /** Ends with the change: who is told of it hears of it before anybody else can change the same. */
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

    /** Finishes what was left undone, if there is anything and no other node is at it. */
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

    /** Another node may be changing one thing after the other; or nobody is, and something was closed by one that is gone. */
    private Future<Void> speakUp(Wait wait) {
        wait.heard = wait.waited();
        return lock.isFree()
                .compose(free -> free ? withLock(Grip::closeAll) : lock.askForRoom())
                .recover(failure -> failure instanceof Held || ChangeLock.isHeld(failure)
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure));
    }

    /** Another node has the lock: nothing is wrong, and it is tried again. */
    private static final class Held extends RuntimeException {

        Held() {
            super("held by another node", null, false, false);
        }
    }
}
