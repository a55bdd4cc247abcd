package io.openuptimes.store.changes;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.App;
import io.openuptimes.bus.Failures;
import io.openuptimes.store.changes.ChangeLock.Grip;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.embedded.EmbeddedRedis;
import io.openuptimes.store.link.DataIdentity;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.openuptimes.store.link.RedisClients;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The turns of two nodes on one Redis. */
class ChangeTurnsTest {

    private static final class Node {

        final Vertx vertx = App.vertx();
        final Context context = vertx.getOrCreateContext();
        final Promise<Void> up = Promise.promise();
        final Link link;
        final ChangeTurns turns;

        Node(RedisOptions redis, String run) {
            link = new Links(vertx, redis, Script.loads(), new DataIdentity(Keys.SETTINGS))
                    .to(run, up::tryComplete, () -> {});
            turns = new ChangeTurns(vertx, new ChangeLock(vertx, link, run, false));
            on(() -> {
                link.open();
                return up.future();
            });
        }

        /** On the node's event loop, as in a verticle. */
        <T> T on(Supplier<Future<T>> task) {
            return await(begin(task).future());
        }

        <T> Promise<T> begin(Supplier<Future<T>> task) {
            Promise<T> done = Promise.promise();
            context.runOnContext(go -> task.get().onComplete(done));
            return done;
        }

        void close() {
            on(link::close);
            await(vertx.close());
        }
    }

    @TempDir
    private Path dir;

    private EmbeddedRedis redis;
    private Node one;
    private Node other;

    @BeforeEach
    void start() throws Exception {
        redis = EmbeddedRedis.start(dir);
        RedisOptions options = RedisClients.options(redis.url(), null);
        one = new Node(options, "one");
        other = new Node(options, "other");
    }

    @AfterEach
    void stop() throws Exception {
        one.close();
        other.close();
        redis.close();
    }

    @Test
    void whoWaitsForTooLongIsToldWhy() {
        Promise<Void> end = Promise.promise();
        Promise<Void> begun = Promise.promise();
        Promise<Void> ended = one.begin(() -> one.turns.alone(grip -> {
            begun.complete();
            return grip.closeAll().compose(closed -> end.future());
        }));
        await(begun.future());

        Failures.Refused refused = (Failures.Refused) other.on(() -> other.turns
                .alone(200, grip -> Future.succeededFuture())
                .map(done -> (Throwable) new AssertionError("had the lock, too"))
                .recover(Future::succeededFuture));
        assertThat(refused.code()).isEqualTo(Failures.STORE_UNREACHABLE);
        assertThat(refused).hasMessage("Another node is changing services; try again");

        // and it continues once the other has ended
        Promise<String> waiting = other.begin(() -> other.turns.alone(grip -> Future.succeededFuture("now")));
        end.complete();
        assertThat(await(waiting.future())).isEqualTo("now");
        await(ended.future());
    }

    @Test
    void aNodeThatChangesOneThingAfterTheOtherLeavesRoom() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger changes = new AtomicInteger();
        Promise<Void> all = one.begin(() -> {
            Promise<Void> end = Promise.promise();
            again(one, changes, enough, end);
            return end.future();
        });
        for (int i = 0; i < 3; i++) {
            int before = changes.get();
            other.on(() -> other.turns.alone(Grip::closeAll));
            eventually(() -> assertThat(changes).hasValueGreaterThan(before));
        }
        assertThat(all.future().isComplete()).isFalse();
        enough.set(true);
        await(all.future());
    }

    /** Repeats changes sequentially until told to stop. */
    private static void again(Node node, AtomicInteger changes, AtomicBoolean enough, Promise<Void> end) {
        node.turns
                .alone(grip -> grip.closeAll().onSuccess(closed -> changes.incrementAndGet()))
                .onFailure(failure -> end.fail(failure))
                .onSuccess(done -> {
                    if (enough.get()) {
                        end.complete();
                    } else {
                        again(node, changes, enough, end);
                    }
                });
    }
}
