package io.openuptimes.store;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.model.Transition;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes results in pipelined batches, in the order in which they came.
 *
 * <p>One batch is under way at a time; what comes meanwhile makes the next. While Redis is away, results wait in a
 * bounded queue; the oldest go when it is full, and are counted. A batch whose answer was lost is sent again, which the
 * script takes for what it is: a batch has one result of a service at most, so that each is that service's last. The
 * transitions are written after it, at least once.
 */
final class ResultWriter {

    private static final Logger log = LoggerFactory.getLogger(ResultWriter.class);

    /** How long a result may wait for company. */
    private static final long LINGER_MS = 50;

    private static final long PAUSE_AFTER_REFUSAL_MS = 1_000;
    private static final long LOG_EVERY_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long DRAIN_TIMEOUT_S = 2;
    /** What {@code record.lua} answers where it writes nothing. */
    private static final long DELETED = -1;

    private static final long OUTDATED = -2;

    private static final Status[] STATUS_BY_CODE = {Status.UNKNOWN, Status.UP, Status.DOWN};

    /**
     * A batch that is in Redis.
     *
     * @param statuses as they are now, one a result that counted
     * @param transitions those of the results that changed a service's status
     */
    record Written(List<ServiceStatus> statuses, List<Transition> transitions) {}

    private record Pending(CheckResult result, @Nullable Promise<Void> written) {}

    private final Vertx vertx;
    private final RedisLink link;
    private final Retention retention;
    private final StoreMetrics metrics;
    private final Consumer<Written> written;
    private final int maxQueue;
    private final int maxBatch;

    private final Deque<Pending> queue = new ArrayDeque<>();
    private boolean writing;
    private boolean lingering;
    private boolean urgent;
    private boolean pausing;
    private long lastLogged = System.nanoTime() - LOG_EVERY_NS;
    private int limit;
    private @Nullable Promise<Void> drained;

    /**
     * @param written told of each batch once it is in Redis
     */
    ResultWriter(
            Vertx vertx,
            RedisLink link,
            Retention retention,
            StoreMetrics metrics,
            int maxQueue,
            int maxBatch,
            Consumer<Written> written) {
        this.vertx = vertx;
        this.link = link;
        this.retention = retention;
        this.metrics = metrics;
        this.maxQueue = maxQueue;
        this.maxBatch = maxBatch;
        this.limit = maxBatch;
        this.written = written;
        metrics.watchQueue(queue);
    }

    /** How many results wait. */
    int queued() {
        return queue.size();
    }

    /** Takes a result whose writing nobody waits for. */
    void add(CheckResult result) {
        offer(new Pending(result, null));
        if (queue.size() >= maxBatch) {
            flush();
        } else if (!lingering) {
            lingering = true;
            vertx.setTimer(LINGER_MS, timer -> {
                lingering = false;
                flush();
            });
        }
    }

    /**
     * Takes a result and writes it without delay.
     *
     * @return fails with {@link Failures#STORE_UNREACHABLE} while Redis is away; the result is kept and written later
     */
    Future<Void> addAndWait(CheckResult result) {
        if (!link.isUp()) {
            offer(new Pending(result, null));
            return Future.failedFuture(Refused.unreachable());
        }
        Promise<Void> promise = Promise.promise();
        offer(new Pending(result, promise));
        urgent = true;
        flush();
        return promise.future();
    }

    private void offer(Pending pending) {
        if (queue.size() >= maxQueue) {
            Pending oldest = queue.pollFirst();
            metrics.resultDropped();
            if (oldest != null) {
                fail(oldest);
            }
        }
        queue.addLast(pending);
    }

    /** Writes what waits, if Redis is there and no batch is under way. */
    void flush() {
        if (writing || pausing || queue.isEmpty() || !link.isUp()) {
            if (drained != null && !writing) {
                drained.tryComplete(); // nothing left, or nowhere to write it
            }
            return;
        }
        urgent = false;
        List<Pending> batch = nextBatch();
        writing = true;
        long start = System.nanoTime();
        write(batch)
                .onComplete(
                        changed -> {
                            writing = false;
                            metrics.batchWritten(batch.size(), System.nanoTime() - start);
                            written.accept(changed);
                            batch.forEach(pending -> complete(pending));
                            limit = Math.min(maxBatch, limit * 2);
                            // what is left has waited already, or somebody waits for it, or it is plenty
                            if (urgent || !lingering || drained != null || queue.size() >= maxBatch) {
                                flush();
                            }
                        },
                        failure -> {
                            writing = false;
                            if (drained != null) {
                                putBack(batch);
                                drained.tryComplete();
                            } else {
                                failed(batch, failure);
                            }
                        });
    }

    /** As many as may go together: never two of one service. */
    private List<Pending> nextBatch() {
        int size = Math.min(limit, queue.size());
        List<Pending> batch = new ArrayList<>(size);
        Set<String> services = new HashSet<>();
        while (batch.size() < size && services.add(queue.getFirst().result().serviceId())) {
            batch.add(queue.removeFirst());
        }
        return batch;
    }

    private void failed(List<Pending> batch, Throwable failure) {
        if (!link.isUp()) {
            putBack(batch); // until it is up again
        } else if (failure instanceof ErrorType) {
            oneIsBad(batch, failure);
        } else {
            putBack(batch);
            metrics.batchRefused();
            if (System.nanoTime() - lastLogged >= LOG_EVERY_NS) {
                lastLogged = System.nanoTime();
                log.warn("Redis does not write results ({}); trying again", failure.getMessage());
            }
            pausing = true;
            vertx.setTimer(PAUSE_AFTER_REFUSAL_MS, timer -> {
                pausing = false;
                flush();
            });
        }
    }

    /** One bad entry must not hold up all others: it is found by writing one at a time, and dropped. */
    private void oneIsBad(List<Pending> batch, Throwable failure) {
        if (batch.size() == 1) {
            log.error(
                    "result of service {} cannot be written: {}",
                    batch.get(0).result().serviceId(),
                    failure.getMessage());
            metrics.resultDropped();
            fail(batch.get(0));
        } else {
            putBack(batch);
            limit = 1;
        }
        flush();
    }

    private static void complete(Pending pending) {
        if (pending.written() != null) {
            pending.written().tryComplete();
        }
    }

    private static void fail(Pending pending) {
        if (pending.written() != null) {
            pending.written().tryFail(Refused.unreachable());
        }
    }

    /** Keeps the order; who waits is told now, the result is written when it can be. */
    private void putBack(List<Pending> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            Pending pending = batch.get(i);
            fail(pending);
            queue.addFirst(new Pending(pending.result(), null));
        }
    }

    private Future<Written> write(List<Pending> batch) {
        List<Request> calls = new ArrayList<>(batch.size());
        for (Pending pending : batch) {
            calls.add(RecordCommands.record(pending.result(), retention));
        }
        return link.batch(calls).compose(answers -> {
            Written changed = changed(batch, answers);
            return link.batch(changed.transitions().stream()
                            .map(RecordCommands::append)
                            .toList())
                    .map(changed);
        });
    }

    private Written changed(List<Pending> batch, List<@Nullable Response> answers) {
        List<ServiceStatus> statuses = new ArrayList<>(batch.size());
        List<Transition> transitions = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            CheckResult result = batch.get(i).result();
            Response answer = answers.get(i);
            long code = answer == null ? DELETED : answer.toLong();
            if (code < 0) {
                if (code == OUTDATED) {
                    metrics.resultOutdated();
                }
                continue;
            }
            long since = code / 4;
            Status before = STATUS_BY_CODE[(int) (code % 4)];
            statuses.add(new ServiceStatus(
                    result.serviceId(),
                    result.outcome(),
                    result.timestamp(),
                    since,
                    result.statusCode(),
                    result.responseTime(),
                    result.phases(),
                    result.error()));
            if (since == result.timestamp()) {
                transitions.add(new Transition(
                        result.serviceId(),
                        before,
                        result.outcome().status(),
                        result.timestamp(),
                        result.outcome(),
                        result.error()));
            }
        }
        return new Written(List.copyOf(statuses), List.copyOf(transitions));
    }

    /** Writes what waits, as far as it can be done in {@value #DRAIN_TIMEOUT_S} seconds; says what could not. */
    Future<Void> drain() {
        Promise<Void> promise = Promise.promise();
        drained = promise;
        pausing = false;
        flush();
        return promise.future()
                .timeout(DRAIN_TIMEOUT_S, TimeUnit.SECONDS)
                .otherwiseEmpty()
                .onSuccess(ended -> {
                    if (!queue.isEmpty()) {
                        log.warn("{} results could not be written before the end", queue.size());
                    }
                });
    }
}
