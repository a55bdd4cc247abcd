package io.openuptimes.store.command;

import io.openuptimes.model.Node;
import io.openuptimes.store.backup.BackupJob;
import io.openuptimes.store.backup.Progress;
import io.openuptimes.store.backup.RestoreJob;
import io.openuptimes.store.changes.ChangeLock;
import io.openuptimes.store.changes.ChangeTurns;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.nodes.NodeTiming;
import io.openuptimes.store.secrets.KeyRing;
import io.openuptimes.store.services.BulkJournal;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Backup and restore for commands. Belongs to the link's event loop. */
public final class Backups {

    /** Longer than a node's heartbeat interval. */
    private static final long LISTEN_MS = NodeTiming.ALONE.syncMs() + 500;

    private static final long WAIT_MS = NodeTiming.USUAL.ttlMs() + LISTEN_MS;

    /**
     * How long a restore waits for nodes that checked for its mark just before it was set: longer than a node takes to
     * connect and send its first heartbeat.
     */
    private static final long SETTLE_MS = 3_000;

    private final Vertx vertx;
    private final Link link;
    private final Clock clock;
    private final long settleMs;

    /**
     * @param clock tells the time of day
     */
    public Backups(Vertx vertx, Link link, Clock clock) {
        this(vertx, link, clock, SETTLE_MS);
    }

    /** For tests, in which no node starts during a restore. */
    Backups(Vertx vertx, Link link, Clock clock, long settleMs) {
        this.vertx = vertx;
        this.link = link;
        this.clock = clock;
        this.settleMs = settleMs;
    }

    /** See {@link BackupJob#write}. */
    public Future<BackupJob.Summary> backup(Path file, boolean replace, Consumer<Progress> progress) {
        WorkerExecutor workers = vertx.createSharedWorkerExecutor("backup", 1);
        String run = ChangeLock.COMMAND + UUID.randomUUID();
        ChangeTurns turns = new ChangeTurns(vertx, new ChangeLock(vertx, link, run, false));
        BulkJournal journal = new BulkJournal(link, new Commits(link), workers, () -> link.send(new EventCodec().anew())
                .mapEmpty());
        turns.mendBy(journal::finish);
        return new BackupJob(vertx, link, task -> alone(turns, task), clock)
                .write(file, replace, progress)
                .eventually(workers::close);
    }

    /** A task that fails has changed nothing: others go on at once. */
    private static Future<Void> alone(ChangeTurns turns, Supplier<Future<Void>> task) {
        Future<AsyncResult<Void>> ended = turns.alone(grip -> grip.closeAll()
                .compose(closed -> task.get().transform(result -> Future.succeededFuture(result)))
                .compose(result -> grip.confirm().map(result)));
        return ended.compose(
                result -> result.succeeded() ? Future.succeededFuture() : Future.failedFuture(result.cause()));
    }

    /**
     * See {@link RestoreJob#restore}.
     *
     * @param keys this node's keys for reading secrets
     * @param live nodes with a recent heartbeat
     */
    public Future<RestoreJob.Summary> restore(
            Path file, boolean replace, KeyRing keys, Supplier<Future<List<Node>>> live, Consumer<Progress> progress) {
        return new RestoreJob(vertx, link, keys, () -> running(live), settleMs, clock).restore(file, replace, progress);
    }

    /** Names of running nodes. A killed node looks alive for some seconds but sends no further heartbeat. */
    private Future<List<String>> running(Supplier<Future<List<Node>>> live) {
        long since = System.nanoTime();
        return live.get()
                .compose(heard -> heard.isEmpty()
                        ? Future.succeededFuture(List.<String>of())
                        : again(live, heard.stream().collect(Collectors.toMap(Node::id, Node::seenAt)), since));
    }

    private Future<List<String>> again(Supplier<Future<List<Node>>> live, Map<String, Long> before, long since) {
        return vertx.timer(LISTEN_MS, TimeUnit.MILLISECONDS)
                .compose(waited -> live.get())
                .compose(heard -> {
                    List<String> running = heard.stream()
                            .filter(node -> node.seenAt() > before.getOrDefault(node.id(), 0L))
                            .map(Node::name)
                            .toList();
                    boolean over = System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(WAIT_MS);
                    return !running.isEmpty() || heard.isEmpty() || over
                            ? Future.succeededFuture(running)
                            : again(live, before, since);
                });
    }
}
