package io.openuptimes.check;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.App;
import io.openuptimes.check.type.Observation;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Policy;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.testing.Observations;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trials with one permit in total; probes are controlled by the test. */
class TrialsTest {

    private static final long FOR_EVER = 600_000;

    private final List<Promise<Observation>> probes = new CopyOnWriteArrayList<>();
    private final Permits permits = new Permits(1, 1);
    private final Vertx vertx = App.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private Function<Service, Future<Observation>> prober;
    private Service service;

    @BeforeEach
    void wire() throws Exception {
        prober = probed -> {
            Promise<Observation> probe = Promise.promise();
            probes.add(probe);
            return probe.future();
        };
        service = ServiceFields.parse(Map.of("name", "a", "url", "http://localhost/"), "id", 1_000);
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private Trials trials(long waitMs) {
        return new Trials(
                vertx,
                permits,
                prober,
                () -> 1_000L,
                task -> loop.runOnContext(run -> task.run()),
                waitMs,
                Policy.PLAIN);
    }

    /** Runs on the checks' event loop. */
    private <T> Future<T> inLoop(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(run -> work.get().onComplete(done));
        return done.future();
    }

    private void end(int probe) {
        loop.runOnContext(run -> probes.get(probe).complete(Observations.of(1_000, Outcome.UP)));
    }

    @Test
    void theyWaitForTheirTurnAndGiveTheirPermitBack() throws Exception {
        Trials trials = trials(FOR_EVER);
        Future<CheckResult> first = inLoop(() -> trials.run(service));
        Future<CheckResult> second = inLoop(() -> trials.run(service));
        eventually(() -> assertThat(permits.waiting()).isEqualTo(1));
        assertThat(probes).hasSize(1);

        end(0);
        assertThat(await(first).outcome()).isEqualTo(Outcome.UP);
        eventually(() -> assertThat(probes).hasSize(2));
        end(1);
        assertThat(await(second).outcome()).isEqualTo(Outcome.UP);
        eventually(() -> assertThat(permits.running()).isZero());
    }

    @Test
    void whoHasWaitedTooLongIsToldSoAndProbesNothing() throws Exception {
        Trials trials = trials(1);
        inLoop(() -> trials.run(service));
        eventually(() -> assertThat(probes).hasSize(1));
        Future<CheckResult> late = inLoop(() -> trials.run(service));
        assertThatThrownBy(() -> await(late)).hasMessageContaining("Too many checks are waiting");

        end(0);
        eventually(() -> assertThat(permits.running() + permits.waiting()).isZero());
        assertThat(probes).hasSize(1);
    }

    @Test
    void theEndBreaksThemOffWithoutAResult() throws Exception {
        Trials trials = trials(FOR_EVER);
        Future<CheckResult> running = inLoop(() -> trials.run(service));
        Future<CheckResult> waiting = inLoop(() -> trials.run(service));
        eventually(() -> assertThat(permits.waiting()).isEqualTo(1));

        Future<Void> stopped = inLoop(() -> {
            permits.forgetWaiting();
            return trials.stop();
        });
        assertThatThrownBy(() -> await(running)).hasMessageContaining("The service is stopping");
        assertThatThrownBy(() -> await(waiting)).hasMessageContaining("The service is stopping");
        assertThatThrownBy(() -> await(inLoop(() -> trials.run(service)))).hasMessageContaining("stopping");
        assertThat(stopped.isComplete()).as("the probe still runs").isFalse();
        end(0);
        await(stopped);
        assertThat(probes).hasSize(1);
    }
}
