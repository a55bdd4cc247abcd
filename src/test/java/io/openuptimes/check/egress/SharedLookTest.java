package io.openuptimes.check.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.check.net.Failure;
import io.openuptimes.model.Outcome;
import io.openuptimes.testing.Eventually;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Looks that end when the test says so, on a clock that the test moves. */
@Timeout(60)
class SharedLookTest {

    private static final Optional<Failure> PROOF = Optional.empty();
    private static final Optional<Failure> NONE = Optional.of(new Failure(Outcome.EGRESS, "none"));
    private static final long SECOND = 1_000_000_000L;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong clock = new AtomicLong();
    private final List<Promise<Optional<Failure>>> looks = new CopyOnWriteArrayList<>();
    private final List<Optional<Failure>> seen = new CopyOnWriteArrayList<>();
    private final SharedLook shared = new SharedLook(vertx, clock::get, this::look, seen::add);

    private Future<Optional<Failure>> look() {
        Promise<Optional<Failure>> look = Promise.promise();
        looks.add(look);
        return look.future();
    }

    @AfterEach
    void stop() {
        vertx.close();
    }

    private Future<Optional<Failure>> failNow() {
        return shared.since(clock.get());
    }

    @Test
    void nothing_is_looked_at_before_the_first_failure() {
        assertThat(looks).isEmpty();
        assertThat(shared.count()).isZero();
    }

    @Test
    void failures_at_the_same_time_share_one_look() {
        List<Future<Optional<Failure>>> waiting =
                IntStream.range(0, 100).mapToObj(i -> failNow()).toList();

        looks.get(0).complete(PROOF);

        assertThat(looks).hasSize(1);
        assertThat(waiting).allSatisfy(result -> assertThat(result.result()).isEqualTo(PROOF));
        assertThat(seen).containsExactly(PROOF);
    }

    @Test
    void failures_during_a_look_share_the_next_one_and_do_not_take_the_result_of_the_first() {
        Future<Optional<Failure>> first = failNow();
        clock.addAndGet(SECOND);
        List<Future<Optional<Failure>>> later =
                IntStream.range(0, 100).mapToObj(i -> failNow()).toList();
        assertThat(looks).as("one at a time").hasSize(1);

        looks.get(0).complete(PROOF);
        assertThat(first.result()).isEqualTo(PROOF);
        assertThat(later).noneMatch(Future::isComplete);

        looks.get(1).complete(NONE);
        assertThat(looks).hasSize(2);
        assertThat(later).allSatisfy(result -> assertThat(result.result()).isEqualTo(NONE));
        assertThat(seen).containsExactly(PROOF, NONE);
    }

    @Test
    void a_failure_from_before_the_last_look_takes_its_result() {
        long failedAt = clock.get();
        clock.addAndGet(SECOND);
        failNow();
        looks.get(0).complete(PROOF);
        clock.addAndGet(SECOND);

        assertThat(shared.since(failedAt).result()).isEqualTo(PROOF);
        assertThat(looks).hasSize(1);
    }

    @Test
    void a_look_begins_no_earlier_than_the_pause_after_the_one_before() throws Exception {
        failNow();
        looks.get(0).complete(PROOF);
        clock.addAndGet(1);

        Future<Optional<Failure>> next = failNow();
        assertThat(looks).hasSize(1);
        Eventually.eventually(() -> assertThat(looks).hasSize(2));
        looks.get(1).complete(NONE);

        Eventually.eventually(() -> assertThat(next.result()).isEqualTo(NONE));
    }
}
