package io.openuptimes.store.results;

import io.openuptimes.model.LoggedService;
import io.openuptimes.model.Viewpoint;
import io.openuptimes.store.data.ResultWrite;
import io.openuptimes.store.link.RedisErrors;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes results in order, one batch after the other: all results or, in a cluster, those of one partition.
 *
 * <p>A batch whose answer was lost is sent again. The script detects the repetition: a batch contains at most one
 * result per id, so each is its last.
 */
final class WriteQueue {

    private static final Logger log = LoggerFactory.getLogger(WriteQueue.class);

    private static final long PAUSE_AFTER_REFUSAL_MS = 1_000;

    /** Usual time for a batch with a nearby Redis under little load. */
    private static final long USUAL_NS = TimeUnit.MILLISECONDS.toNanos(10);
    /** A batch of this many times the usual size is still written well within the command timeout. */
    private static final long MAX_TIMES = 50;

    private static final int MAX_BATCH = 10_000;

    /** Shared by all queues. */
    interface Writer {

        /** Whether Redis, or part of it, is reachable. */
        boolean isUp();

        Future<Written> write(List<Pending> batch);

        /**
         * Called after each batch has been written, in order.
         *
         * @param done results of the batch that need no further write
         */
        void written(List<Pending> done, Written changed);

        /** How many more results may wait in all queues together. */
        int room();

        /** Whether results that arrived in the meantime may wait for more. */
        boolean lingers();

        /** Whether the writer is about to close; nothing is retried then. */
        boolean ends();

        /**
         * Called for a batch that could not be written and will be retried.
         *
         * @param first whether the previous batch was written
         */
        void refused(Throwable failure, boolean first);

        /** Called for a result that will not be written. */
        void dropped(Pending pending);

        /** Called when a batch is written after the previous one was refused. */
        void taken();

        /** Called when a queue becomes idle. */
        void rested();
    }

    private final Vertx vertx;
    private final Writer writer;
    private final AtomicInteger waiting;
    private final Recent<ResultWrite> recent;
    private final ResultMetrics metrics;
    private final int maxBatch;

    /** A caller that waits until this many results have been written or dropped. */
    private record Waiting(long upTo, Promise<Void> settled) {}

    private final ResultQueue queue;
    private final Deque<Waiting> waiters = new ArrayDeque<>();
    /** Number of new results accepted; {@code ended} counts those of them written or dropped. */
    private long taken;

    private long ended;
    private boolean writing;
    private boolean urgent;
    private boolean pausing;
    private boolean refused;
    /** Whether to queue the recently written results again after the batch in progress is answered. */
    private boolean recalling;

    private int limit;

    /**
     * @param waiting number of waiting results in all queues together
     * @param recent recently written results that a failover may lose
     * @param maxBatch results per batch
     * @param loose maximum number kept unpacked; more are packed
     */
    WriteQueue(
            Vertx vertx,
            Writer writer,
            AtomicInteger waiting,
            Recent<ResultWrite> recent,
            ResultMetrics metrics,
            int maxBatch,
            int loose) {
        queue = new ResultQueue(loose);
        this.vertx = vertx;
        this.writer = writer;
        this.waiting = waiting;
        this.recent = recent;
        this.metrics = metrics;
        this.maxBatch = maxBatch;
        this.limit = maxBatch;
    }

    int size() {
        return queue.size();
    }

    boolean isWriting() {
        return writing;
    }

    /** Whether the last batch has just been refused. */
    boolean isPausing() {
        return pausing;
    }

    void add(Pending pending) {
        queue.addLast(pending);
        waiting.addAndGet(1);
        taken++;
        urgent |= pending.written() != null;
    }

    @Nullable
    Pending removeOldest() {
        if (queue.isEmpty()) {
            return null;
        }
        Pending oldest = queue.removeFirst();
        waiting.addAndGet(-1);
        ended(List.of(oldest));
        return oldest;
    }

    /** Completes when all results accepted so far are written or dropped. */
    Future<Void> settled() {
        if (ended == taken) {
            return Future.succeededFuture();
        }
        Promise<Void> settled = Promise.promise();
        waiters.addLast(new Waiting(taken, settled));
        return settled.future();
    }

    private void ended(List<Pending> results) {
        ended += results.stream().filter(pending -> !pending.again()).count();
        for (Waiting first = waiters.peekFirst(); first != null && first.upTo <= ended; first = waiters.peekFirst()) {
            waiters.removeFirst();
            first.settled.tryComplete();
        }
    }

    /** Ends a pause: there may be another server. */
    void hurry() {
        pausing = false;
    }

    /**
     * Queues the recently written results first: the server may have lost them. If there is no room, drops the oldest.
     */
    void recall() {
        if (writing) {
            recalling = true;
            return;
        }
        recalling = false;
        List<ResultWrite> results = recent.take();
        int tooMany = Math.max(0, results.size() - writer.room());
        for (int i = results.size() - 1; i >= tooMany; i--) {
            queue.addFirst(new Pending(results.get(i), null, true));
        }
        waiting.addAndGet(results.size() - tooMany);
        metrics.resultsDropped(tooMany);
    }

    /** Writes the next batch if Redis is reachable and no batch is in progress. */
    void flush() {
        recent.forget();
        if (writing || pausing || queue.isEmpty() || !writer.isUp()) {
            if (!writing) {
                writer.rested(); // nothing left, or nowhere to write it
            }
            return;
        }
        urgent = false;
        List<Pending> batch = nextBatch();
        writing = true;
        long start = System.nanoTime();
        writer.write(batch)
                .onComplete(
                        changed -> {
                            writing = false;
                            long took = System.nanoTime() - start;
                            metrics.batchWritten(batch.size(), took);
                            taken();
                            List<Pending> done = putInPlace(batch, changed);
                            writer.written(done, changed);
                            ended(done);
                            limit = Math.min(limit * 2, limitFor(took));
                            again();
                        },
                        failure -> {
                            writing = false;
                            failed(batch, failure);
                        });
    }

    /**
     * Queues the follow-up writes at the head, so that each service's results stay in order.
     *
     * @return results of the batch that need no further write
     */
    private List<Pending> putInPlace(List<Pending> batch, Written changed) {
        changed.stored.forEach(pending -> recent.add(pending.write()));
        if (changed.next.isEmpty()) {
            return batch;
        }
        for (int i = changed.next.size() - 1; i >= 0; i--) {
            queue.addFirst(changed.next.get(i));
        }
        waiting.addAndGet(changed.next.size());
        urgent = true;
        Set<CheckResultKey> continued = new HashSet<>();
        changed.next.forEach(next -> continued.add(CheckResultKey.of(next)));
        return batch.stream()
                .filter(pending -> !continued.contains(CheckResultKey.of(pending)))
                .toList();
    }

    /** Identifies a result across its follow-up writes. */
    private record CheckResultKey(
            String serviceId, @Nullable String location, long number) {

        static CheckResultKey of(Pending pending) {
            Viewpoint viewpoint = pending.result().viewpoint();
            return new CheckResultKey(
                    pending.result().serviceId(),
                    viewpoint == null ? null : viewpoint.location(),
                    pending.write().number());
        }
    }

    private void again() {
        if (recalling) {
            recall();
        }
        // the rest is written now if it has already waited, a caller waits for it, or it fills a batch
        if (urgent || !writer.lingers() || writer.ends() || queue.size() >= maxBatch) {
            flush();
        }
    }

    /** The longest prefix of the queue with at most one result per id. */
    private List<Pending> nextBatch() {
        int size = Math.min(limit, queue.size());
        List<Pending> batch = new ArrayList<>(size);
        Set<String> ids = new HashSet<>();
        while (batch.size() < size && ids.add(queue.getFirst().write().id())) {
            batch.add(queue.removeFirst());
        }
        waiting.addAndGet(-batch.size());
        return batch;
    }

    /** Uses larger batches if answers take long, because more results arrive in the meantime. */
    private int limitFor(long nanos) {
        long some = maxBatch * Math.min(MAX_TIMES, 1 + nanos / USUAL_NS);
        return (int) Math.min(some, Math.max(maxBatch, MAX_BATCH));
    }

    private void taken() {
        if (refused) {
            refused = false;
            writer.taken();
        }
    }

    private void failed(List<Pending> batch, Throwable failure) {
        limit = Math.min(limit, maxBatch);
        if (writer.ends()) {
            putBack(batch);
            writer.rested();
        } else if (!writer.isUp()) {
            putBack(batch); // until it is up again
        } else if (RedisErrors.isOfEntry(failure)) {
            oneIsBad(batch, failure);
        } else {
            putBack(batch);
            refused(failure);
        }
    }

    private void refused(Throwable failure) {
        writer.refused(failure, !refused);
        refused = true;
        pausing = true;
        vertx.setTimer(PAUSE_AFTER_REFUSAL_MS, timer -> {
            pausing = false;
            flush();
        });
    }

    /** Finds and drops a bad entry by writing one at a time, so that it does not block the others. */
    private void oneIsBad(List<Pending> batch, Throwable failure) {
        if (batch.size() == 1) {
            log.error(
                    "a result of {} cannot be written and is dropped: {}",
                    LoggedService.ofId(batch.get(0).result().serviceId()),
                    failure.getMessage());
            writer.dropped(batch.get(0));
            ended(batch);
        } else {
            putBack(batch);
            limit = 1;
        }
        flush();
    }

    /** Keeps the order. Waiting callers fail now; the results are written later. */
    private void putBack(List<Pending> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            Pending pending = batch.get(i);
            pending.fail();
            queue.addFirst(pending.sentAgain());
        }
        waiting.addAndGet(batch.size());
        if (recalling) {
            recall();
        }
    }
}
