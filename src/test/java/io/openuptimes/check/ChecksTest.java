package io.openuptimes.check;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage.CheckNow;
import io.openuptimes.bus.CheckMessage.Checked;
import io.openuptimes.bus.CheckMessage.Round;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.Message;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.check.type.Observation;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Partition;
import io.openuptimes.model.Policy;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.testing.ManualClock;
import io.openuptimes.testing.Observations;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** At most one concurrent check per service, whoever requests it; probes and store are controlled by the test. */
class ChecksTest {

    private static final long NOW = 1_700_000_000_000L;

    private record Probe(Service service, Promise<Observation> end) {}

    private final ManualClock clock = new ManualClock(NOW);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Schedule schedule = new Schedule(60, null);
    private final List<Probe> probes = Collections.synchronizedList(new ArrayList<>());
    private final List<CheckResult> stored = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean storeAway;
    private Vertx vertx;
    private Context loop;
    private Checks checks;
    private Rounds rounds;

    @BeforeEach
    void wire() throws Exception {
        vertx = App.vertx();
        loop = vertx.getOrCreateContext();
        Bus bus = Bus.of(vertx);
        await(bus.serve(StoreMessage.RECORD, message -> {
            if (storeAway) {
                return Future.failedFuture(new Refused(Failures.STORE_UNREACHABLE, "away"));
            }
            stored.add(message.verdict().result());
            return Future.succeededFuture(Message.DONE);
        }));
        await(bus.serve(StoreMessage.RECORD_ALL, message -> {
            message.verdicts().forEach(verdict -> stored.add(verdict.result()));
            return Future.succeededFuture(Message.DONE);
        }));
        Function<Service, Future<Observation>> prober = service -> {
            Probe probe = new Probe(service, Promise.promise());
            probes.add(probe);
            return probe.end().future();
        };
        for (int partition = 0; partition < Partition.COUNT; partition++) {
            schedule.gain(partition, Map.of(), NOW);
        }
        CheckMetrics all = new CheckMetrics(metrics);
        checks = new Checks(
                bus,
                schedule,
                new Permits(10, 10),
                prober,
                clock::millis,
                all,
                new LoopMetrics(all, NOW),
                new ResultBatches(vertx, bus),
                new Retries(schedule, Policy.PLAIN, (pause, next) -> next.run()),
                new Elsewhere(bus, schedule),
                task -> loop.runOnContext(run -> task.run()));
        Wanted wanted = new Wanted(schedule, new AskedChecks(schedule, checks, clock::millis, 5_000));
        rounds = new Rounds(List.of(new StartsAtOnce(wanted)), Runnable::run);
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    /** Runs on the checks' event loop. */
    private <T> T inLoop(Callable<T> work) throws Exception {
        return await(loop, work);
    }

    private Service known(String name, String url) throws Exception {
        return known(service(name, url));
    }

    private Service known(Service service) throws Exception {
        inLoop(() -> {
            schedule.put(service, NOW);
            return null;
        });
        return service;
    }

    private static Service service(String name, String url) throws InvalidInputException {
        return ServiceFields.parse(Map.of("name", name, "url", url), "id-" + name, NOW);
    }

    private void startDue(Service service, long dueAt, long missed) throws Exception {
        inLoop(() -> {
            checks.startDue(new Schedule.Due(service, dueAt, missed, schedule.host(service)));
            return null;
        });
    }

    private void end(int probe, Outcome outcome) throws Exception {
        Probe ended = probes.get(probe);
        inLoop(() -> ended.end().tryComplete(Observations.of(NOW, outcome)));
    }

    private double missed(String reason) {
        return metrics.get("openuptimes.checks.missed")
                .tag("reason", reason)
                .counter()
                .count();
    }

    @Test
    void aServiceThatIsStillBeingCheckedMissesItsTurn() throws Exception {
        Service service = known("a", "http://localhost/");
        startDue(service, NOW, 0);
        startDue(service, NOW, 2);

        assertThat(probes).hasSize(1);
        assertThat(missed("running")).isEqualTo(1);
        assertThat(missed("late")).isEqualTo(2);
        end(0, Outcome.UP);
        eventually(() -> assertThat(stored).hasSize(1));
    }

    @Test
    void whatTellsOfThisMachineAloneIsCountedAndNotStored() throws Exception {
        Service service = known("a", "http://localhost/");
        startDue(service, NOW, 0);
        end(0, Outcome.RESOURCE);
        Future<Round> round = inLoop(() -> rounds.check(new CheckNow(List.of(service.id()))));
        end(1, Outcome.RESOURCE);

        assertThatThrownBy(() -> await(round)).hasMessageContaining("lacks the resources for a check");
        assertThat(missed("resource")).isEqualTo(2);
        assertThat(stored).isEmpty();
    }

    @Test
    void aServiceOfAnUnknownTypeStaysUnknown() throws Exception {
        Service service = known("a", "http://localhost/");
        Future<Round> round = inLoop(() -> rounds.check(new CheckNow(List.of(service.id()))));
        end(0, Outcome.UNSUPPORTED);

        assertThatThrownBy(() -> await(round)).hasMessageContaining("does not support checks of this type");
        assertThat(missed("resource")).isZero();
        assertThat(stored).isEmpty();
    }

    @Test
    void twoRoundsAtTheSameTimeAreOne() throws Exception {
        known("b", "http://localhost/");
        known("a", "http://localhost/");
        Future<Round> first = inLoop(() -> rounds.check(new CheckNow(List.of())));
        Future<Round> second = inLoop(() -> rounds.check(new CheckNow(List.of())));

        assertThat(probes).hasSize(2);
        end(0, Outcome.UP);
        assertThat(first.isComplete()).isFalse();
        end(1, Outcome.CONNECT);
        assertThat(await(first).checks())
                .extracting(Checked::service)
                .extracting(Service::name)
                .containsExactly("a", "b");
        assertThat(await(second)).isSameAs(await(first));
        assertThat(stored).hasSize(2);
    }

    @Test
    void aRoundJoinsTheCheckThatTheScheduleHasStartedAndWaitsUntilItIsStored() throws Exception {
        Service service = known("a", "http://localhost/");
        startDue(service, NOW, 0);
        Future<Round> round = inLoop(() -> rounds.check(new CheckNow(List.of(service.id(), service.id(), "gone"))));

        assertThat(probes).hasSize(1);
        end(0, Outcome.UP);
        assertThat(await(round).checks()).hasSize(1);
        assertThat(stored).hasSize(1);
    }

    @Test
    void aPausedServiceIsCheckedOnlyWhereItIsNamed() throws Exception {
        known("a", "http://localhost/");
        Service paused = known(
                ServiceFields.parse(Map.of("name", "p", "url", "http://localhost/", "paused", true), "id-p", NOW));
        Future<Round> all = inLoop(() -> rounds.check(new CheckNow(List.of())));
        Future<Round> named = inLoop(() -> rounds.check(new CheckNow(List.of(paused.id()))));

        assertThat(probes).hasSize(2);
        end(0, Outcome.UP);
        end(1, Outcome.UP);
        assertThat(await(all).checks())
                .extracting(checked -> checked.service().name())
                .containsExactly("a");
        assertThat(await(named).checks()).extracting(Checked::service).containsExactly(paused);
    }

    @Test
    void aServiceThatIsPausedWhileItIsCheckedIsNotCheckedAgain() throws Exception {
        Service service = known("a", "http://localhost/");
        startDue(service, NOW, 0);
        known(ServiceFields.parse(Map.of("name", "a", "url", "http://localhost/", "paused", true), service.id(), NOW));
        end(0, Outcome.UP);

        assertThat(probes).hasSize(1);
        assertThat(stored).isEmpty();
    }

    @Test
    void aRoundWhoseResultsCannotBeStoredFails() throws Exception {
        known("a", "http://localhost/");
        storeAway = true;
        Future<Round> round = inLoop(() -> rounds.check(new CheckNow(List.of())));
        end(0, Outcome.UP);
        Throwable failure = await(round.transform(done -> Future.succeededFuture(done.cause())));
        assertThat(Failures.codeOf(failure)).isEqualTo(Failures.STORE_UNREACHABLE);
    }

    @Test
    void aServiceThatIsChangedMeanwhileIsCheckedAgainAsItIsNow() throws Exception {
        known("a", "http://localhost/old");
        Future<Round> round = inLoop(() -> rounds.check(new CheckNow(List.of())));
        Service changed = known("a", "http://localhost/new");
        end(0, Outcome.CONNECT);

        eventually(() -> assertThat(probes).hasSize(2));
        assertThat(probes.get(1).service()).isEqualTo(changed);
        end(1, Outcome.UP);
        assertThat(await(round).checks()).extracting(Checked::service).containsExactly(changed);
        assertThat(stored).extracting(CheckResult::outcome).containsExactly(Outcome.UP);
    }

    @Test
    void aServiceThatIsOnlyRenamedMeanwhileKeepsItsResult() throws Exception {
        Service service = known("a", "http://localhost/");
        startDue(service, NOW, 0);
        Service renamed = known(ServiceFields.parse(
                Map.of("name", "b", "url", "http://localhost/", "group", "g", "interval", 5, "visible", false),
                service.id(),
                NOW));
        Future<Round> round = inLoop(() -> rounds.check(new CheckNow(List.of(service.id()))));
        end(0, Outcome.UP);

        assertThat(await(round).checks()).extracting(Checked::service).containsExactly(renamed);
        assertThat(probes).hasSize(1);
        assertThat(stored).hasSize(1);
    }

    @Test
    void whoWaitsForAServiceThatIsPausedMeanwhileGetsItsResult() throws Exception {
        Service service = known("a", "http://localhost/");
        Future<Round> round = inLoop(() -> rounds.check(new CheckNow(List.of(service.id()))));
        known(ServiceFields.parse(Map.of("name", "a", "url", "http://localhost/", "paused", true), service.id(), NOW));
        end(0, Outcome.UP);

        assertThat(await(round).checks()).hasSize(1);
        assertThat(probes).hasSize(1);
        assertThat(stored).hasSize(1);
    }

    @Test
    void aServiceThatIsDeletedMeanwhileLeavesNoResult() throws Exception {
        Service service = known("a", "http://localhost/");
        Future<Round> round = inLoop(() -> rounds.check(new CheckNow(List.of())));
        inLoop(() -> {
            schedule.remove(service.id());
            return null;
        });
        end(0, Outcome.UP);

        assertThat(await(round).checks()).isEmpty();
        assertThat(stored).isEmpty();
    }

    @Test
    void whatIsOlderIsSentToTheStoreFirst() throws Exception {
        Service service = known("a", "http://localhost/");
        startDue(service, NOW, 0);
        end(0, Outcome.CONNECT);
        Future<Round> round = inLoop(() -> rounds.check(new CheckNow(List.of())));
        end(1, Outcome.UP);
        await(round);
        assertThat(stored).extracting(CheckResult::outcome).containsExactly(Outcome.CONNECT, Outcome.UP);
    }

    @Test
    void stoppingWaitsForWhatRunsAndWhatIsBrokenOffThenSaysNothing() throws Exception {
        startDue(known("a", "http://localhost/"), NOW, 0);
        startDue(known("b", "http://localhost/"), NOW, 0);
        Future<Void> stopped = inLoop(() -> checks.stop());
        startDue(known("c", "http://localhost/"), NOW, 0);

        assertThat(probes).hasSize(2);
        end(0, Outcome.UP);
        assertThat(stopped.isComplete()).isFalse();
        inLoop(() -> {
            checks.close();
            return null;
        });
        end(1, Outcome.PROTOCOL);
        await(stopped);
        eventually(() -> assertThat(stored).extracting(CheckResult::serviceId).containsExactly("id-a"));
    }
}
