package io.openuptimes.store.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.health.HealthState;
import io.openuptimes.health.HealthState.Form;
import io.openuptimes.health.Rules;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.FailedAttempt;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Peer;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Policy;
import io.openuptimes.model.Status;
import io.openuptimes.model.Viewpoint;
import io.openuptimes.store.data.ResultWrite;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultQueueTest {

    private final Random random = new Random(7);

    private Peer peer() {
        return new Peer(
                "192.0.2.1:" + random.nextInt(20_000),
                random.nextBoolean() ? "HTTP/1.1" : null,
                random.nextBoolean() ? "TLSv1.3" : null,
                null);
    }

    private ResultWrite result(int i) {
        boolean up = random.nextInt(10) > 0;
        CheckResult result = new CheckResult(
                "service " + random.nextInt(5_000),
                1_700_000_000_000L + i,
                up ? Outcome.UP : Outcome.TIMEOUT,
                up ? 200 : 0,
                random.nextInt(up ? 500 : 20_000),
                up ? new Phases(random.nextInt(5), random.nextInt(60), 0, random.nextInt(400), 1) : Phases.NONE,
                up ? "" : "no response within " + random.nextInt(20_000) + " ms",
                null,
                null,
                up || random.nextBoolean() ? null : peer());
        boolean located = random.nextInt(4) == 0;
        CheckResult whole = random.nextInt(10) > 0 ? result : result.after(List.of(attempt(result)));
        CheckResult there =
                located ? whole.from(new Viewpoint("eu", List.of("eu", "us"), 1 + random.nextInt(2), 5_000)) : whole;
        HealthState adopted = located && random.nextInt(4) == 0 ? before() : null;
        Rules rules = random.nextBoolean() ? Rules.PLAIN : Rules.of(Policy.DEFAULT);
        return new ResultWrite(
                new Verdict(there, rules, before(), adopted, random.nextBoolean(), random.nextBoolean()),
                located && random.nextBoolean(),
                random.nextInt(100) == 0,
                random.nextInt(1_000),
                1_700_000_000_000_000L + i);
    }

    private FailedAttempt attempt(CheckResult last) {
        return new FailedAttempt(
                last.timestamp() - 1 - random.nextInt(5_000),
                Outcome.CONNECT,
                random.nextInt(2) * 502,
                random.nextInt(100),
                "connection refused");
    }

    private @Nullable HealthState before() {
        return random.nextInt(10) == 0 ? null : random.nextInt(10) > 0 ? plain() : pending(plain());
    }

    private HealthState pending(HealthState state) {
        long since = state.lastChecked() - random.nextInt(60_000);
        List<Long> changes = random.nextBoolean() ? List.of() : List.of(since - 1_000, since);
        return state.with(Status.DOWN, random.nextInt(256), random.nextInt(256), since, changes, random.nextBoolean());
    }

    private HealthState plain() {
        long since = 1_690_000_000_000L + random.nextInt(1_000_000);
        return new HealthState(
                random.nextInt(10) > 0 ? Outcome.UP : Outcome.ofCode(300, Status.UP),
                since + random.nextInt(1_000_000),
                since,
                random.nextInt(200),
                random.nextInt(600),
                random.nextInt(),
                List.of(Form.values()).get(random.nextInt(3)),
                random.nextInt());
    }

    @Test
    void isAQueueWhateverIsPackedOfIt() {
        ResultQueue queue = new ResultQueue(10_000);
        Deque<Pending> model = new ArrayDeque<>();
        for (int i = 0; i < 200_000; i++) {
            // grows at first, then shrinks
            if (random.nextInt(200_000) > i || model.isEmpty()) {
                Promise<Void> waits = random.nextInt(5) == 0 ? Promise.promise() : null;
                Pending pending = new Pending(result(i), waits, false);
                queue.addLast(pending);
                model.addLast(pending);
            } else {
                assertThat(queue.getFirst()).isEqualTo(model.getFirst());
                Pending first = queue.removeFirst();
                assertThat(first).isEqualTo(model.removeFirst());
                if (random.nextInt(10) == 0) {
                    queue.addFirst(first);
                    model.addFirst(first);
                }
            }
            assertThat(queue.size()).isEqualTo(model.size());
        }
        while (!model.isEmpty()) {
            assertThat(queue.removeFirst()).isEqualTo(model.removeFirst());
        }
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void takesAboutFiftyBytesPerResult() {
        PackedResults packed = new PackedResults();
        for (int i = 0; i < 100_000; i++) {
            packed.add(result(i));
        }

        assertThat(packed.bytes() / packed.size()).isBetween(40L, 65L);
    }
}
