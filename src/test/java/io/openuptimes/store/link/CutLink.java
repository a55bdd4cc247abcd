package io.openuptimes.store.link;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.App;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.testing.CutProxy;
import io.openuptimes.testing.RedisCalls;
import io.openuptimes.testing.RestartableRedis;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A link to its own Redis through a proxy that a test can cut, on its own event loop. */
public final class CutLink implements AutoCloseable {

    public final RestartableRedis redis;
    public final CutProxy line;
    /** Calls over a connection that is never cut. */
    public final RedisCalls beside;

    public final Link link;
    private final Vertx vertx = App.vertx();
    private final Context loop = vertx.getOrCreateContext();

    private CutLink(Path dir) throws Exception {
        redis = new RestartableRedis(dir);
        redis.start();
        beside = redis.connect();
        line = CutProxy.to(redis.port());
        link = new Links(
                        vertx,
                        RedisClients.options(redis.url(line.port()), null),
                        Script.loads(),
                        new DataIdentity(Keys.SETTINGS))
                .to("test", () -> {}, () -> {});
    }

    /** Returns once it is connected. */
    public static CutLink open(Path dir) throws Exception {
        CutLink opened = new CutLink(dir);
        opened.loop.runOnContext(run -> opened.link.open());
        opened.awaitUp();
        return opened;
    }

    public void awaitUp() throws Exception {
        eventually(() -> assertThat(link.isUp()).isTrue());
    }

    public <T> T onLoop(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(run -> work.get().onComplete(done));
        return await(done.future());
    }

    @Override
    public void close() throws IOException {
        await(vertx.close());
        line.close();
        beside.close();
        redis.close();
    }
}
