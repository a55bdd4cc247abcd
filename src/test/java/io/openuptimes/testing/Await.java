package io.openuptimes.testing;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Blocks on futures, for use off the event loop. */
public final class Await {

    private Await() {}

    /**
     * Waits long enough for a busy machine.
     *
     * @throws java.util.concurrent.CompletionException with the future's failure, or a timeout
     */
    public static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(120, TimeUnit.SECONDS)
                .join();
    }

    /** Runs work on an event loop and returns its result. */
    public static <T> T await(Context loop, Callable<T> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(run -> {
            try {
                done.complete(work.call());
            } catch (Exception e) {
                done.fail(e);
            }
        });
        return await(done.future());
    }
}
