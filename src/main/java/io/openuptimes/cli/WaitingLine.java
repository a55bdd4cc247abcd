package io.openuptimes.cli;

import io.openuptimes.config.InvalidSettingsException;
import io.vertx.core.Future;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Blocks until a future completes, because commands run on one thread from start to end. */
final class WaitingLine {

    /** Longer than any request's own timeout. */
    private static final Duration USUAL = Duration.ofMinutes(15);

    private WaitingLine() {}

    static <T> T on(Future<T> future) throws CommandFailure, InvalidSettingsException {
        return on(future, USUAL);
    }

    /**
     * @throws CommandFailure with the future's own message, or after the time limit
     * @throws InvalidSettingsException if the future fails with it
     */
    static <T> T on(Future<T> future, Duration limit) throws CommandFailure, InvalidSettingsException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidSettingsException invalid) {
                throw invalid;
            }
            if (e.getCause() instanceof CommandFailure expected) {
                throw expected;
            }
            throw CommandFailure.failed(text(e.getCause()));
        } catch (TimeoutException e) {
            throw CommandFailure.failed("No result after " + limit.toMinutes() + " minutes; gave up.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("interrupted");
        }
    }

    /** Adds what the messages of file system exceptions lack. */
    private static String text(@Nullable Throwable failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "No permission to read or write " + denied.getFile();
        }
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            return file.getClass().getSimpleName() + ": " + file.getFile();
        }
        return failure == null || failure.getMessage() == null ? String.valueOf(failure) : failure.getMessage();
    }
}
