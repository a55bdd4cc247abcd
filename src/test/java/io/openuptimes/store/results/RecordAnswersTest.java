package io.openuptimes.store.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.health.Health;
import io.openuptimes.health.HealthState;
import io.openuptimes.health.Rules;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Status;
import io.openuptimes.model.Viewpoint;
import io.openuptimes.store.data.Packed;
import io.openuptimes.store.data.ResultWrite;
import io.openuptimes.store.data.SharedCertificates;
import io.openuptimes.store.data.StatusCodec;
import io.openuptimes.store.link.Link;
import io.openuptimes.testing.Replies;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What follows from the script's answers; the script itself is tested with Redis. */
class RecordAnswersTest {

    private static final long NOW = 1_700_000_000_000L;
    private static final int WRITTEN = 0;
    private static final int OTHER_STATE = 2;
    private static final int REPEATED = 5;

    private static final Viewpoint EU = new Viewpoint("eu", List.of("eu", "us"), 2, 60_000);

    private final Vertx vertx = App.vertx();
    private final ResultMetrics metrics = new ResultMetrics(new SimpleMeterRegistry());
    private RecordAnswers answers;

    @BeforeEach
    void create() {
        Link none = (Link) Proxy.newProxyInstance(
                Link.class.getClassLoader(), new Class<?>[] {Link.class}, (link, method, given) -> {
                    throw new AssertionError("answers are read without Redis");
                });
        answers = new RecordAnswers(
                metrics,
                new CertificateStore(
                        none, new SharedCertificates(), vertx.createSharedWorkerExecutor("test"), Clock.systemUTC()));
    }

    @AfterEach
    void close() {
        vertx.close();
    }

    private static CheckResult result(long at, Outcome outcome) {
        return new CheckResult("id", at, outcome, 0, 5, Phases.NONE, outcome == Outcome.UP ? "" : "refused");
    }

    /** As stored after a result. */
    private static byte[] stored(CheckResult result) {
        HealthState after = Health.after(HealthState.UNCHECKED, result, Rules.PLAIN, false);
        Packed packed = new Packed(64)
                .octet(130)
                .fixed(after.lastChecked(), 6)
                .fixed(after.tag(), 4)
                .raw(new byte[15]);
        StatusCodec.writeRest(packed, result, after);
        return packed.toBytes();
    }

    private Written read(Pending pending, int code, byte[]... statuses) {
        Packed answer = new Packed(64).octet(code);
        for (byte[] status : statuses) {
            answer.fixed(status.length, 2).raw(status);
        }
        Response reply = Replies.bulk(answer.toBytes());
        return answers.read(List.of(List.of(pending)), List.of(reply));
    }

    private static Pending unjudged(CheckResult result) {
        return new Pending(new ResultWrite(new Verdict(result, Rules.PLAIN, null, true, false), 1, 1), null, false);
    }

    private static Pending located(CheckResult result) {
        return unjudged(result.from(EU));
    }

    /** A location's result on its way to be written for the service. */
    private static Pending adopted(CheckResult result) {
        return new Pending(located(result).write().adoptedBy(HealthState.UNCHECKED), null, false);
    }

    @Test
    void a_newer_result_is_judged_again_by_the_stored_state() {
        Written written = read(unjudged(result(NOW, Outcome.TLS)), OTHER_STATE, stored(result(NOW - 1, Outcome.UP)));

        assertThat(written.next).singleElement().satisfies(next -> {
            assertThat(next.write().turns()).isTrue();
            assertThat(next.write().transition().from()).isEqualTo(Status.UP);
            assertThat(next.write().after().transitions()).isEqualTo(2);
        });
    }

    @Test
    void an_older_result_is_outdated() {
        Written written = read(unjudged(result(NOW, Outcome.TLS)), OTHER_STATE, stored(result(NOW + 1, Outcome.UP)));

        assertThat(written.next).isEmpty();
        assertThat(written.stored).isEmpty();
    }

    @Test
    void a_status_that_cannot_be_decoded_is_replaced() {
        byte[] damaged = stored(result(NOW - 1, Outcome.UP));
        byte[] cut = Arrays.copyOf(damaged, 28);

        for (byte[] status : List.of(cut, "rubbish".getBytes(StandardCharsets.UTF_8))) {
            Written written = read(unjudged(result(NOW, Outcome.TLS)), OTHER_STATE, status);

            assertThat(written.next).hasSize(1);
            assertThat(written.refused).isZero();
        }
    }

    @Test
    void a_locations_result_is_adopted_if_all_locations_agree() {
        Written agreed = read(
                located(result(NOW, Outcome.TLS)),
                WRITTEN,
                stored(result(NOW - 1, Outcome.UP)),
                stored(result(NOW - 1, Outcome.DNS)));
        Written minority = read(
                located(result(NOW, Outcome.TLS)),
                WRITTEN,
                stored(result(NOW - 1, Outcome.UP)),
                stored(result(NOW - 1, Outcome.UP)));

        assertThat(agreed.next).singleElement().satisfies(next -> {
            assertThat(next.write().adopted()).isTrue();
            assertThat(next.write().turns()).isTrue();
        });
        assertThat(minority.next).isEmpty();
    }

    @Test
    void a_conflict_of_locations_asks_the_quorum_again() {
        Written outvoted = read(
                adopted(result(NOW, Outcome.TLS)),
                OTHER_STATE,
                stored(result(NOW + 1, Outcome.UP)),
                stored(result(NOW + 1, Outcome.UP)),
                stored(result(NOW + 1, Outcome.UP)));
        Written agreed = read(
                adopted(result(NOW, Outcome.TLS)),
                OTHER_STATE,
                stored(result(NOW + 1, Outcome.DNS)),
                stored(result(NOW + 1, Outcome.DNS)),
                stored(result(NOW + 1, Outcome.DNS)));

        assertThat(outvoted.next).isEmpty();
        assertThat(agreed.next)
                .singleElement()
                .satisfies(next -> assertThat(next.result().timestamp()).isEqualTo(NOW + 2));
    }

    @Test
    void an_adopted_result_that_was_sent_before_is_not_written_twice() {
        Pending sent = adopted(result(NOW, Outcome.TLS)).sentAgain();
        byte[] newer = stored(result(NOW + 1, Outcome.DNS));

        assertThat(read(sent, OTHER_STATE, newer, newer, newer).next).isEmpty();
        assertThat(read(located(result(NOW, Outcome.TLS)), REPEATED, newer, newer).next)
                .isEmpty();
    }
}
