package io.openuptimes.store.format;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.App;
import io.openuptimes.config.Version;
import io.openuptimes.model.Node;
import io.openuptimes.store.changes.ChangeLock;
import io.openuptimes.store.changes.ChangeTurns;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.DataIdentity;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.RedisCalls;
import io.openuptimes.testing.RestartableRedis;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The format on one real Redis, followed and raised by this version and by next ones. */
class StoreFormatTest {

    private static final Formats NEXT = new Formats(0, 2);

    @TempDir
    private Path dir;

    private final Vertx vertx = App.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private RestartableRedis server;
    private RedisCalls redis;
    private Link link;

    @BeforeEach
    void start() throws Exception {
        server = new RestartableRedis(dir);
        server.start();
        redis = server.connect();
        Promise<Void> up = Promise.promise();
        link = new Links(
                        vertx,
                        RedisClients.options(server.url(), null),
                        Script.loads(),
                        DataIdentity.any(Keys.SETTINGS))
                .to("test", () -> up.tryComplete(), () -> {});
        onLoop(() -> {
            link.open();
            return up.future();
        });
    }

    @AfterEach
    void stop() throws Exception {
        redis.close();
        await(vertx.close());
        server.close();
    }

    private <T> T onLoop(Supplier<Future<T>> task) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(start -> task.get().onComplete(done));
        return await(done.future());
    }

    private Throwable failure(Supplier<Future<?>> task) {
        return onLoop(() -> task.get().transform(ended -> Future.succeededFuture(ended.cause())));
    }

    private StoreFormat followed(Formats own) {
        StoreFormat format = new StoreFormat(link, own);
        onLoop(format::follow);
        return format;
    }

    private String stored() throws Exception {
        return String.valueOf(redis.call("GET", Keys.FORMAT));
    }

    private FormatRaise raise(StoreFormat format, String run) {
        return new FormatRaise(format, new ChangeTurns(vertx, new ChangeLock(vertx, link, run, false)));
    }

    /** Nodes by their newest formats; the first node asks. A negative format marks a silent node. */
    private static List<Node> nodes(int... formats) {
        return Stream.iterate(0, i -> i < formats.length, i -> i + 1)
                .map(i -> node(i, formats[i]))
                .toList();
    }

    private static Node node(int i, int format) {
        return new Node(
                "id" + i,
                "n" + i,
                null,
                "1",
                1,
                2,
                format >= 0,
                i == 0,
                1,
                1,
                1,
                null,
                0,
                0,
                Math.abs(format),
                null,
                List.of());
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 2", "1, 3"})
    void aStoreWithoutAFormatBeginsWithTheFirst(int lowest, int highest) throws Exception {
        StoreFormat format = followed(new Formats(lowest, highest));
        assertThat(stored()).isEqualTo("1");
        assertThat(format.inForce()).isEqualTo(1);
    }

    @Test
    void anExistingFormatIsKept() throws Exception {
        redis.call("SET", Keys.FORMAT, "2");
        assertThat(followed(NEXT).inForce()).isEqualTo(2);
        assertThat(stored()).isEqualTo("2");
    }

    @Test
    void theRefusalOfANewerFormatNamesBothFormatsAndTheRemedy() throws Exception {
        redis.call("SET", Keys.FORMAT, "2");
        assertThat(failure(() -> new StoreFormat(link).follow()))
                .satisfies(
                        failure -> assertThat(StoreFormat.isMismatch(failure)).isTrue())
                .hasMessage(
                        "This store has format 2; this version (" + Version.CURRENT + ") reads formats 0 to 1. Start"
                                + " the newer version that wrote it, or restore a backup that this version can read into an"
                                + " empty store");
        assertThat(failure(() -> StoreFormat.check(link))).hasMessageContaining("format 2");
        assertThat(stored()).isEqualTo("2");
    }

    @Test
    void anOlderFormatThanTheLowestIsRefused() throws Exception {
        redis.call("SET", Keys.FORMAT, "1");
        assertThat(failure(() -> new StoreFormat(link, new Formats(2, 3)).follow()))
                .hasMessage("This store has format 1; this version (" + Version.CURRENT
                        + ") reads formats 2 to 3. Start" + " a version in between first, which converts it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1.5", "99999999999"})
    void anInvalidFormatIsRefused(String invalid) throws Exception {
        redis.call("SET", Keys.FORMAT, invalid);
        assertThat(failure(() -> new StoreFormat(link).follow()))
                .satisfies(
                        failure -> assertThat(StoreFormat.isMismatch(failure)).isTrue())
                .hasMessageContaining("invalid format number in the key ou:format: " + invalid);
        assertThat(stored()).isEqualTo(invalid);
    }

    @Test
    void aCommandSetsNoFormat() throws Exception {
        assertThat(onLoop(() -> StoreFormat.check(link))).isZero();
        assertThat(stored()).isEqualTo("null");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2, 2",
        "2, 1, 1", // it has not been upgraded
        "2, 0, 1", // so old that it announces none
        "2, -1, 1", // silent, but it may return
        "3, 3, 2", // this node reads no more
        "2, 3, 2"
    })
    void theFormatIsRaisedToTheNewestThatAllNodesRead(int own, int other, int raised) throws Exception {
        StoreFormat format = followed(NEXT);
        FormatRaise raise = raise(format, "a");
        onLoop(() -> raise.attempt(nodes(own, other)));
        assertThat(stored()).isEqualTo(String.valueOf(raised));
        assertThat(format.inForce()).isEqualTo(raised);
    }

    @Test
    void itIsNotRaisedBeforeRedisListsThisNode() throws Exception {
        FormatRaise raise = raise(followed(NEXT), "a");
        onLoop(() -> raise.attempt(List.of()));
        onLoop(() -> raise.attempt(nodes(-2, 2)));
        assertThat(stored()).isEqualTo("1");
    }

    @Test
    void twoNodesRaiseItOnceAndNeitherFails() throws Exception {
        StoreFormat a = followed(NEXT);
        StoreFormat b = followed(NEXT);
        FormatRaise first = raise(a, "a");
        FormatRaise second = raise(b, "b");
        onLoop(() -> Future.all(first.attempt(nodes(2, 2)), second.attempt(nodes(2, 2))));
        assertThat(stored()).isEqualTo("2");
        onLoop(a::follow);
        onLoop(b::follow);
        assertThat(List.of(a.inForce(), b.inForce())).containsOnly(2);
    }

    @Test
    void aNodeThatDoesNotReadTheRaisedFormatIsRefusedFromThenOn() throws Exception {
        StoreFormat old = followed(Formats.OWN);
        StoreFormat next = followed(NEXT);
        onLoop(() -> raise(next, "a").attempt(nodes(2)));
        assertThat(failure(old::follow)).hasMessageContaining("This store has format 2");
    }
}
