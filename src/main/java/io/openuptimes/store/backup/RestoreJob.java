package io.openuptimes.store.backup;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.format.StoreFormat;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.secrets.KeyRing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Restores a backup into a store that no node uses.
 *
 * <p>The whole file is verified before anything is written. From the first change on, a {@link RestoreMark} keeps nodes
 * away; an interrupted restore is redone by the next one. The restored data gets a new id, so that a node that was
 * disconnected meanwhile does not continue with it, and all sessions end.
 *
 * <p>Performs one restore. Belongs to the link's event loop.
 */
public final class RestoreJob {

    /**
     * What was restored.
     *
     * @param createdAt when the backup was started, epoch milliseconds
     * @param version that wrote it
     * @param services number of services
     * @param days days of history, for all services and locations together, including those that have expired since
     */
    public record Summary(long createdAt, String version, long services, long days) {}

    private final Vertx vertx;
    private final Link link;
    private final KeyRing keys;
    private final Supplier<Future<List<String>>> liveNodes;
    private final long settleMs;
    private final Clock clock;

    /**
     * @param keys this node's keys for reading secrets
     * @param liveNodes names of the nodes that use the store
     * @param settleMs maximum time in which a node that did not see the mark becomes visible, milliseconds
     * @param clock tells the time of day
     */
    public RestoreJob(
            Vertx vertx,
            Link link,
            KeyRing keys,
            Supplier<Future<List<String>>> liveNodes,
            long settleMs,
            Clock clock) {
        this.vertx = vertx;
        this.link = link;
        this.keys = keys;
        this.liveNodes = liveNodes;
        this.settleMs = settleMs;
        this.clock = clock;
    }

    /**
     * Restores a file.
     *
     * @param replace whether to remove the store's contents; otherwise it must be empty
     * @param progress receives the progress
     * @return fails with {@link Refused} if nothing was changed: {@link Failures#INVALID} because of the file or the
     *     keys, {@link Failures#CONFLICT} because of the store's contents, its nodes or another restore
     */
    public Future<Summary> restore(Path file, boolean replace, Consumer<Progress> progress) {
        return vertx.executeBlocking(() -> BackupFile.open(file))
                .compose(opened -> vertx.executeBlocking(() -> RestorePlan.of(opened))
                        .compose(plan -> restore(opened, plan, replace, progress))
                        .eventually(() -> vertx.executeBlocking(() -> {
                            opened.close();
                            return null;
                        })));
    }

    private Future<Summary> restore(BackupFile file, RestorePlan plan, boolean replace, Consumer<Progress> progress) {
        RestoreRun run = new RestoreRun(
                link, "backup of " + Instant.ofEpochMilli(file.header().createdAt()));
        return checkKeys(file, plan)
                .compose(held -> StoreFormat.check(link))
                .compose(readable -> refuseLiveNodes())
                .compose(none -> RestoreMark.read(link))
                .compose(mark -> refuseContents(replace || mark != null))
                .compose(free -> begin(run, replace))
                .compose(begun -> new Removal(link, run, clock.millis())
                        .run()
                        .compose(removed -> write(file, plan, run, progress))
                        .compose(written -> end(run, file.header().data()))
                        .recover(failure -> interrupted(run, failure)))
                .map(done ->
                        new Summary(file.header().createdAt(), file.header().version(), plan.services(), plan.days()));
    }

    private Future<Void> checkKeys(BackupFile file, RestorePlan plan) {
        List<String> missing =
                plan.secretKeys().stream().filter(id -> !keys.holds(id)).toList();
        return missing.isEmpty()
                ? Future.succeededFuture()
                : Future.failedFuture(BackupFile.refused(
                        file.name(),
                        "holds secrets encrypted with the key " + String.join(" and ", missing)
                                + ", which is not set here. Set secrets.key (OPENUPTIMES_SECRET_KEY) to that of the old"
                                + " installation, or add it to secrets.previousKeys; with the embedded Redis, copy the"
                                + " file secret.key from the old data directory into this one"));
    }

    private Future<Void> refuseLiveNodes() {
        return liveNodes
                .get()
                .compose(live -> live.isEmpty()
                        ? Future.succeededFuture()
                        : Future.failedFuture(new Refused(
                                Failures.CONFLICT,
                                "The store is in use by " + String.join(", ", live)
                                        + ". Stop every node before a restore. Nothing was changed.")));
    }

    /**
     * @param removable whether contents may be removed
     */
    private Future<Void> refuseContents(boolean removable) {
        return removable
                ? Future.succeededFuture()
                : StoreContents.of(link)
                        .compose(contents -> contents.isEmpty()
                                ? Future.succeededFuture()
                                : Future.failedFuture(new Refused(
                                        Failures.CONFLICT,
                                        "The store is not empty: it holds " + contents
                                                + ". Use an empty one, or --replace, which deletes all of that. Nothing was"
                                                + " changed.")));
    }

    /**
     * Sets the mark, then checks again. A node that started meanwhile has either seen the mark or is visible after a
     * while.
     */
    private Future<Void> begin(RestoreRun run, boolean replace) {
        return run.begin().compose(marked -> link.confirm()
                .compose(confirmed -> vertx.timer(settleMs, TimeUnit.MILLISECONDS))
                .compose(settled -> refuseLiveNodes())
                .compose(none -> refuseContents(replace || run.isAfterAnother()))
                .recover(refused -> (run.isAfterAnother() ? run.abandon() : run.end())
                        .transform(undone -> Future.failedFuture(refused))));
    }

    private Future<Void> write(BackupFile file, RestorePlan plan, RestoreRun run, Consumer<Progress> progress) {
        RestoreCommands commands = new RestoreCommands(plan, keys, clock.millis());
        return vertx.executeBlocking(file::items)
                .compose(
                        items -> Repeat.until(new RestoreWriter(
                                vertx,
                                link,
                                run,
                                items,
                                commands,
                                done -> progress.accept(new Progress(done, plan.records())))::batch));
    }

    private Future<Void> end(RestoreRun run, int format) {
        return run.renew()
                .compose(held -> link.batch(List.of(
                        StoreFormat.restored(format),
                        // an epoch that no session has, from whatever store
                        Request.cmd(Command.HSET)
                                .arg(Keys.SETTINGS)
                                .arg("sessionEpoch")
                                .arg(clock.millis()),
                        // a reader that knows a later event than the backup reloads everything
                        new EventCodec().anew())))
                .compose(written -> link.confirm())
                .compose(confirmed -> run.end());
    }

    private static Future<Void> interrupted(RestoreRun run, Throwable failure) {
        return run.isLost()
                ? Future.failedFuture(failure)
                : run.abandon()
                        .transform(
                                abandoned -> Future.failedFuture(
                                        new Refused(
                                                Failures.INTERNAL,
                                                "The restore was interrupted: " + failure.getMessage()
                                                        + ". The store is incomplete, and no node starts on it; run the restore again.")));
    }
}
