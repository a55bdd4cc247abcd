package io.openuptimes.testing;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Service;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a check on an event loop and waits for its result. */
public final class Probes {

    private Probes() {}

    public static CheckResult await(Context context, JudgedProber prober, Service service) {
        Promise<CheckResult> result = Promise.promise();
        context.runOnContext(start -> prober.probe(service).onComplete(result));
        try {
            return result.future().toCompletionStage().toCompletableFuture().get(180, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("a check must always have a result", e);
        }
    }
}
