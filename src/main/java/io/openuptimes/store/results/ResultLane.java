package io.openuptimes.store.results;

import io.openuptimes.model.LoggedService;
import io.openuptimes.store.data.RecordCommands.Fenced;
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
 * Results that are written one batch after the other, in the order in which they came: all there are or, in a cluster,
 * those of a partition.
 *
 * <p>A batch whose answer was lost is sent again, which the script takes for what it is: a batch has one result of a
 * service at most, so that each is that service's last.
 */
final class ResultLane {

    private static final Logger log = LoggerFactory.getLogger(ResultLane.class);

    private static final long PAUSE_AFTER_REFUSAL_MS = 1_000;

    /** In which a batch is written, where Redis is near and has little to do. */
    private static final long USUAL_NS = TimeUnit.MILLISECONDS.toNanos(10);
    /** A batch of so many times the usual size is still written well before a command times out. */
    private static final long MAX_TIMES = 50;

    private static final int MAX_BATCH = 10_000;

    /** What all lanes have in common. */
    interface Writer {

        /** Whether Redis is there, or some of it. */
        boolean isUp();

        Future<Written> write(List<Pending> batch);

        /** Told of each batch that is in Redis, in their order. */
        void written(List<Pending> batch, Written changed);

        /** How many more results may wait, in all lanes together. */
        int room();

        /** Whether what has come in the meantime may wait for more to come. */
        boolean lingers();

        /** Whether it is about to end: then nothing is tried a second time. */
        boolean ends();

        /**
         * Told of a batch that is not written for now.
         *
         * @param first whether the one before was
         */
        void refused(Throwable failure, boolean first);

        /** Told of a batch that is written, when the one before was not. */
        void taken();

        /** Told when a lane has come to rest. */
        void rested();
    }

    private final Vertx vertx;
    private final Writer writer;
    private final AtomicInteger waiting;
    private final Recent<Fenced> recent;
    private final ResultMetrics metrics;
    private final int maxBatch;

    /** Somebody who waits until so many results are written, or can never be. */
    private record Waiting(long upTo, Promise<Void> settled) {}

    private final ResultQueue queue;
    private final Deque<Waiting> waiters = new ArrayDeque<>();
    /** Results that have come for the first time, and those of them that are written or never will be. */
    private long taken;

    private long ended;
    private boolean writing;
    private boolean urgent;
    private boolean pausing;
    private boolean refused;
    /** Whether what was written last is to be written again once the batch that is under way is answered. */
    private boolean recalling;

    private int limit;

    /**
     * @param waiting how many results wait in all lanes together
     * @param recent what has been written last and might get lost
     * @param maxBatch results
     * @param loose how many may wait as they are; more are packed
     */
    ResultLane(
            Vertx vertx,
            Writer writer,
            AtomicInteger waiting,
            Recent<Fenced> recent,
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

    /** Whether what it had to write has just been refused. */
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

    /** Ends when all that has come so far is written, or can never be. */
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

    /** Takes a pause for over: there may be another server. */
    void hurry() {
        pausing = false;
    }

    /** Puts in front what was written last: the server may have lost it. Where there is no room, the oldest go. */
    void recall() {
        if (writing) {
            recalling = true;
            return;
        }
        recalling = false;
        List<Fenced> results = recent.take();
        int tooMany = Math.max(0, results.size() - writer.room());
        for (int i = results.size() - 1; i >= tooMany; i--) {
            queue.addFirst(new Pending(results.get(i), null, true));
        }
        waiting.addAndGet(results.size() - tooMany);
        metrics.resultsDropped(tooMany);
    }

    /** Writes what waits, if Redis is there and no batch is under way. */
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
                            batch.forEach(pending -> recent.add(pending.fenced()));
                            writer.written(batch, changed);
                            ended(batch);
                            limit = Math.min(limit * 2, limitFor(took));
                            again();
                        },
                        failure -> {
                            writing = false;
                            failed(batch, failure);
                        });
    }

    private void again() {
        if (recalling) {
            recall();
        }
        // what is left has waited already, or somebody waits for it, or it is plenty
        if (urgent || !writer.lingers() || writer.ends() || queue.size() >= maxBatch) {
            flush();
        }
    }

    /** As many as may go together: never two of one service. */
    private List<Pending> nextBatch() {
        int size = Math.min(limit, queue.size());
        List<Pending> batch = new ArrayList<>(size);
        Set<String> services = new HashSet<>();
        while (batch.size() < size && services.add(queue.getFirst().result().serviceId())) {
            batch.add(queue.removeFirst());
        }
        waiting.addAndGet(-batch.size());
        return batch;
    }

    /** Where an answer takes long, more goes at a time: what comes in between is to be written with the next. */
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

    /** One bad entry must not hold up all others: it is found by writing one at a time, and dropped. */
    private void oneIsBad(List<Pending> batch, Throwable failure) {
        if (batch.size() == 1) {
            log.error(
                    "a result of {} cannot be written and is dropped: {}",
                    LoggedService.ofId(batch.get(0).result().serviceId()),
                    failure.getMessage());
            metrics.resultDropped();
            batch.get(0).fail();
            ended(batch);
        } else {
            putBack(batch);
            limit = 1;
        }
        flush();
    }

    /** Keeps the order; who waits is told now, the result is written when it can be. */
    private void putBack(List<Pending> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            Pending pending = batch.get(i);
            pending.fail();
            queue.addFirst(new Pending(pending.fenced(), null, pending.again()));
        }
        waiting.addAndGet(batch.size());
        if (recalling) {
            recall();
        }
    }
}
