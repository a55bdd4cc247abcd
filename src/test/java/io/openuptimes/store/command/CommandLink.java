package io.openuptimes.store.command;

import static io.openuptimes.testing.Await.await;

import io.openuptimes.App;
import io.openuptimes.model.Node;
import io.openuptimes.store.backup.BackupJob;
import io.openuptimes.store.backup.RestoreJob;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.DataIdentity;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.openuptimes.store.nodes.LiveNodes;
import io.openuptimes.store.secrets.KeyRing;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Backup and restore as performed by a command, with its own connection. */
final class CommandLink implements AutoCloseable {

    private final Vertx vertx = App.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final Clock clock;
    private final Link link;
    private UnaryOperator<Link> seenAs = UnaryOperator.identity();

    CommandLink(RedisOptions redis, Clock clock) {
        this.clock = clock;
        Promise<Void> up = Promise.promise();
        link = new Links(vertx, redis, Script.loads(), DataIdentity.any(Keys.SETTINGS))
                .to("command", () -> up.tryComplete(), () -> {});
        loop.runOnContext(start -> link.open());
        await(up.future());
    }

    /** Gives jobs another link, which may delegate to this one. */
    void see(UnaryOperator<Link> as) {
        seenAs = as;
    }

    BackupJob.Summary backup(Path file) {
        return run(backups -> backups.backup(file, true, progress -> {}));
    }

    RestoreJob.Summary restore(Path file, boolean replace, KeyRing keys) {
        return run(backups -> backups.restore(file, replace, keys, () -> liveNodes(), progress -> {}));
    }

    private Future<List<Node>> liveNodes() {
        return LiveNodes.of(link);
    }

    private <T> T run(Function<Backups, Future<T>> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(start ->
                work.apply(new Backups(vertx, seenAs.apply(link), clock, 1)).onComplete(done));
        return await(done.future());
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
