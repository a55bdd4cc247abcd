package io.openuptimes.store.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.Failures;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.CutLink;
import io.openuptimes.testing.RedisCalls;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The outcome of a change whose reply is lost, command by command. */
class CommitsTest {

    private static final Pattern COMMIT = Pattern.compile(":change:[-0-9a-f]{36}\r\n(.*\r\n)*\\$13\r\n[0-9]{13}\r\n");

    @TempDir
    private Path dir;

    private CutLink cut;
    private RedisCalls beside;
    private Commits commits;

    @BeforeEach
    void start() throws Exception {
        cut = CutLink.open(dir);
        beside = cut.beside;
        commits = new Commits(cut.link);
    }

    @AfterEach
    void stop() throws IOException {
        cut.close();
    }

    /** Sends a change whose reply is cut off; returns the resulting code. */
    private int lost(Object... words) {
        cut.line.cutAnswer(COMMIT, 1);
        int code = cut.onLoop(() -> commits.run(words).map(0).otherwise(Failures::codeOf));
        assertThat(cut.line.isSprung()).isTrue();
        return code;
    }

    private void settle() throws Exception {
        cut.awaitUp();
        cut.onLoop(() -> commits.settle());
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

    /** The change is abandoned while queued in the server, and executed afterwards. */
    @Test
    void whatHasBeenGivenUpRefusesItselfWhenItsTurnComes() throws Exception {
        String note = Keys.note("ou:h", "a-note");
        cut.onLoop(() -> cut.link.send(Script.UNDO.call(2).arg(note).arg("ou:h")));

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
        String refusal = cut.onLoop(() -> cut.link.send(late).map("").otherwise(Throwable::getMessage));

        assertThat(refusal).contains("TOOLATE");
        assertThat(beside.call("EXISTS", "ou:h")).isEqualTo(0L);
    }

    @Test
    void aServerThatHangsIsNotSentAnything() throws Exception {
        cut.redis.pause();
        int code = cut.onLoop(() -> commits.runAll(List.of(List.of("HSET", "ou:h", "f", "v")))
                .map(0)
                .otherwise(Failures::codeOf));
        cut.redis.goOn();

        assertThat(code).isEqualTo(Failures.STORE_UNREACHABLE);
        assertThat(cut.line.heads()).noneMatch(sent -> sent.contains("\r\nou:h\r\n"));
        settle();
        assertThat(beside.call("EXISTS", "ou:h")).isEqualTo(0L);
    }
}
