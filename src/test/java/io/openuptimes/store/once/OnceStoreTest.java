package io.openuptimes.store.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.OnceMessage.BeginOnce;
import io.openuptimes.bus.OnceMessage.Begun;
import io.openuptimes.bus.OnceMessage.Begun.State;
import io.openuptimes.bus.OnceMessage.EndOnce;
import io.openuptimes.bus.OnceMessage.Kept;
import io.openuptimes.bus.OnceMessage.OnceKey;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.CutLink;
import io.openuptimes.testing.RedisCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The number of idempotency records, with limits of 3 per caller and 5 in total. */
class OnceStoreTest {

    private static final String CALLER = "aa";
    private static final Kept ANSWER = new Kept(201, "{\"success\":true}", "\"tag\"");
    private static final Pattern BEGIN = Pattern.compile("under-test");

    @TempDir
    private Path dir;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private CutLink cut;
    private RedisCalls beside;
    private OnceStore store;

    @BeforeEach
    void start() throws Exception {
        cut = CutLink.open(dir);
        beside = cut.beside;
        store = new OnceStore(cut.link, new Commits(cut.link), new OnceStore.Limits(3, 5), metrics);
    }

    @AfterEach
    void stop() throws IOException {
        cut.close();
    }

    private static OnceKey key(String caller, int number) {
        return new OnceKey(caller, caller + "b" + number);
    }

    private State begin(OnceKey key) {
        return cut.onLoop(() -> store.begin(new BeginOnce(key, "fingerprint"))).state();
    }

    private void end(OnceKey key) {
        cut.onLoop(() -> store.end(new EndOnce(key, "fingerprint", ANSWER)));
    }

    private void finished(String caller, int... numbers) {
        IntStream.of(numbers).mapToObj(number -> key(caller, number)).forEach(key -> {
            assertThat(begin(key)).isEqualTo(State.FRESH);
            end(key);
        });
    }

    private List<?> records() throws IOException {
        return (List<?>) beside.call("KEYS", Keys.ONCE + "*");
    }

    private double limited(String outcome) {
        return metrics.get("openuptimes.idempotency.limited")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void theOldestFinishedRecordsOfACallerMakeRoom() throws Exception {
        finished(CALLER, 1, 2, 3, 4, 5);

        assertThat(records()).hasSize(3);
        assertThat(limited("dropped")).isEqualTo(2);
        Begun kept = cut.onLoop(() -> store.begin(new BeginOnce(key(CALLER, 3), "fingerprint")));
        assertThat(kept).isEqualTo(new Begun(State.DONE, ANSWER));
        assertThat(begin(key(CALLER, 2))).as("a dropped one").isEqualTo(State.FRESH);
    }

    @Test
    void theOldestFinishedRecordsOfAllCallersMakeRoom() throws Exception {
        finished("a1", 1, 2, 3);
        finished("a2", 1, 2, 3);
        finished("a3", 1, 2, 3);

        assertThat(records()).hasSize(5);
        assertThat((Long) beside.call("ZCARD", Keys.ONCE_INDEX)).isEqualTo(5);
        assertThat((Long) beside.call("ZCARD", Keys.ONCE_INDEX + ":a1")).isZero();
        assertThat((Long) beside.call("ZCARD", Keys.ONCE_INDEX + ":a2")).isEqualTo(2);
        assertThat(limited("dropped")).isEqualTo(4);
    }

    @Test
    void aRecordUnderWayIsNeverDropped() throws Exception {
        begin(key(CALLER, 1));
        begin(key(CALLER, 2));
        finished(CALLER, 3, 4, 5);
        begin(key(CALLER, 6));

        assertThat(begin(key(CALLER, 7))).isEqualTo(State.FULL);

        assertThat(limited("refused")).isEqualTo(1);
        assertThat(records()).hasSize(3);
        assertThat(List.of(begin(key(CALLER, 1)), begin(key(CALLER, 2)), begin(key(CALLER, 6))))
                .containsOnly(State.UNDER_WAY);
        finished("a1", 1);
        end(key(CALLER, 1));
        assertThat(begin(key(CALLER, 7))).isEqualTo(State.FRESH);
    }

    @Test
    void ofAllCallersNoneIsDroppedThatIsUnderWayEither() {
        List.of("a1", "a2", "a3", "a4", "a5").forEach(caller -> begin(key(caller, 1)));

        assertThat(begin(key("a6", 1))).isEqualTo(State.FULL);
    }

    @Test
    void requestsThatWereNotCarriedOutLeaveNothing() throws Exception {
        for (int i = 0; i < 10; i++) {
            OnceKey key = key(CALLER, i);
            assertThat(begin(key)).isEqualTo(State.FRESH);
            cut.onLoop(() -> store.end(new EndOnce(key, "fingerprint", null)));
        }

        assertThat((List<?>) beside.call("KEYS", "{ou:once}*")).isEmpty();
    }

    @Test
    void whatExpiredWhileUnderWayIsNotCounted() throws Exception {
        for (int i = 1; i <= 3; i++) {
            begin(key(CALLER, i));
            String member = Keys.onceMember(key(CALLER, i));
            beside.call("UNLINK", Keys.once(key(CALLER, i)));
            for (String index : List.of(Keys.ONCE_INDEX, Keys.onceIndex(key(CALLER, i)))) {
                beside.call("ZINCRBY", index, "-300000", member); // as if five minutes had passed
            }
        }

        finished(CALLER, 4, 5, 6);

        assertThat(records()).hasSize(3);
        assertThat(limited("dropped")).isZero();
        assertThat((Long) beside.call("ZCARD", Keys.ONCE_INDEX)).isEqualTo(3);
    }

    @Test
    void recordsAndIndexesExpire() throws Exception {
        finished(CALLER, 1);
        begin(key(CALLER, 2));

        OnceKey finished = key(CALLER, 1);
        for (String key : List.of(Keys.once(finished), Keys.ONCE_INDEX, Keys.onceIndex(finished))) {
            assertThat((Long) beside.call("PTTL", key)).as(key).isBetween(1L, 86_400_000L);
        }
        assertThat((Long) beside.call("PTTL", Keys.once(key(CALLER, 2)))).isLessThanOrEqualTo(240_000);
    }

    @Test
    void aRecordOfAnEarlierVersionIsHonoured() throws Exception {
        beside.call(
                "SET",
                "ou:once:aab1",
                "{\"fingerprint\":\"fingerprint\",\"status\":201,\"body\":\"{}\",\"tag\":\"t\"}");
        beside.call("SET", "ou:once:aab2", "{\"fingerprint\":\"fingerprint\"}");

        assertThat(cut.onLoop(() -> store.begin(new BeginOnce(key(CALLER, 1), "fingerprint"))))
                .isEqualTo(new Begun(State.DONE, new Kept(201, "{}", "t")));
        assertThat(cut.onLoop(() -> store.begin(new BeginOnce(key(CALLER, 1), "another")))
                        .state())
                .isEqualTo(State.OTHER);
        assertThat(begin(key(CALLER, 2))).isEqualTo(State.UNDER_WAY);
        assertThat((List<?>) beside.call("KEYS", "{ou:once}*")).isEmpty();
    }

    @Test
    void aRequestWhoseBeginningWasLostCanBeSentAgain() throws Exception {
        OnceKey key = key(CALLER, 1);
        cut.line.cutAnswer(BEGIN, 1);
        int code = cut.onLoop(
                () -> store.begin(new BeginOnce(key, "under-test")).map(0).otherwise(Failures::codeOf));
        assertThat(code).isEqualTo(Failures.STORE_UNREACHABLE);
        cut.awaitUp();

        assertThat(begin(key)).isEqualTo(State.FRESH);
    }
}
