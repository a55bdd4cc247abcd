package io.openuptimes.store.services;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.store.changes.ChangeLock;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes bulk changes atomic: a change is first written to a journal in Redis, and a commit marker behind it decides. A
 * change interrupted after the marker is redone from the journal; one interrupted before it has no effect. There is one
 * journal, for the holder of the {@link ChangeLock}.
 *
 * <p>Data is read and written in chunks that are created on workers.
 */
public final class BulkJournal {

    private static final Logger log = LoggerFactory.getLogger(BulkJournal.class);

    private static final String TOO_LONG = "The change took too long; nothing was changed";

    private final Link link;
    private final Commits commits;
    private final WorkerExecutor workers;
    private final Supplier<Future<Void>> finished;

    /**
     * @param finished called when an interrupted change is done, because it has not been announced; retried if it fails
     */
    public BulkJournal(Link link, Commits commits, WorkerExecutor workers, Supplier<Future<Void>> finished) {
        this.link = link;
        this.commits = commits;
        this.workers = workers;
        this.finished = finished;
    }

    /**
     * Writes all chunks.
     *
     * @param mark of the lock; everything that is changed is closed by it
     * @param inTime asked before the change is committed; if false, nothing is changed
     * @return whether everything is written; if false, the change is committed and {@link #finish} will write it. Fails
     *     if nothing is changed, now or later
     */
    Future<Boolean> write(BulkChunks chunks, String mark, BooleanSupplier inTime) {
        int size = chunks.size();
        return journal(mark, "clear")
                .compose(empty -> each(
                        size,
                        0,
                        index -> onWorker(() ->
                                List.of(entry(mark, "add").arg(chunks.get(index).encode())))))
                .compose(written -> inTime.getAsBoolean()
                        ? commits.run(
                                Script.JOURNAL_COMMIT, List.of(Keys.CHANGES_HELD, Keys.BULK_COMMITTED), mark, size)
                        : Future.failedFuture(new Refused(Failures.STORE_UNREACHABLE, TOO_LONG)))
                .recover(BulkJournal::overtaken)
                .compose(committed -> apply(chunks, mark));
    }

    private Future<Boolean> apply(BulkChunks chunks, String mark) {
        return each(chunks.size(), 0, index -> onWorker(() -> chunks.get(index).commands(mark)))
                // no failover may lose half of it
                .compose(applied -> link.confirm())
                .compose(confirmed -> journal(mark, "clear"))
                .map(true)
                .recover(failure -> {
                    log.warn(
                            "a bulk change was interrupted ({}); it is completed once Redis is back",
                            failure.getMessage());
                    return Future.succeededFuture(false);
                });
    }

    /** This node was silent for so long that another one has finished or discarded the change. */
    private static <T> Future<T> overtaken(Throwable failure) {
        return Future.failedFuture(
                ChangeLock.isHeld(failure)
                        ? new Refused(
                                Failures.STORE_UNREACHABLE,
                                "Another node took over during the change; nothing was changed")
                        : failure);
    }

    /** Finishes an interrupted change, if there is one. */
    public Future<Void> finish(String mark) {
        return commits.settle()
                .compose(settled -> link.send(Request.cmd(Command.GET).arg(Keys.BULK_COMMITTED)))
                .compose(committed -> committed == null
                        ? Future.<Void>succeededFuture()
                        : again(committed.toInteger(), mark).recover(failure -> givenUp(failure, mark)))
                .compose(done -> journal(mark, "clear"));
    }

    /** Sets aside a journal that cannot be applied; otherwise it would block all other changes forever. */
    private Future<Void> givenUp(Throwable failure, String mark) {
        if (Failures.codeOf(failure) == Failures.STORE_UNREACHABLE || ChangeLock.isHeld(failure)) {
            return Future.failedFuture(failure);
        }
        log.error(
                "cannot complete an interrupted bulk change; it is kept at the key {}",
                Keys.BULK_CHUNKS_ASIDE,
                failure);
        return journal(mark, "aside");
    }

    private Future<Void> again(int size, String mark) {
        log.warn("completing a bulk change that was interrupted");
        return each(size, 0, index -> link.send(Request.cmd(Command.LINDEX)
                                .arg(Keys.BULK_CHUNKS)
                                .arg(index))
                        .compose(chunk -> onWorker(() -> commands(chunk, index, mark))))
                .compose(done -> finished.get());
    }

    private static List<Request> commands(@Nullable Response chunk, int index, String mark) {
        if (chunk == null) {
            throw new IllegalStateException("chunk " + index + " of the journal is missing");
        }
        return BulkChunk.decode(chunk.toBytes()).commands(mark);
    }

    private Future<Void> journal(String mark, String what) {
        return link.send(entry(mark, what)).mapEmpty();
    }

    private static Request entry(String mark, String what) {
        return Script.JOURNAL
                .call(5)
                .arg(Keys.CHANGES_HELD)
                .arg(Keys.BULK_CHUNKS)
                .arg(Keys.BULK_COMMITTED)
                .arg(Keys.BULK_CHUNKS_ASIDE)
                .arg(Keys.BULK_COMMITTED_ASIDE)
                .arg(mark)
                .arg(what);
    }

    private Future<List<Request>> onWorker(Callable<List<Request>> work) {
        return workers.executeBlocking(work);
    }

    /** Sends each item's commands one after the other, so that others' commands can run in between. */
    private Future<Void> each(int size, int index, IntFunction<Future<List<Request>>> commands) {
        if (index == size) {
            return Future.succeededFuture();
        }
        return commands.apply(index).compose(link::batch).compose(sent -> each(size, index + 1, commands));
    }
}
