package io.openuptimes.store.results;

import io.micrometer.core.instrument.MeterRegistry;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.config.Settings;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Partition;
import io.openuptimes.runtime.Throttle;
import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.ResultWrite;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisClientType;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts results and writes them in batches, in order.
 *
 * <p>While Redis is away, results wait in bounded queues; when they are full, the oldest are dropped and counted. In a
 * cluster each partition has its own queue, so that no result waits for another partition's server; otherwise there is
 * one queue.
 */
public final class ResultWriter {

    private static final Logger log = LoggerFactory.getLogger(ResultWriter.class);

    /** How long a result may wait for others to share its batch. */
    private static final long LINGER_MS = 50;

    private static final long DRAIN_TIMEOUT_S = 2;

    /** How often to look for events whose writer died before moving them, and for lost verdicts. */
    private static final long SWEEP_MS = 10_000;

    private static final List<Integer> ALL =
            IntStream.range(0, Keys.PARTITIONS).boxed().toList();

    /** Results kept unpacked: packing about a second's worth is not worth the effort. */
    private static final int LOOSE = 10_000;

    /** Written results kept in case a failover loses them, if there are replicas. */
    private static final int MAX_RECENT = 200_000;

    private final Vertx vertx;
    private final Link link;
    private final Layout layout;
    private final BatchWriter batches;
    private final EventRelay relay;
    private final ResultMetrics metrics;
    private final IntToLongFunction epochs;
    private final TransitionLog transitions;
    private final Consumer<Written> written;
    private final Consumer<@Nullable String> refusal;
    private final int maxQueue;
    private final int maxBatch;
    private final WriteQueue[] queues;
    private final WrittenTogether together;
    private final LostVerdicts lost;
    private final AtomicInteger waiting = new AtomicInteger();

    private final Clock clock;
    private long sweeping;
    private long lastNumber;

    private final Throttle lines = Throttle.oncePer(Duration.ofSeconds(30));
    /** Number of queues whose last batch was refused. */
    private int refusing;

    private boolean lingering;
    private boolean flushing;
    private @Nullable Promise<Void> drained;

    /**
     * @param links to the server, over a connection of its own so that long reads do not delay results
     * @param type of Redis deployment that the links lead to
     * @param ttlSeconds how long history is kept, 0 for unlimited
     * @param epochs of this node's leases, see {@link Partition}
     * @param company whether there are other nodes
     * @param refusal called with the reason if a reachable Redis refuses writes; with null when it accepts them again
     */
    public ResultWriter(
            Vertx vertx,
            Bus bus,
            Links links,
            RedisClientType type,
            Settings.Store settings,
            EventCodec events,
            CertificateStore certificates,
            LongSupplier ttlSeconds,
            IntToLongFunction epochs,
            BooleanSupplier company,
            Clock clock,
            MeterRegistry registry,
            Consumer<@Nullable String> refusal) {
        this.vertx = vertx;
        this.clock = clock;
        this.layout = Layout.of(type);
        this.link = links.to("result writer", new WhenThere());
        this.metrics = new ResultMetrics(registry);
        ResultFeed feed = new ResultFeed(events.origin(), company);
        this.batches = new BatchWriter(link, layout, ttlSeconds, events, feed, certificates, metrics);
        this.relay = new EventRelay(vertx, link, layout);
        this.maxQueue = settings.queue();
        this.maxBatch = settings.batch();
        this.epochs = epochs;
        this.transitions = new TransitionLog(vertx, new LoggedNames(link)::names);
        this.written = new StatusPublisher(bus, transitions)::publish;
        this.refusal = refusal;
        this.lost = new LostVerdicts(link, written);
        this.together = new WrittenTogether(vertx, written);
        Recent.Bound recent =
                new Recent.Bound(layout == Layout.SINGLE ? 0 : MAX_RECENT, System::nanoTime, metrics::resultEvicted);
        queues = new WriteQueue[layout == Layout.CLUSTER ? Keys.PARTITIONS : 1];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new WriteQueue(
                    vertx, new Writer(), waiting, new Recent<>(recent), metrics, maxBatch, LOOSE / queues.length);
        }
        metrics.watchQueue(this::queued);
    }

    private final class WhenThere implements Link.Listener {

        @Override
        public void up() {
            relay.goOn();
            lost.correct();
            flush();
        }

        @Override
        public void serves(Predicate<String> keys) {
            served(keys);
            flush();
        }
    }

    public void open() {
        link.open();
        sweeping = vertx.setPeriodic(SWEEP_MS, timer -> {
            relay.relay(ALL);
            lost.correct();
        });
    }

    /** Called when other nodes have joined. */
    public void greet() {
        batches.greet();
    }

    /** Number of results waiting. */
    public int queued() {
        return waiting.get();
    }

    /**
     * Results lost since the start, because there was no room or Redis refused them. Includes dropped rewrites, which
     * the server may still have had.
     */
    public long dropped() {
        return metrics.dropped();
    }

    private WriteQueue queueOf(CheckResult result) {
        return queues[queues.length == 1 ? 0 : Keys.partition(result.serviceId())];
    }

    private static int lease(CheckResult result) {
        int partition = Keys.partition(result.serviceId());
        return result.viewpoint() == null ? partition : Partition.leaseAtLocation(partition);
    }

    /** Moves events that previous holders left in the outboxes of newly acquired leases. */
    public void gained(Collection<Integer> leases) {
        relay.relay(
                leases.stream().filter(lease -> !Partition.isAtLocation(lease)).toList());
    }

    /** Increases with each call and, unless the machine's clock is set back, across restarts. */
    private long nextNumber() {
        lastNumber = Math.max(lastNumber + 1, clock.millis() * 1_000);
        return lastNumber;
    }

    /** Accepts a result that nobody waits for. It is discarded if another node has taken over its service. */
    public void add(Verdict verdict) {
        long epoch = epochs.applyAsLong(lease(verdict.result()));
        WriteQueue queue = offer(new Pending(new ResultWrite(verdict, epoch, nextNumber()), null, false));
        if (queue.size() >= maxBatch) {
            queue.flush();
        } else if (!lingering) {
            lingering = true;
            vertx.setTimer(LINGER_MS, timer -> {
                lingering = false;
                flush();
            });
        }
    }

    /**
     * Accepts a result and writes it without delay.
     *
     * @return fails with {@link Failures#STORE_UNREACHABLE} while Redis is away; the result is kept and written later
     */
    public Future<Void> addAndWait(Verdict verdict) {
        ResultWrite write = new ResultWrite(verdict, 0, nextNumber());
        if (!link.isUp() || (queues.length > 1 && queueOf(verdict.result()).isPausing())) {
            offer(new Pending(write, null, false));
            return Future.failedFuture(Refused.unreachable());
        }
        Promise<Void> promise = Promise.promise();
        offer(new Pending(write, promise, false)).flush();
        return promise.future();
    }

    /** Completes when all results accepted so far are written or dropped. */
    public Future<Void> settled() {
        return Future.all(Stream.of(queues).map(WriteQueue::settled).toList()).compose(written -> relay.settled());
    }

    private WriteQueue offer(Pending pending) {
        while (waiting.get() >= maxQueue) { // by more than one if a batch was put back
            dropOldest();
        }
        WriteQueue queue = queueOf(pending.result());
        queue.add(pending);
        return queue;
    }

    private void dropOldest() {
        WriteQueue fullest = queues[0];
        for (WriteQueue queue : queues) {
            if (queue.size() > fullest.size()) {
                fullest = queue;
            }
        }
        Pending oldest = fullest.removeOldest();
        if (oldest != null) {
            dropped(oldest);
        }
    }

    private void dropped(Pending pending) {
        metrics.resultDropped();
        pending.fail();
        if (!pending.again()) {
            lost.add(pending.write().verdict());
        }
    }

    /** Writes waiting results if Redis is reachable. */
    private void flush() {
        flushing = true;
        for (WriteQueue queue : queues) {
            queue.flush();
        }
        flushing = false;
        rested();
    }

    /**
     * The servers for these keys are available: writes recent results again, before those that have arrived since.
     */
    private void served(Predicate<String> keys) {
        for (int i = 0; i < queues.length; i++) {
            if (layout != Layout.CLUSTER || keys.test(Keys.status(i))) {
                queues[i].hurry();
                queues[i].recall();
            }
        }
        if (keys.test(Keys.EVENTS)) {
            relay.restore();
        }
    }

    private final class Writer implements WriteQueue.Writer {

        @Override
        public boolean isUp() {
            return link.isUp();
        }

        @Override
        public Future<Written> write(List<Pending> batch) {
            return batches.write(batch);
        }

        @Override
        public void written(List<Pending> done, Written changed) {
            relay.relay(changed.outboxes);
            boolean awaited = !changed.outboxes.isEmpty() && done.stream().anyMatch(Pending::isAwaited);
            // callers that wait for a result then find its event in the stream
            Future<Void> moved = awaited ? relay.settled() : Future.succeededFuture();
            moved.onComplete(over -> tell(done, changed));
        }

        private void tell(List<Pending> done, Written changed) {
            if (queues.length > 1) {
                together.add(done, changed);
            } else {
                written.accept(changed);
                done.forEach(Pending::complete);
            }
        }

        @Override
        public int room() {
            return Math.max(0, maxQueue - waiting.get());
        }

        @Override
        public boolean lingers() {
            return lingering;
        }

        @Override
        public boolean ends() {
            return drained != null;
        }

        @Override
        public void refused(Throwable failure, boolean first) {
            metrics.batchRefused();
            if (first) {
                refusing++;
            }
            if (lines.passes()) {
                log.warn(
                        "Redis refuses results ({}); trying again, {} wait. Check its memory limit and disk",
                        failure.getMessage(),
                        queued());
            }
            refusal.accept(failure.getMessage());
        }

        @Override
        public void dropped(Pending pending) {
            ResultWriter.this.dropped(pending);
        }

        @Override
        public void taken() {
            refusing--;
            if (refusing == 0) {
                log.info("Redis accepts results again");
                refusal.accept(null);
            }
        }

        @Override
        public void rested() {
            ResultWriter.this.rested();
        }
    }

    private void rested() {
        Promise<Void> waiter = drained;
        if (waiter != null && !flushing && Stream.of(queues).noneMatch(WriteQueue::isWriting)) {
            together.flush();
            waiter.tryComplete();
        }
    }

    /** Writes waiting results for up to {@value #DRAIN_TIMEOUT_S} seconds and logs how many are left. */
    public Future<Void> drain() {
        Promise<Void> promise = Promise.promise();
        drained = promise;
        for (WriteQueue queue : queues) {
            queue.hurry();
        }
        flush();
        return promise.future()
                .compose(written -> relay.settled())
                .timeout(DRAIN_TIMEOUT_S, TimeUnit.SECONDS)
                .otherwiseEmpty()
                .onSuccess(ended -> {
                    if (queued() > 0) {
                        log.warn("{} results could not be written before the stop, and are lost", queued());
                    }
                });
    }

    public Future<Void> close() {
        transitions.close();
        relay.close();
        vertx.cancelTimer(sweeping);
        return link.close();
    }
}
