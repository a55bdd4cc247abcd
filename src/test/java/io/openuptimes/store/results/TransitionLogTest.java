package io.openuptimes.store.results;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Outcome;
import io.openuptimes.model.Status;
import io.openuptimes.model.Transition;
import io.openuptimes.testing.LogCapture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransitionLogTest {

    private static final long NOON = 1_700_000_000_000L;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger lookups = new AtomicInteger();
    private Future<Map<String, String>> names = Future.succeededFuture(Map.of("id1", "Shop\nAPI"));
    private final TransitionLog transitions = new TransitionLog(vertx, this::names, 86_400_000);
    private final LogCapture log = LogCapture.of(TransitionLog.class);

    @AfterEach
    void stop() {
        log.close();
        vertx.close();
    }

    private Future<Map<String, String>> names(Collection<String> ids) {
        lookups.addAndGet(ids.size());
        return names;
    }

    private static Transition down(String id, long at) {
        return new Transition(id, Status.UP, Status.DOWN, at, Outcome.CONNECT, "connection refused", null);
    }

    private static Transition up(String id, long at) {
        return new Transition(id, Status.DOWN, Status.UP, at, Outcome.UP, "", null);
    }

    private static List<Transition> downs(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> down("many" + i, NOON)).toList();
    }

    @Test
    void a_failure_is_told_with_name_id_reason_and_what_to_look_at_and_its_end_with_the_downtime() {
        transitions.add(List.of(down("id1", NOON)));
        transitions.add(List.of(up("id1", NOON + 200_000)));
        assertThat(log.lines())
                .containsExactly(
                        "Shop?API (id1) is down: connect (connection refused); check that its server runs and can be"
                                + " reached from this machine",
                        "Shop?API (id1) is up again after 3 min 20 s");
    }

    @Test
    void a_first_result_is_told_too() {
        transitions.add(List.of(new Transition("id1", Status.UNKNOWN, Status.UP, NOON, Outcome.UP, "", null)));
        assertThat(log.lines()).containsExactly("Shop?API (id1) is up");
    }

    @Test
    void where_the_downtime_is_not_known_it_is_left_out() {
        transitions.add(List.of(up("id1", NOON)));
        assertThat(log.lines()).containsExactly("Shop?API (id1) is up again");
    }

    @Test
    void the_id_alone_names_a_service_whose_name_cannot_be_had() {
        transitions.add(List.of(up("id2", NOON)));
        names = Future.failedFuture("away");
        transitions.add(List.of(up("id1", NOON)));
        assertThat(log.lines()).containsExactly("service id2 is up again", "service id1 is up again");
    }

    @Test
    void nothing_waits_for_the_names() {
        Promise<Map<String, String>> later = Promise.promise();
        names = later.future();
        transitions.add(List.of(up("id1", NOON)));
        assertThat(log.lines()).isEmpty();
        later.complete(Map.of());
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void a_flood_costs_a_few_lines_and_as_many_lookups_and_one_line_for_the_others() {
        transitions.add(downs(0, 15));
        transitions.add(downs(15, 100_000));
        transitions.add(List.of(up("many3", NOON + 1_000), up("many5", NOON + 1_000)));
        assertThat(log.lines()).hasSize(TransitionLog.LINES);
        assertThat(lookups).hasValue(TransitionLog.LINES);
        transitions.close();
        assertThat(log.lines()).hasSize(TransitionLog.LINES + 1);
        assertThat(log.lines().get(TransitionLog.LINES))
                .isEqualTo("…and 99,980 more services went down and 2 more came up in the last 1 d;"
                        + " GET /api/transitions lists them");
        transitions.close();
        assertThat(log.lines()).hasSize(TransitionLog.LINES + 1);
    }

    @Test
    void the_number_of_the_others_is_told_when_the_period_ends_and_lines_are_there_again() throws Exception {
        TransitionLog transitions = new TransitionLog(vertx, this::names, 1_000);
        transitions.add(downs(0, TransitionLog.LINES + 1));
        eventually(() -> assertThat(log.lines())
                .contains("…and 1 more service went down in the last 1 s; GET /api/transitions lists them"));
        int before = log.lines().size();
        transitions.add(List.of(up("many1", NOON + 5_000)));
        assertThat(log.lines().subList(before, before + 1)).containsExactly("service many1 is up again after 5 s");
    }

    @Test
    void only_so_many_failures_are_remembered() {
        transitions.add(downs(0, TransitionLog.MAX_REMEMBERED));
        assertThat(transitions.remembered()).isEqualTo(TransitionLog.MAX_REMEMBERED);
        transitions.add(downs(TransitionLog.MAX_REMEMBERED, 2 * TransitionLog.MAX_REMEMBERED));
        assertThat(transitions.remembered()).isEqualTo(TransitionLog.MAX_REMEMBERED);
    }

    @ParameterizedTest
    @MethodSource("io.openuptimes.model.Outcome#known")
    void every_class_of_failure_has_a_hint(Outcome outcome) {
        assertThat(TransitionLog.hint(outcome)).isNotEmpty();
    }
}
