package io.openuptimes.store.services;

import io.openuptimes.bus.Authority;
import io.openuptimes.bus.BulkMessage;
import io.openuptimes.bus.BulkMessage.ApplyBulk;
import io.openuptimes.bus.BulkMessage.ApplyDeclared;
import io.openuptimes.bus.BulkMessage.BulkAnswer;
import io.openuptimes.bus.BulkMessage.BulkRefused;
import io.openuptimes.bus.BulkMessage.ChangeMatching;
import io.openuptimes.bus.BulkMessage.DeleteMatching;
import io.openuptimes.bus.BulkMessage.Matching;
import io.openuptimes.bus.Failures;
import io.openuptimes.model.EntryProblems;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceDraft;
import io.openuptimes.model.ServiceDrafts;
import io.openuptimes.store.changes.ChangeLock.Grip;
import io.openuptimes.store.changes.ChangeTurns;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.services.ServiceStore.Change;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bulk changes of services, in turn with all other changes, including those by other nodes. The change is first
 * computed in memory, then written by a {@link BulkJournal}, then announced.
 */
public final class BulkStore {

    /** Maximum wait for other nodes' changes; the rest of {@link BulkMessage#TIMEOUT_MS} is for this change. */
    private static final long PATIENCE_MS = BulkMessage.TIMEOUT_MS / 3;

    /** Deadline for committing a change; the rest of the caller's timeout is for writing it. */
    private static final long MAY_COUNT_NS = TimeUnit.MILLISECONDS.toNanos(BulkMessage.TIMEOUT_MS * 2 / 3);

    private final ServiceCodec codec;
    private final ChangeTurns turns;
    private final BulkReads reads;
    private final BulkJournal journal;
    private final WorkerExecutor workers;
    private final Clock clock;
    private final IntFunction<Future<Void>> room;
    private final BiFunction<List<Change>, List<Service>, Future<Void>> changed;
    private final IntSupplier format;

    /**
     * @param workers run everything that takes long with many services
     * @param clock tells the time of day
     * @param room fails if there is no room for this many more services
     * @param changed called with the saved and the removed services after everything is written
     * @param finished called when an interrupted change is done, whatever it was
     * @param format of the stored data
     */
    public BulkStore(
            Link link,
            ServiceCodec codec,
            Commits commits,
            ChangeTurns turns,
            WorkerExecutor workers,
            Clock clock,
            IntFunction<Future<Void>> room,
            BiFunction<List<Change>, List<Service>, Future<Void>> changed,
            Supplier<Future<Void>> finished,
            IntSupplier format) {
        this.codec = codec;
        this.turns = turns;
        this.reads = new BulkReads(link, codec, workers);
        this.journal = new BulkJournal(link, commits, workers, finished);
        this.workers = workers;
        this.clock = clock;
        this.room = room;
        this.changed = changed;
        this.format = format;
        turns.mendBy(journal::finish);
    }

    public Future<BulkAnswer> apply(ApplyBulk wanted) {
        LabelSelector selector = wanted.deleteAbsent();
        Authority by = wanted.by();
        return planned(wanted.dryRun(), by, () -> {
            Future<List<Service>> absent = selector == null
                    ? Future.succeededFuture(List.of())
                    : reads.scan(service -> selector.matches(service.labels()) && by.covers(service));
            return absent.compose(deletable -> upsert(wanted.drafts(), deletable, planBy(by), false));
        });
    }

    public Future<BulkAnswer> declare(ApplyDeclared wanted) {
        return onWorker(() -> drafts(wanted.services())).compose(drafts -> {
            BulkAnswer refused = refusal(drafts.problems());
            return refused != null
                    ? Future.succeededFuture(refused)
                    : planned(false, Authority.FULL, () -> reads.declared()
                            .compose(before -> upsert(drafts.drafts(), before, planBy(Authority.FULL), true)));
        });
    }

    public Future<BulkAnswer> release() {
        return planned(false, Authority.FULL, () -> reads.declared()
                .compose(found -> onWorker(() -> {
                    BulkPlan plan = planBy(Authority.FULL);
                    found.forEach(plan::release);
                    return plan;
                })));
    }

    /**
     * Creates a plan and carries it out; no other node changes anything in between.
     *
     * @param dryRun only creates the plan, from whatever is stored, without waiting for other changes
     */
    private Future<BulkAnswer> planned(boolean dryRun, Authority by, Supplier<Future<BulkPlan>> plan) {
        long asked = System.nanoTime();
        return dryRun
                ? turns.inTurn(plan).compose(this::answer)
                : turns.alone(PATIENCE_MS, grip -> grip.closeAll()
                        .compose(closed -> plan.get())
                        .compose(made -> by.confirm().get().map(made))
                        .compose(made -> carryOut(made, grip, () -> System.nanoTime() - asked < MAY_COUNT_NS)));
    }

    private BulkPlan planBy(Authority by) {
        return new BulkPlan(by, format.getAsInt());
    }

    private ServiceDrafts drafts(List<Map<String, Object>> entries) {
        ServiceDrafts drafts = new ServiceDrafts(clock.millis());
        entries.forEach(drafts::add);
        return drafts;
    }

    private Future<BulkPlan> upsert(List<ServiceDraft> drafts, List<Service> absent, BulkPlan plan, boolean declared) {
        return reads.known(drafts)
                .compose(known -> onWorker(() -> plan.upsert(drafts, known, absent, declared, clock.millis())));
    }

    /**
     * @return fails with {@link Failures#INVALID} if a field is not valid
     */
    public Future<BulkAnswer> change(ChangeMatching wanted) {
        return planned(wanted.dryRun(), wanted.by(), () -> matching(wanted.which(), wanted.by())
                .compose(found -> onWorker(() -> {
                    BulkPlan plan = planBy(wanted.by());
                    for (Service before : found) {
                        plan.replace(before, ServiceStore.patched(before, wanted.fields()));
                    }
                    return plan;
                })));
    }

    public Future<BulkAnswer> delete(DeleteMatching wanted) {
        return planned(wanted.dryRun(), wanted.by(), () -> matching(wanted.which(), wanted.by())
                .compose(found -> onWorker(() -> {
                    BulkPlan plan = planBy(wanted.by());
                    found.forEach(plan::delete);
                    return plan;
                })));
    }

    private Future<List<Service>> matching(Matching which, Authority by) {
        return reads.scan(service -> by.covers(service)
                && which.labels().matches(service.labels())
                && (which.groups().isEmpty() || which.groups().contains(service.group())));
    }

    private static @Nullable BulkAnswer refusal(EntryProblems problems) {
        return problems.isEmpty() ? null : new BulkRefused(problems.kept(), problems.total(), problems.kind());
    }

    private Future<BulkAnswer> carryOut(BulkPlan plan, Grip grip, BooleanSupplier inTime) {
        Future<Void> done = plan.problems().isEmpty() && !plan.changesNothing()
                ? write(plan, grip, inTime)
                : Future.succeededFuture();
        return done.compose(written -> answer(plan));
    }

    private Future<BulkAnswer> answer(BulkPlan plan) {
        BulkAnswer refused = refusal(plan.problems());
        return refused != null ? Future.succeededFuture(refused) : onWorker(plan::summary);
    }

    /** Announces the change before others can change the same services again. */
    private Future<Void> write(BulkPlan plan, Grip grip, BooleanSupplier inTime) {
        return room.apply(plan.growth())
                .compose(there -> onWorker(() -> new BulkChunks(plan, codec)))
                .compose(chunks -> journal.write(chunks, grip.mark(), inTime))
                .compose(all -> {
                    if (all) {
                        return changed.apply(plan.saved(), plan.deleted());
                    }
                    grip.unfinished(); // whoever finishes it announces it
                    return Future.succeededFuture();
                });
    }

    private <T> Future<T> onWorker(Callable<T> work) {
        return workers.executeBlocking(work);
    }
}
