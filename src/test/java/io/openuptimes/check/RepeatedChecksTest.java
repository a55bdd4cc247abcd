package io.openuptimes.check;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.Confirming;
import io.openuptimes.bus.Message;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.RecordResults;
import io.openuptimes.check.type.Observation;
import io.openuptimes.health.HealthState;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.FailedAttempt;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Partition;
import io.openuptimes.model.Policy;
import io.openuptimes.model.RetryBackoff;
import io.openuptimes.model.RetryOn;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.model.Status;
import io.openuptimes.testing.ManualClock;
import io.openuptimes.testing.Observations;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attempts are repeated at the service's times, and only where that can change its status. */
class RepeatedChecksTest {

    private static final long NOW = 1_700_000_000_000L;
    private static final Policy DEFAULTS = new Policy(1, 2, RetryBackoff.LINEAR, RetryOn.ANY, 1, 1, false, 0, 0, 30);

    private final Vertx vertx = App.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final ManualClock clock = new ManualClock(NOW);
    private final Schedule schedule = new Schedule(60, null);
    private final Permits permits = new Permits(10, 10);
    private final List<Promise<Observation>> probes = new CopyOnWriteArrayList<>();
    private final List<Long> begun = new CopyOnWriteArrayList<>();
    private final List<Long> pauses = new ArrayList<>();
    private final List<Verdict> judged = new CopyOnWriteArrayList<>();
    private final List<Confirming> confirming = new CopyOnWriteArrayList<>();
    private Runnable next = () -> {};
    private Bus bus;
    private ResultBatches batches;
    private Checks checks;

    @BeforeEach
    void start() throws Exception {
        bus = Bus.of(vertx);
        await(bus.serve(StoreMessage.RECORD_ALL, message -> {
            judged.addAll(message.verdicts());
            return Future.succeededFuture(Message.DONE);
        }));
        await(bus.serve(StoreMessage.RECORD, message -> {
            judged.add(message.verdict());
            return Future.succeededFuture(Message.DONE);
        }));
        await(bus.listen(EventMessage.JUDGED, event -> confirming.addAll(event.confirming())));
        for (int partition = 0; partition < Partition.COUNT; partition++) {
            schedule.gain(partition, Map.of(), NOW);
        }
        CheckMetrics metrics = new CheckMetrics(new SimpleMeterRegistry());
        batches = new ResultBatches(vertx, bus);
        checks = new Checks(
                bus,
                schedule,
                permits,
                service -> {
                    Promise<Observation> probe = Promise.promise();
                    probes.add(probe);
                    begun.add(clock.millis());
                    return probe.future();
                },
                clock::millis,
                metrics,
                new LoopMetrics(metrics, NOW),
                batches,
                new Retries(schedule, DEFAULTS, (pause, again) -> {
                    pauses.add(pause);
                    next = again;
                }),
                new Elsewhere(bus, schedule),
                task -> loop.runOnContext(run -> task.run()));
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private <T> T inLoop(Callable<T> work) throws Exception {
        return await(loop, work);
    }

    private Service known(Map<String, Object> fields) throws Exception {
        Map<String, Object> all = new HashMap<>(Map.of("name", "a", "url", "http://localhost/"));
        all.putAll(fields);
        Service service = ServiceFields.parse(all, "id-a", NOW);
        inLoop(() -> {
            Entry entry = schedule.put(service, clock.millis());
            if (schedule.health(entry) == null) {
                schedule.health(entry, HealthState.UNCHECKED);
            }
            return null;
        });
        return service;
    }

    private void startDue(Service service) throws Exception {
        inLoop(() -> {
            Objects.requireNonNull(schedule.entry(service.id())).dueAt = clock.millis() + schedule.intervalMs(service);
            checks.startDue(new Schedule.Due(service, clock.millis(), 0, schedule.host(service)));
            return null;
        });
    }

    /** Ends the latest attempt. */
    private void end(Outcome outcome) throws Exception {
        Promise<Observation> probe = probes.get(probes.size() - 1);
        long start = begun.get(begun.size() - 1);
        inLoop(() -> probe.tryComplete(Observations.of(start, outcome)));
    }

    /** Lets the pause pass, so that the next attempt begins. */
    private void pass() throws Exception {
        clock.advance(pauses.get(pauses.size() - 1));
        inLoop(() -> {
            next.run();
            return null;
        });
    }

    private List<Verdict> verdicts() throws Exception {
        inLoop(() -> {
            batches.send();
            return null;
        });
        await(bus.request(StoreMessage.RECORD_ALL, new RecordResults(List.of()))); // the store has got all before
        return judged;
    }

    private Status status(Service service) throws Exception {
        return inLoop(() -> {
            HealthState state = schedule.health(Objects.requireNonNull(schedule.entry(service.id())));
            return state == null ? Status.UNKNOWN : state.known();
        });
    }

    private void isUp(Service service) throws Exception {
        startDue(service);
        end(Outcome.UP);
        assertThat(verdicts()).hasSize(1);
        judged.clear();
        clock.advance(60_000);
    }

    @Test
    void a_lost_packet_makes_no_service_down() throws Exception {
        Service service = known(Map.of());
        isUp(service);
        long first = clock.millis();
        startDue(service);
        end(Outcome.CONNECT);
        assertThat(pauses).containsExactly(2_000L);
        assertThat(verdicts()).isEmpty();
        eventually(() -> assertThat(confirming).containsExactly(new Confirming("id-a", true)));
        pass();
        end(Outcome.UP);

        CheckResult result = verdicts().get(0).result();
        assertThat(result.outcome()).isEqualTo(Outcome.UP);
        assertThat(result.timestamp()).isEqualTo(first);
        assertThat(result.attempts()).extracting(FailedAttempt::outcome).containsExactly(Outcome.CONNECT);
        assertThat(status(service)).isEqualTo(Status.UP);
        assertThat(judged.get(0).isTransition()).isFalse();
    }

    @Test
    void it_is_down_from_the_first_attempt_on_if_the_last_fails_too() throws Exception {
        Service service = known(Map.of("retries", 2, "retryInterval", 3));
        isUp(service);
        long first = clock.millis();
        startDue(service);
        end(Outcome.CONNECT);
        pass();
        end(Outcome.TIMEOUT);
        pass();
        end(Outcome.STATUS);

        Verdict verdict = verdicts().get(0);
        assertThat(pauses).containsExactly(3_000L, 3_000L);
        assertThat(verdict.result().outcome()).isEqualTo(Outcome.STATUS);
        assertThat(verdict.result().attempts())
                .extracting(FailedAttempt::outcome, FailedAttempt::timestamp)
                .containsExactly(tuple(Outcome.CONNECT, first), tuple(Outcome.TIMEOUT, first + 3_000));
        assertThat(verdict.after().status()).isEqualTo(Status.DOWN);
        assertThat(verdict.after().since()).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "linear, 2, 60, 2000 2000 2000 2000",
        "exponential, 2, 60, 2000 4000 8000 16000",
        "linear, 10, 10, 5000", // half the interval; the second would begin when the next check is due
        "linear, 3600, 60, 30000",
        "exponential, 1, 10, 1000 2000 4000"
    })
    void the_pauses_follow_the_policy_and_fit_into_the_interval(
            String backoff, int retryInterval, int interval, String expected) throws Exception {
        Service service = known(
                Map.of("retries", 4, "retryBackoff", backoff, "retryInterval", retryInterval, "interval", interval));
        startDue(service);
        end(Outcome.CONNECT);
        int attempts = 1;
        while (attempts <= 4 && pauses.size() == attempts) {
            pass();
            end(Outcome.CONNECT);
            attempts++;
        }

        assertThat(pauses.stream().map(String::valueOf).toList()).isEqualTo(List.of(expected.split(" ", -1)));
        assertThat(verdicts()).hasSize(1);
        assertThat(status(service)).isEqualTo(Status.DOWN);
    }

    @Test
    void a_service_that_is_down_is_not_tried_twice() throws Exception {
        Service service = known(Map.of());
        startDue(service);
        end(Outcome.CONNECT);
        pass();
        end(Outcome.CONNECT);
        clock.advance(60_000);
        startDue(service);
        end(Outcome.CONNECT);

        assertThat(probes).hasSize(3);
        assertThat(verdicts()).hasSize(2);
    }

    @Test
    void only_the_check_that_decides_is_repeated() throws Exception {
        Service service = known(Map.of("failureThreshold", 3));
        isUp(service);
        long first = clock.millis();
        for (int check = 1; check <= 2; check++) {
            startDue(service);
            end(Outcome.CONNECT);
            assertThat(verdicts()).hasSize(check);
            assertThat(judged.get(check - 1).after().isConfirming()).isTrue();
            assertThat(status(service)).isEqualTo(Status.UP);
            clock.advance(60_000);
        }
        assertThat(pauses).isEmpty();
        startDue(service);
        end(Outcome.CONNECT);
        pass();
        end(Outcome.CONNECT);

        assertThat(verdicts()).hasSize(3);
        assertThat(judged.get(2).after().status()).isEqualTo(Status.DOWN);
        assertThat(judged.get(2).after().since()).isEqualTo(first);
    }

    @Test
    void with_no_time_for_a_second_attempt_the_next_check_is_that_attempt() throws Exception {
        Service service = known(Map.of("interval", 10));
        isUp(service);
        long first = clock.millis();
        startDue(service);
        clock.advance(9_500);
        end(Outcome.TIMEOUT);
        assertThat(pauses).isEmpty();
        assertThat(verdicts()).hasSize(1);
        assertThat(status(service)).isEqualTo(Status.UP);
        clock.advance(500);
        startDue(service);
        clock.advance(9_500);
        end(Outcome.TIMEOUT);

        assertThat(verdicts()).hasSize(2);
        assertThat(status(service)).isEqualTo(Status.DOWN);
        assertThat(judged.get(1).after().since()).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"network, STATUS, 0", "network, CONNECT, 1", "any, STATUS, 1", "any, DENIED, 0"})
    void the_policy_says_which_failures_are_repeated(String on, String outcome, int retries) throws Exception {
        Service service = known(Map.of("retryOn", on));
        startDue(service);
        end(Outcome.ofWord(outcome));

        assertThat(pauses).hasSize(retries);
        assertThat(status(service)).isEqualTo(retries == 0 ? Status.DOWN : Status.UNKNOWN);
    }

    @Test
    void a_check_that_waits_to_be_repeated_is_left_to_the_next_holder() throws Exception {
        Service service = known(Map.of());
        isUp(service);
        startDue(service);
        end(Outcome.CONNECT);
        Future<Void> left = inLoop(() -> checks.giveUp(schedule.lease(service)));

        assertThat(left.succeeded()).isTrue();
        pass();
        assertThat(probes).hasSize(2);
        assertThat(verdicts()).isEmpty();
        eventually(() ->
                assertThat(confirming).containsExactly(new Confirming("id-a", true), new Confirming("id-a", false)));
    }

    @Test
    void a_check_whose_attempt_fails_during_the_handover_is_left_to_the_next_holder() throws Exception {
        Service service = known(Map.of("retries", 3));
        isUp(service);
        startDue(service);
        end(Outcome.CONNECT);
        pass();
        Future<Void> left = inLoop(() -> checks.giveUp(schedule.lease(service)));
        assertThat(left.isComplete()).isFalse();
        end(Outcome.CONNECT);

        assertThat(left.succeeded()).isTrue();
        assertThat(pauses).hasSize(1);
        assertThat(verdicts()).isEmpty();
    }

    @Test
    void a_check_whose_attempt_fails_during_the_stop_makes_no_service_down() throws Exception {
        Service service = known(Map.of("retries", 3));
        isUp(service);
        startDue(service);
        end(Outcome.CONNECT);
        pass();
        Future<Void> stopped = inLoop(() -> checks.stop());
        end(Outcome.CONNECT);

        assertThat(stopped.succeeded()).isTrue();
        assertThat(verdicts()).isEmpty();
    }

    @Test
    void who_waits_for_a_check_gets_the_result_of_its_last_attempt() throws Exception {
        Service service = known(Map.of());
        Future<CheckResult> asked = inLoop(() -> checks.checkAndStore(service));
        end(Outcome.CONNECT);
        Future<CheckResult> joined = inLoop(() -> checks.checkAndStore(service));
        assertThat(asked.isComplete()).isFalse();
        pass();
        end(Outcome.UP);

        assertThat(await(asked).outcome()).isEqualTo(Outcome.UP);
        assertThat(await(joined).attempts()).hasSize(1);
    }

    @Test
    void a_stop_ends_the_wait() throws Exception {
        Service service = known(Map.of());
        Future<CheckResult> asked = inLoop(() -> checks.checkAndStore(service));
        end(Outcome.CONNECT);
        await(inLoop(() -> checks.stop()));
        pass();

        assertThatThrownBy(() -> await(asked)).hasMessageContaining("stopping");
        assertThat(probes).hasSize(1);
        assertThat(verdicts()).isEmpty();
    }

    @Test
    void a_service_that_is_changed_while_its_check_waits_is_checked_as_it_is_now() throws Exception {
        startDue(known(Map.of()));
        end(Outcome.CONNECT);
        Service changed = known(Map.of("url", "http://localhost/new"));
        pass();
        end(Outcome.CONNECT);
        assertThat(probes).hasSize(3);
        end(Outcome.UP);

        assertThat(verdicts()).hasSize(1);
        assertThat(status(changed)).isEqualTo(Status.UP);
    }

    @Test
    void the_attempts_have_permits_of_their_own_and_leave_them_meanwhile() throws Exception {
        startDue(known(Map.of()));
        end(Outcome.CONNECT);
        assertThat(permits.running()).isZero();
        pass();
        assertThat(permits.running()).isEqualTo(1);
        end(Outcome.CONNECT);
        assertThat(permits.running()).isZero();
    }
}
