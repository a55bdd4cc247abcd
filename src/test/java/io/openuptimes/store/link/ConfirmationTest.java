package io.openuptimes.store.link;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.App;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.testing.RedisCalls;
import io.openuptimes.testing.RestartableRedis;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes to a server whose replica has disconnected, possibly to take over. */
class ConfirmationTest {

    /** Scripted replies about a server. */
    private final class Said implements Dialer {

        private final Dialer direct;

        Said(Dialer direct) {
            this.direct = direct;
        }

        @Override
        public Future<Wire> dial() {
            return direct.dial().onSuccess(wire -> {
                if (dialled.getAndIncrement() == 0) {
                    wire.replicas().saw(1); // the next server has none yet
                }
            });
        }

        @Override
        public boolean follows() {
            return true;
        }

        @Override
        public Future<Boolean> holds(Wire wire) {
            asked.tryComplete();
            return answer.future();
        }
    }

    @TempDir
    private Path dir;

    private final Vertx vertx = App.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final AtomicInteger dialled = new AtomicInteger();
    private final Promise<Void> asked = Promise.promise();
    private final Promise<Boolean> answer = Promise.promise();
    private RestartableRedis redis;
    private RedisLink link;

    @BeforeEach
    void connect() throws Exception {
        redis = new RestartableRedis(dir);
        redis.start();
        Dialer direct = new DirectDialer(vertx, RedisClients.options(redis.url(), null), Script.loads());
        link = new RedisLink(
                vertx,
                "test",
                new Said(direct),
                new DataIdentity(Keys.SETTINGS),
                Gate.unchecked(),
                new OutageLog(System::nanoTime),
                new Link.Listener() {});
        loop.runOnContext(run -> link.open());
        eventually(() -> assertThat(link.isUp()).isTrue());
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
        redis.close();
    }

    private Future<Void> confirmationOfAWrite() {
        return onLoop(() ->
                link.send(Request.cmd(Command.SET).arg("key").arg("value")).compose(written -> link.confirm()));
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(run -> work.get().onComplete(done));
        return done.future();
    }

    @Test
    void is_not_to_be_had_of_a_server_that_has_lost_its_place() throws Exception {
        Future<Void> confirmation = confirmationOfAWrite();
        await(asked.future());

        answer.complete(false);

        assertThatThrownBy(() -> await(confirmation)).hasMessageContaining("cannot be reached");
    }

    @Test
    void is_not_to_be_had_of_the_server_that_came_next() throws Exception {
        Future<Void> confirmation = confirmationOfAWrite();
        await(asked.future());

        try (RedisCalls beside = redis.connect()) {
            beside.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        }
        eventually(() -> assertThat(dialled).hasValue(2));
        eventually(() -> assertThat(link.isUp()).isTrue());
        answer.complete(true); // so it is, of the new one

        assertThatThrownBy(() -> await(confirmation)).hasMessageContaining("cannot be reached");
    }

    @Test
    void comes_after_all_where_a_replica_stays_away() throws Exception {
        answer.complete(true);

        await(confirmationOfAWrite()); // after a while, with a warning
    }
}
