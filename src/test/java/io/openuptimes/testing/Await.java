package io.openuptimes.testing;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** What a future comes to, for threads that may wait. */
public final class Await {

    private Await() {}

    /**
     * Waits for as long as a busy machine may need.
     *
     * @throws java.util.concurrent.CompletionException with what it has failed with, or a timeout
     */
    public static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(120, TimeUnit.SECONDS)
                .join();
    }

    /** What some work comes to that is done on an event loop. */
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
