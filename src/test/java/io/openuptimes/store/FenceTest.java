package io.openuptimes.store;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.App;
import io.openuptimes.health.HealthState;
import io.openuptimes.health.Rules;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Packed;
import io.openuptimes.store.data.RecordCommands;
import io.openuptimes.store.data.RecordCommands.Answer;
import io.openuptimes.store.data.RecordCommands.Reply;
import io.openuptimes.store.data.ResultWrite;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.data.StatusCodec;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.RestartableRedis;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts themselves: a node that has lost a partition can no longer write to it. */
class FenceTest {

    private static final long NOW = System.currentTimeMillis();

    @TempDir
    private Path dir;

    private final Vertx vertx = App.vertx();
    private RestartableRedis server;
    private Redis redis;

    @BeforeEach
    void start() throws Exception {
        server = new RestartableRedis(dir);
        server.start();
        redis = Redis.createClient(vertx, RedisClients.options(server.url(), null));
        send(Script.RECORD.load());
        send(Script.FENCE.load());
        for (String id : List.of("a", "b")) {
            send(Request.cmd(Command.HSET)
                    .arg(Keys.status(Keys.partition(id)))
                    .arg(id)
                    .arg(StatusCodec.UNCHECKED));
        }
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
        server.close();
    }

    private Response send(Request request) {
        return await(redis.send(request));
    }

    private long fence(String id, long epoch) {
        return send(Script.FENCE.call(1).arg(Keys.fence(Keys.partition(id))).arg(epoch))
                .toLong();
    }

    /** A result judged by the stored state. */
    private ResultWrite result(String id, long at, long epoch) {
        CheckResult result = new CheckResult(id, at, Outcome.UP, 200, 5, Phases.NONE, "");
        return new ResultWrite(new Verdict(result, Rules.PLAIN, stored(id), true, false), epoch, at * 1_000);
    }

    private void store(String id, byte[] packed) {
        send(Request.cmd(Command.HSET)
                .arg(Keys.status(Keys.partition(id)))
                .arg(id)
                .arg(Buffer.buffer(packed)));
    }

    private byte[] packedOf(String id) {
        return send(Request.cmd(Command.HGET)
                        .arg(Keys.status(Keys.partition(id)))
                        .arg(id))
                .toBytes();
    }

    private HealthState stored(String id) {
        return StatusCodec.decodeStored(id, packedOf(id)).health();
    }

    private List<Answer> record(ResultWrite... results) {
        Response answer = send(RecordCommands.record(List.of(results), 0, new EventCodec()));
        return RecordCommands.replies(answer, List.of(results)).stream()
                .map(Reply::answer)
                .toList();
    }

    @Test
    void aFenceOnlyRises() {
        assertThat(fence("a", 5)).isEqualTo(5);
        assertThat(fence("a", 4)).isEqualTo(5);
        assertThat(fence("a", 5)).isEqualTo(5);
        assertThat(fence("a", 281_474_976_710_000L)).isEqualTo(281_474_976_710_000L);
    }

    @Test
    void resultsUnderAnOlderEpochAreNotWritten() {
        assertThat(Keys.partition("a")).isNotEqualTo(Keys.partition("b"));
        assertThat(record(result("a", NOW, 3), result("b", NOW, 3))).containsExactly(Answer.WRITTEN, Answer.WRITTEN);
        fence("a", 4);
        assertThat(record(result("a", NOW + 1, 3), result("b", NOW + 1, 3)))
                .containsExactly(Answer.SUPERSEDED, Answer.WRITTEN);
        assertThat(record(result("a", NOW + 1, 4))).containsExactly(Answer.WRITTEN);
        assertThat(record(result("a", NOW + 2, 5))).containsExactly(Answer.WRITTEN);
        assertThat(record(result("a", NOW + 3, 0))).as("a caller asked for it").containsExactly(Answer.WRITTEN);
    }

    @Test
    void twoOfOnePartitionUnderDifferentEpochsGoTogether() {
        String other = "other";
        for (int i = 0; Keys.partition(other) != Keys.partition("a"); i++) {
            other = "other" + i;
        }
        send(Request.cmd(Command.HSET)
                .arg(Keys.status(Keys.partition(other)))
                .arg(other)
                .arg(StatusCodec.UNCHECKED));
        fence("a", 4);

        assertThat(record(result("a", NOW, 3), result(other, NOW, 0)))
                .containsExactly(Answer.SUPERSEDED, Answer.WRITTEN);
    }

    @Test
    void aResultJudgedByAnotherStateThanTheStoredOneIsNotWritten() {
        ResultWrite first = result("a", NOW, 1);
        ResultWrite other = result("a", NOW + 1, 1);

        assertThat(record(first)).containsExactly(Answer.WRITTEN);
        assertThat(record(first)).containsExactly(Answer.REPEATED);
        assertThat(record(other)).containsExactly(Answer.OTHER_STATE);
        assertThat(record(other.following(stored("a")))).containsExactly(Answer.WRITTEN);
    }

    @Test
    void aResultOfThePastIsNotWrittenWhateverItWasJudgedBy() {
        record(result("a", NOW, 1));
        Response day = send(Request.cmd(Command.GET).arg(Keys.history("a", Keys.day(NOW))));
        ResultWrite past = result("a", NOW - Keys.DAY_MS, 1);

        assertThat(past.verdict().before()).isEqualTo(stored("a"));
        assertThat(record(past)).containsExactly(Answer.OTHER_STATE);
        assertThat(send(Request.cmd(Command.GET).arg(Keys.history("a", Keys.day(NOW))))
                        .toBytes())
                .isEqualTo(day.toBytes());
    }

    @Test
    void aDamagedStatusDoesNotStopTheBatch() {
        send(Request.cmd(Command.HSET)
                .arg(Keys.status(Keys.partition("b")))
                .arg("b")
                .arg(Buffer.buffer(new byte[] {(byte) 130, 'c', 'u', 't'})));
        CheckResult result = new CheckResult("b", NOW, Outcome.UP, 200, 5, Phases.NONE, "");
        ResultWrite unjudged = new ResultWrite(new Verdict(result, Rules.PLAIN, null, true, false), 1, NOW);

        assertThat(record(result("a", NOW, 1), unjudged)).containsExactly(Answer.WRITTEN, Answer.OTHER_STATE);
        assertThat(record(unjudged.following(HealthState.UNCHECKED))).containsExactly(Answer.WRITTEN);
    }

    /** A result that follows the state read by Java is written, so the script reads the same time and tag. */
    @ParameterizedTest
    @MethodSource("readable")
    void bothReadersReadAStatusAlike(byte[] packed) {
        store("a", packed);
        assertThat(record(result("a", NOW, 1))).containsExactly(Answer.WRITTEN);
    }

    /** Statuses checked at 1,700,000,000,000. */
    static Stream<byte[]> readable() {
        long time = 1_700_000_000_000L;
        Packed current = new Packed(64).octet(130).fixed(time, 6).fixed(77, 4).fixed(472_222, 3);
        current.fixed(3, 3)
                .fixed(2, 3)
                .fixed(9, 6)
                .number(1)
                .octet(1)
                .number(time)
                .number(4)
                .number(60);
        current.number(200)
                .number(5)
                .number(0)
                .number(0)
                .number(0)
                .number(0)
                .number(0)
                .text("");
        Packed beforeTags = new Packed(64)
                .octet(129)
                .octet(1)
                .octet(1)
                .fixed(60, 3)
                .fixed(time, 6)
                .fixed(time, 6);
        beforeTags.fixed(472_222, 3).fixed(3, 3).fixed(2, 3).fixed(9, 6).fixed(0, 2);
        beforeTags.number(200).number(5).number(0).number(0).number(0).number(0).number(0);
        String text = time + " 1 " + time + " 0 5 200 0,0,0,0,0 ";
        return Stream.of(
                current.toBytes(),
                beforeTags.toBytes(),
                text.getBytes(StandardCharsets.UTF_8),
                StatusCodec.UNCHECKED.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {131, 132, 255})
    void bothReadersLeaveAStatusOfALaterVersionAlone(int version) {
        byte[] packed = new byte[60];
        packed[0] = (byte) version;
        store("b", packed);
        CheckResult result = new CheckResult("b", NOW, Outcome.UP, 200, 5, Phases.NONE, "");
        ResultWrite unjudged = new ResultWrite(new Verdict(result, Rules.PLAIN, null, true, false), 1, NOW);

        assertThatThrownBy(() -> StatusCodec.decodeStored("b", packed))
                .hasMessage("a later version wrote it, as version " + version + " of its form");
        assertThat(StatusCodec.unreadable(packed)).isEqualTo(HealthState.UNCHECKED);
        assertThat(record(unjudged, result("a", NOW, 1))).containsExactly(Answer.LATER, Answer.WRITTEN);
        assertThat(record(unjudged.following(StatusCodec.unreadable(packed)))).containsExactly(Answer.LATER);
        assertThat(packedOf("b")).isEqualTo(packed);
        assertThat(send(Request.cmd(Command.EXISTS).arg(Keys.history("b", Keys.day(NOW))))
                        .toInteger())
                .isZero();
    }

    @Test
    void aTransitionAndItsEventAreStoredTogetherAndOnce() {
        ResultWrite first = result("a", NOW, 1);
        record(first);
        record(first);
        record(result("a", NOW + 1, 1));

        Response outbox = send(Request.cmd(Command.XRANGE)
                .arg(Keys.outbox(Keys.partition("a")))
                .arg("-")
                .arg("+"));
        assertThat(outbox).hasSize(1);
        assertThat(outbox.get(0).get(0).toString()).isEqualTo("1-" + NOW * 1_000);
    }
}
