package io.openuptimes.store.nodes;

import io.openuptimes.bus.CheckMessage.ScheduleReport;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.NodeMessage.Nodes;
import io.openuptimes.health.HealthState;
import io.openuptimes.model.Partition;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.openuptimes.store.nodes.Leases.GivenUp;
import io.openuptimes.store.nodes.Leases.Told;
import io.openuptimes.store.nodes.Sync.Mode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's membership: sends heartbeats to Redis, acquires its share of the partitions, returns any surplus, and
 * takes over the partitions of dead nodes.
 *
 * <p>While Redis is away, the node keeps what it holds. Uses its own connection, so that nothing delays heartbeats.
 * Confined to one event loop.
 */
public final class Membership {

    private static final Logger log = LoggerFactory.getLogger(Membership.class);

    /** Sync interval while others are about to return leases that this node waits for. */
    private static final long SOON_MS = 100;
    /** Leases released within this time are returned together. */
    private static final long TOGETHER_MS = 20;

    private static final long REPORT_EVERY_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long LEAVE_TIMEOUT_MS = 1_000;

    /** The checks, as membership uses them. */
    public interface Checks {

        /** This node now holds these leases; includes the states of their services. */
        void gained(List<Integer> leases, Map<String, HealthState> states);

        /** Completes when no check or result of its services is in progress. */
        Future<?> giveUp(int lease);

        /** Other nodes already hold these leases. */
        void lost(List<Integer> leases);

        /** The schedule's state. */
        Future<ScheduleReport> report();

        /** Number of results waiting to be written. */
        int queued();

        /** Called when other nodes have joined and there were none before. */
        void company();
    }

    private final Vertx vertx;
    private final Link link;
    private final String id;
    private final @Nullable String location;
    private final boolean alone;
    private final NodeTiming timing;
    private final NodeRecord record;
    private final Checks checks;
    private final NodeMetrics metrics;
    private final Leases leases = new Leases();
    private final Takeover takeover;
    private final Company company;
    private final NodeLog nodeLog;

    private boolean joined;
    private boolean leaving;
    private boolean closed;
    private boolean syncing;
    private long syncs;
    /** Whether the sync in progress does not cover all partitions to return. */
    private boolean moreToGive;

    private long timer = -1;
    /** Callers waiting for the answer to a sync that has not been sent yet. */
    private List<Promise<Void>> unsure = new ArrayList<>();

    private @Nullable Long carefulSince;
    private @Nullable Long reportedAt;
    private @Nullable Long answeredAt;
    /** Generation of the data in Redis at the last answer, empty at first. */
    private String generation = "";

    private boolean wasUp;

    /**
     * @param id names this run
     * @param alone whether nobody else can use this Redis
     */
    public Membership(
            Vertx vertx,
            Links links,
            String id,
            boolean alone,
            NodeTiming timing,
            NodeRecord record,
            StoredHealth storedHealth,
            Checks checks,
            NodeMetrics metrics) {
        this.vertx = vertx;
        this.link = links.to("node", new Connection());
        this.id = id;
        this.location = record.location();
        this.alone = alone;
        this.timing = timing;
        this.record = record;
        this.checks = checks;
        this.metrics = metrics;
        this.takeover = new Takeover(link, location, leases, storedHealth, checks);
        this.company = new Company(id);
        this.nodeLog = new NodeLog(id);
        metrics.watch(leases::held, company::live, () -> nodes().free());
    }

    /** Starts participating. */
    public void join() {
        if (!joined && !closed) {
            joined = true;
            link.open();
        }
    }

    /** Stops acquiring partitions. */
    public void leaveSoon() {
        leaving = true;
        takeover.end();
        if (!alone) {
            sync();
        }
    }

    /** The epoch in which the lease was last acquired; 0 if it was never held. */
    public long epoch(int lease) {
        return leases.epoch(lease);
    }

    /** Whether other nodes were live at Redis's last answer. */
    public boolean hasCompany() {
        return company.hasOthers();
    }

    public Nodes nodes() {
        return company.nodes();
    }

    /** Completes when Redis has answered a sync sent after this call, or is away. */
    public Future<Void> confirm() {
        if (!joined || !link.isUp()) {
            return Future.succeededFuture();
        }
        Promise<Void> told = Promise.promise();
        unsure.add(told);
        sync();
        return told.future();
    }

    private final class Connection implements Link.Listener {

        @Override
        public void up() {
            connected();
        }

        @Override
        public void down() {
            disconnected();
        }

        @Override
        public void refused() {
            dropAll();
        }
    }

    private void connected() {
        if (wasUp && !alone) {
            carefulSince = System.nanoTime();
        }
        wasUp = true;
        sync();
    }

    private void disconnected() {
        syncing = false;
        List<Integer> kept = leases.keepAll();
        if (!kept.isEmpty() && !leaving) {
            checks.gained(kept, Map.of());
        }
        endUnsure(takeUnsure());
    }

    /**
     * Stops all checks without writing anything, because this node must not use the store. Other nodes take over once it
     * counts as dead.
     */
    private void dropAll() {
        syncing = false;
        vertx.cancelTimer(timer);
        List<Integer> dropped = leases.dropAll();
        if (!dropped.isEmpty()) {
            checks.lost(dropped);
            metrics.lost(dropped.size());
        }
        endUnsure(takeUnsure());
    }

    private List<Promise<Void>> takeUnsure() {
        List<Promise<Void>> taken = unsure;
        unsure = new ArrayList<>();
        return taken;
    }

    private static void endUnsure(List<Promise<Void>> told) {
        told.forEach(Promise::tryComplete);
    }

    private Mode mode() {
        if (leaving) {
            return Mode.LEAVING;
        }
        if (alone) {
            return Mode.ALONE;
        }
        Long since = carefulSince;
        if (since != null && System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(timing.ttlMs())) {
            return Mode.CAREFUL;
        }
        carefulSince = null;
        return Mode.JOINED;
    }

    private void sync() {
        if (syncing || closed || !link.isUp()) {
            return;
        }
        vertx.cancelTimer(timer);
        syncing = true;
        moreToGive = false;
        long number = ++syncs;
        refreshReport();
        Told told = leases.tell();
        List<Promise<Void>> toTell = takeUnsure();
        Request request = Sync.request(
                id, location, mode(), timing, record.encode(checks.queued()), generation, newGeneration(), told);
        link.send(request)
                .map(answer -> Sync.answer(Objects.requireNonNull(answer)))
                .onComplete(
                        answer -> {
                            if (number == syncs && !closed) {
                                syncing = false;
                                answered(told, answer);
                                syncIn(answer.soon() && !leaving ? SOON_MS : timing.syncMs());
                            }
                            endUnsure(toTell);
                        },
                        failure -> {
                            if (number == syncs) {
                                syncing = false;
                                failed(failure);
                            }
                            endUnsure(toTell);
                        });
    }

    private String newGeneration() {
        return id + ":" + syncs;
    }

    private void failed(Throwable failure) {
        if (closed || !link.isUp()) {
            return; // resumes with the next connection
        }
        if (Failures.codeOf(failure) != Failures.STORE_UNREACHABLE) {
            log.error("this node cannot report to the others; trying again", failure);
        }
        syncIn(timing.syncMs());
    }

    private void syncIn(long millis) {
        vertx.cancelTimer(timer);
        long wait = !unsure.isEmpty() ? 1 : moreToGive ? TOGETHER_MS : millis;
        timer = vertx.setTimer(wait, passed -> sync());
    }

    private void answered(Told told, Sync.Answer answer) {
        boolean hadCompany = company.hasOthers();
        company.told(answer);
        if (!hadCompany && company.hasOthers()) {
            checks.company();
        }
        long now = System.nanoTime();
        Long before = answeredAt;
        long silent = before == null ? 0 : TimeUnit.NANOSECONDS.toMillis(now - before);
        answeredAt = now;
        if (before != null && !generation.equals(answer.generation())) {
            log.warn("Redis has lost the list of nodes: this node keeps checking its services");
            leases.unready();
            carefulSince = now;
        }
        generation = answer.generation();
        Leases.Change change = leases.answered(told, answer.holds());
        if (mode() == Mode.JOINED) { // otherwise the other nodes may be about to reconnect
            nodeLog.answered(answer, change.gained().size());
        }
        if (!change.lost().isEmpty()) {
            log.warn(
                    "other nodes have taken over {} leases of this one, which Redis had not heard from for {} ms. If that"
                            + " recurs, look for long pauses of this process or machine",
                    change.lost().size(),
                    silent);
            checks.lost(change.lost());
            metrics.lost(change.lost().size());
        }
        if (!change.gained().isEmpty() || !told.given().isEmpty()) {
            log.info(
                    "this node has {} of {} leases: {} gained, {} given up; live nodes: {}",
                    answer.holds().size(),
                    location == null ? Partition.COUNT : Partition.LEASES,
                    change.gained().size(),
                    told.given().size() + change.lost().size(),
                    company.live());
            metrics.gained(change.gained().size());
            metrics.given(told.given().size());
        }
        takeover.goOn();
        leases.giveUp(leaving ? 0 : answer.excess(), false).forEach(this::giveUp);
        leases.giveUp(leaving ? 0 : answer.excessThere(), true).forEach(this::giveUp);
    }

    private void giveUp(GivenUp one) {
        checks.giveUp(one.lease()).onComplete(ended -> {
            if (leases.givenUp(one)) {
                syncTogether();
            }
        });
    }

    private void syncTogether() {
        if (!moreToGive) {
            moreToGive = true;
            if (!syncing) {
                syncIn(TOGETHER_MS);
            }
        }
    }

    private void refreshReport() {
        long now = System.nanoTime();
        if (reportedAt == null || now - reportedAt >= REPORT_EVERY_NS) {
            reportedAt = now;
            checks.report().onSuccess(record::reported);
        }
    }

    /** Returns all partitions and ends the membership. All results must have been written before. */
    public Future<Void> leave() {
        closed = true;
        takeover.end();
        vertx.cancelTimer(timer);
        endUnsure(takeUnsure());
        if (!joined || !link.isUp()) {
            return link.close();
        }
        Promise<Void> left = Promise.promise();
        long tooLate = vertx.setTimer(LEAVE_TIMEOUT_MS, passed -> left.tryComplete());
        link.send(Script.LEAVE.call(2).arg(Keys.NODES).arg(Keys.LEASES).arg(id))
                .onComplete(answer -> left.tryComplete());
        return left.future().transform(ended -> {
            vertx.cancelTimer(tooLate);
            return link.close();
        });
    }

    /** For tests: stops heartbeats as if the process had been killed. */
    void kill() {
        closed = true;
        takeover.end();
        vertx.cancelTimer(timer);
        link.close();
    }
}
