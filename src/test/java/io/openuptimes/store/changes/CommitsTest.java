package io.openuptimes.store.changes;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.App;
import io.openuptimes.bus.Failures;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.DataIdentity;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.CutProxy;
import io.openuptimes.testing.RedisCalls;
import io.openuptimes.testing.RestartableRedis;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a change whose answer is lost, command by command. */
class CommitsTest {

    private static final Pattern COMMIT = Pattern.compile(":change:[-0-9a-f]{36}\r\n(.*\r\n)*\\$13\r\n[0-9]{13}\r\n");

    @TempDir
    private Path dir;

    private final Vertx vertx = App.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private RestartableRedis redis;
    private CutProxy line;
    private RedisCalls beside;
    private Link link;
    private Commits commits;

    @BeforeEach
    void start() throws Exception {
        redis = new RestartableRedis(dir);
        redis.start();
        beside = redis.connect();
        line = CutProxy.to(redis.port());
        RedisOptions options = RedisClients.options(redis.url(line.port()), null);
        link = new Links(vertx, options, Script.loads(), new DataIdentity(Keys.SETTINGS))
                .to("test", () -> {}, () -> {});
        commits = new Commits(link);
        loop.runOnContext(run -> link.open());
        eventually(() -> assertThat(link.isUp()).isTrue());
    }

    @AfterEach
    void stop() throws IOException {
        await(vertx.close());
        line.close();
        beside.close();
        redis.close();
    }

    private <T> T onLoop(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(run -> work.get().onComplete(done));
        return await(done.future());
    }

    /** Sends a change whose answer is cut off, and gives back its code. */
    private int lost(Object... words) {
        line.cutAnswer(COMMIT, 1);
        int code = onLoop(() -> commits.run(words).map(0).otherwise(Failures::codeOf));
        assertThat(line.isSprung()).isTrue();
        return code;
    }

    private void settle() throws Exception {
        eventually(() -> assertThat(link.isUp()).isTrue());
        onLoop(() -> commits.settle());
    }

    @Test
    void fieldsAreAsTheyWere() throws Exception {
        beside.call("HSET", "ou:h", "changed", "1", "removed", "2", "counted", "7");

        assertThat(lost("HSET", "ou:h", "changed", "x", "new", "y")).isEqualTo(Failures.STORE_UNREACHABLE);
        assertThat(beside.call("HGET", "ou:h", "new")).as("it was made").isEqualTo("y");
        settle();
        lost("HDEL", "ou:h", "removed", "never");
        settle();
        lost("HINCRBY", "ou:h", "counted", 5);
        settle();

        assertThat(beside.content("ou:h"))
                .containsOnlyKeys("ou:h changed", "ou:h removed", "ou:h counted")
                .containsValues("1", "2", "7");
    }

    @Test
    void stringsAreAsTheyWereAndExpireAsTheyDid() throws Exception {
        beside.call("SET", "ou:s", "before", "PX", "100000");

        lost("DEL", "ou:s");
        assertThat(beside.call("GET", "ou:s")).isNull();
        settle();
        lost("SET", "ou:t", "new", "PX", 100_000);
        settle();

        assertThat(beside.call("GET", "ou:s")).isEqualTo("before");
        assertThat((Long) beside.call("PTTL", "ou:s")).isBetween(1L, 100_000L);
        assertThat(beside.call("GET", "ou:t")).isNull();
    }

    @Test
    void whatSomebodyHasChangedSinceStays() throws Exception {
        beside.call("HSET", "ou:h", "one", "1", "two", "2");

        lost("HSET", "ou:h", "one", "x", "two", "y");
        beside.call("HSET", "ou:h", "one", "of another node");
        settle();

        assertThat(beside.content("ou:h")).containsEntry("ou:h one", "of another node");
        assertThat(beside.content("ou:h")).containsEntry("ou:h two", "2");
    }

    /** It stands in the server's queue, is given up meanwhile, and is come to afterwards. */
    @Test
    void whatHasBeenGivenUpRefusesItselfWhenItsTurnComes() throws Exception {
        String note = Keys.note("ou:h", "a-note");
        onLoop(() -> link.send(Script.UNDO.call(2).arg(note).arg("ou:h")));

        Request late = Script.COMMIT
                .call(2)
                .arg("ou:h")
                .arg(note)
                .arg(4)
                .arg("HSET")
                .arg("ou:h")
                .arg("f")
                .arg("v")
                .arg(System.currentTimeMillis() + 60_000);
        String refusal = onLoop(() -> link.send(late).map("").otherwise(Throwable::getMessage));

        assertThat(refusal).contains("TOOLATE");
        assertThat(beside.call("EXISTS", "ou:h")).isEqualTo(0L);
    }

    @Test
    void aServerThatHangsIsNotSentAnything() throws Exception {
        redis.pause();
        int code = onLoop(() -> commits.runAll(List.of(List.of("HSET", "ou:h", "f", "v")))
                .map(0)
                .otherwise(Failures::codeOf));
        redis.goOn();

        assertThat(code).isEqualTo(Failures.STORE_UNREACHABLE);
        assertThat(line.heads()).noneMatch(sent -> sent.contains("\r\nou:h\r\n"));
        settle();
        assertThat(beside.call("EXISTS", "ou:h")).isEqualTo(0L);
    }
}
