package io.openuptimes.store.nodes;

import io.openuptimes.bus.CheckMessage.ScheduleReport;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.NodeMessage.Nodes;
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
 * This node among the others: tells Redis again and again that it lives, takes its share of the partitions, gives back
 * what is more than that, and takes over from those that have died.
 *
 * <p>While Redis is away it keeps what it holds. Over a connection of its own, so that nothing holds up its sign of life.
 * One event loop only.
 */
public final class Membership {

    private static final Logger log = LoggerFactory.getLogger(Membership.class);

    /** While somebody is about to give back what this node waits for. */
    private static final long SOON_MS = 100;
    /** What is given back within so long goes back together. */
    private static final long TOGETHER_MS = 20;

    private static final long REPORT_EVERY_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long LEAVE_TIMEOUT_MS = 1_000;

    /** Those who do the checks. */
    public interface Checks {

        /** These partitions are this node's from now on; when their services were last checked. */
        void gained(List<Integer> partitions, Map<String, Long> lastChecks);

        /** Ends when nothing of the partition is under way any more, neither a check nor a result. */
        Future<?> giveUp(int partition);

        /** Others have these already. */
        void lost(List<Integer> partitions);

        /** How they do. */
        Future<ScheduleReport> report();

        /** Results that wait to be written. */
        int queued();

        /** There are other nodes now, and there were none. */
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
    /** There is something to give back that the sync that is under way does not tell. */
    private boolean moreToGive;

    private long timer = -1;
    /** Those who wait for the answer to a sync that is not sent yet. */
    private List<Promise<Void>> unsure = new ArrayList<>();

    private @Nullable Long carefulSince;
    private @Nullable Long reportedAt;
    private @Nullable Long answeredAt;
    /** Of the data that Redis had then, empty at first. */
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
            LastChecks lastChecks,
            Checks checks,
            NodeMetrics metrics) {
        this.vertx = vertx;
        this.link = links.to("node", this::connected, this::disconnected);
        this.id = id;
        this.location = record.location();
        this.alone = alone;
        this.timing = timing;
        this.record = record;
        this.checks = checks;
        this.metrics = metrics;
        this.takeover = new Takeover(link, location, leases, lastChecks, checks);
        this.company = new Company(id);
        this.nodeLog = new NodeLog(id);
        metrics.watch(leases::held, company::live, () -> nodes().free());
    }

    /** Takes part from now on. */
    public void join() {
        if (!joined && !closed) {
            joined = true;
            link.open();
        }
    }

    /** Takes nothing any more. */
    public void leaveSoon() {
        leaving = true;
        takeover.end();
        if (!alone) {
            sync();
        }
    }

    /** Since when it holds the partition, or held it last; 0 if it never has. */
    public long epoch(int partition) {
        return leases.epoch(partition);
    }

    /** Whether other nodes were live when Redis was last heard of. */
    public boolean hasCompany() {
        return company.hasOthers();
    }

    public Nodes nodes() {
        return company.nodes();
    }

    /** Ends when Redis has told what this node holds since it was asked, or is away. */
    public Future<Void> confirm() {
        if (!joined || !link.isUp()) {
            return Future.succeededFuture();
        }
        Promise<Void> told = Promise.promise();
        unsure.add(told);
        sync();
        return told.future();
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
            return; // the next connection goes on
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
        if (mode() == Mode.JOINED) { // else others may only be about to come back
            nodeLog.answered(answer, change.gained().size());
        }
        if (!change.lost().isEmpty()) {
            log.warn(
                    "other nodes have taken over {} partitions of this one, which Redis had not heard from for {} ms. If that"
                            + " recurs, look for long pauses of this process or machine",
                    change.lost().size(),
                    silent);
            checks.lost(change.lost());
            metrics.lost(change.lost().size());
        }
        if (!change.gained().isEmpty() || !told.given().isEmpty()) {
            log.info(
                    "this node checks {} of {} partitions: {} gained, {} given up; live nodes: {}",
                    answer.holds().size(),
                    location == null ? Partition.COUNT : Partition.SLOTS,
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
        checks.giveUp(one.partition()).onComplete(ended -> {
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

    /** Gives back everything at once and is gone. What was checked must be written before. */
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

    /** For tests: is not heard of any more, as if the process had been killed. */
    void kill() {
        closed = true;
        takeover.end();
        vertx.cancelTimer(timer);
        link.close();
    }
}
