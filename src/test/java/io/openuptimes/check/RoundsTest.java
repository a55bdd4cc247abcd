package io.openuptimes.check;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage.CheckNow;
import io.openuptimes.bus.CheckMessage.Checked;
import io.openuptimes.bus.CheckMessage.Round;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Message;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.openuptimes.check.type.Observation;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Partition;
import io.openuptimes.model.Phases;
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
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks of services a and b that pings start or share: readers are paced, writers are not. */
class RoundsTest {

    private static final long NOW = 1_700_000_000_000L;
    private static final long PACE = 5_000;

    private record Probe(String id, long at, Promise<Observation> end) {
        @Override
        public String toString() {
            return id + "@" + at;
        }
    }

    private final ManualClock clock = new ManualClock(NOW);
    private final Vertx vertx = App.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final Schedule schedule = new Schedule(60, null);
    private final List<Probe> probes = new ArrayList<>();
    private final List<Future<Round>> rounds = new ArrayList<>();
    private AskedChecks asked;
    private Wanted wanted;
    private StartsAtOnce lane;
    private Rounds under;

    @BeforeEach
    void wire() throws Exception {
        Bus bus = Bus.of(vertx);
        await(bus.serve(StoreMessage.RECORD, message -> Future.succeededFuture(Message.DONE)));
        Function<Service, Future<Observation>> prober = service -> {
            Probe probe = new Probe(service.id(), clock.millis() - NOW, Promise.promise());
            probes.add(probe);
            return probe.end().future();
        };
        for (int partition = 0; partition < Partition.COUNT; partition++) {
            schedule.gain(partition, Map.of(), NOW);
        }
        CheckMetrics metrics = new CheckMetrics(new SimpleMeterRegistry());
        Checks checks = new Checks(
                bus,
                schedule,
                new Permits(1_000, 1_000),
                prober,
                clock::millis,
                metrics,
                new LoopMetrics(metrics, NOW),
                new ResultBatches(vertx, bus),
                new Retries(schedule, Policy.PLAIN, (pause, next) -> next.run()),
                new Elsewhere(bus, schedule),
                task -> loop.runOnContext(run -> task.run()));
        asked = new AskedChecks(schedule, checks, clock::millis, PACE);
        wanted = new Wanted(schedule, asked);
        lane = new StartsAtOnce(wanted);
        under = new Rounds(List.of(lane), Runnable::run);
        known("a");
        known("b");
    }

    private void known(String id) throws Exception {
        Service service = ServiceFields.parse(Map.of("name", id, "url", "http://localhost/"), id, NOW);
        await(loop, () -> {
            schedule.put(service, NOW);
            return null;
        });
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    /** Returns once everything started by the step has started. */
    private void step(String step) throws Exception {
        await(loop, () -> {
            String[] words = step.split(":", -1);
            List<String> ids = words.length == 1 ? List.of() : List.of(words[1].split(",", -1));
            switch (words[0]) {
                case "read" -> rounds.add(under.check(new CheckNow(ids, true)));
                case "write" -> rounds.add(under.check(new CheckNow(ids)));
                case "end" -> end(ids);
                default -> pass(Long.parseLong(words[0]));
            }
            return null;
        });
        settle();
    }

    /** Once this is stored, everything sent to the store before is, too. */
    private void settle() throws Exception {
        CheckResult last = new CheckResult("last", NOW, Outcome.UP, 200, 5, Phases.NONE, "");
        await(await(loop, () -> Bus.of(vertx).request(StoreMessage.RECORD, new RecordResult(last))));
    }

    /** Ends every check and advances time until all pings are answered. */
    private void finish() throws Exception {
        while (!rounds.stream().allMatch(Future::isComplete)) {
            step("end");
            long next = await(loop, () -> wanted.nextAt());
            if (next != Long.MAX_VALUE) {
                step(Long.toString(next - clock.millis()));
            }
        }
    }

    private void end(List<String> ids) {
        probes.stream()
                .filter(probe -> ids.isEmpty() || ids.contains(probe.id()))
                .forEach(probe -> probe.end().tryComplete(Observations.of(NOW + probe.at(), Outcome.UP)));
    }

    private void pass(long millis) {
        clock.advance(millis);
        lane.start();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a reader joins the round of all that a writer began | write read | a@0 b@0 | a@0 b@0; a@0 b@0
            a writer joins the round of all that a reader began | read write | a@0 b@0 | a@0 b@0; a@0 b@0
            for one service, a reader joins the round of all    | write read:a | a@0 b@0 | a@0 b@0; a@0
            for all, a reader joins the check of one            | read:a read | a@0 b@0 | a@0; a@0 b@0
            for one, a reader joins the check of two            | read:a,b read:b | a@0 b@0 | a@0 b@0; b@0
            after the round of all, one waits for the pace      | write end 2000 read:a | a@0 b@0 a@5000 | a@0 b@0; a@5000
            after the round of all, all wait                    | read end 2000 read | a@0 b@0 a@5000 b@5000 | a@0 b@0; a@5000 b@5000
            in a round of all, only the one that must wait does | read:a end 2000 read | a@0 b@2000 a@5000 | a@0; a@5000 b@2000
            a writer's check of one counts, too                 | write:a end 2000 read:a | a@0 a@5000 | a@0; a@5000
            all that wait share the next check                  | read:a end 1000 read:a 1000 read:a,b read | a@0 b@2000 a@5000 | a@0; a@5000; a@5000 b@2000; a@5000 b@2000
            when the pace has passed, nobody waits              | read:a end 5000 read:a | a@0 a@5000 | a@0; a@5000
            a check that takes longer than the pace is joined   | read:a 7000 read:a end | a@0 | a@0; a@0
            of a round that runs on, what has ended is paced    | write end:a 1000 read:a | a@0 b@0 a@5000 | a@0 b@0; a@5000
            a writer does not wait for one service              | read:a end 1000 write:a | a@0 a@1000 | a@0; a@1000
            a writer does not wait for all                      | read end 1000 write | a@0 b@0 a@1000 b@1000 | a@0 b@0; a@1000 b@1000
            whoever waits is content with a writer's check      | read:a end 1000 read:a 1000 write:a | a@0 a@2000 | a@0; a@2000; a@2000
            a writer that joins a round has no service wait     | read:a end 2000 read 1000 write | a@0 b@2000 a@3000 | a@0; a@3000 b@2000; a@3000 b@2000
            unknown services are left out                       | read:none read:a,none | a@0 | ''; a@0
            """)
    void table(String rule, String steps, String started, String answers) throws Exception {
        for (String step : steps.split(" ", -1)) {
            step(step);
        }
        finish();

        assertThat(probes.stream().map(Probe::toString).collect(Collectors.joining(" ")))
                .as(rule)
                .isEqualTo(started);
        assertThat(rounds.stream().map(round -> answer(round.result())))
                .as(rule)
                .containsExactlyElementsOf(Stream.of(answers.split("; ", -1))
                        .map(answer -> answer.replace("''", ""))
                        .toList());
    }

    @Test
    void theSameRequestAgainIsTheSameRoundUntilItEnds() throws Exception {
        for (String step : List.of("read:a,b", "read:a,b", "end", "read:a,b")) {
            step(step);
        }

        assertThat(rounds.get(1)).isSameAs(rounds.get(0)).isNotSameAs(rounds.get(2));
    }

    /** A round ends on the event loop of a part. */
    @Test
    void aRoundThatHasEndedIsNotJoinedBeforeThatIsTold() {
        List<Promise<List<Checked>>> shares = new ArrayList<>();
        List<Runnable> told = new ArrayList<>();
        Rounds untold = new Rounds(
                List.of(new Rounds.Part() {
                    @Override
                    public Future<List<Checked>> check(CheckNow wanted) {
                        shares.add(Promise.promise());
                        return shares.get(shares.size() - 1).future();
                    }

                    @Override
                    public void hurry() {}
                }),
                told::add);

        Future<Round> first = untold.check(new CheckNow(List.of(), true));
        shares.get(0).complete(List.of());
        Future<Round> second = untold.check(new CheckNow(List.of(), true));
        told.forEach(Runnable::run);

        assertThat(first.isComplete()).isTrue();
        assertThat(second.isComplete()).isFalse();
        assertThat(untold.check(new CheckNow(List.of(), true))).isSameAs(second);
    }

    @Test
    void whatWaitsIsToldWhenItStops() throws Exception {
        for (String step : List.of("read", "end", "read:a")) {
            step(step);
        }
        await(loop, () -> {
            wanted.stop();
            return null;
        });

        assertThat(Failures.codeOf(rounds.get(1).cause())).isEqualTo(Failures.STORE_UNREACHABLE);
    }

    @Test
    void nothingIsRememberedOfAServiceWhenThePaceHasPassed() throws Exception {
        for (String step : List.of("read", "end", "read", "5000", "end")) {
            step(step);
        }
        assertThat(asked.remembered()).isEqualTo(2);
        step("5000");
        assertThat(asked.remembered()).isZero();
    }

    private static String answer(Round round) {
        return round.checks().stream()
                .map(checked -> checked.service().id() + "@" + (checked.result().timestamp() - NOW))
                .collect(Collectors.joining(" "));
    }
}
