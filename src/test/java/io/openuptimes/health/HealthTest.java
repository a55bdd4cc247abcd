package io.openuptimes.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.health.HealthState.Form;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Status;
import io.openuptimes.model.Viewpoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {

    private static final long NOON = 20_000 * 86_400_000L + 43_200_000;

    private static CheckResult result(long at, Outcome outcome, String error) {
        return new CheckResult("id", at, outcome, outcome == Outcome.UP ? 200 : 0, 5, Phases.NONE, error);
    }

    private static Viewpoint seenFrom(String location) {
        return new Viewpoint(location, List.of("eu", "us"), 1, 60_000);
    }

    private static CheckResult up(long at) {
        return result(at, Outcome.UP, "");
    }

    private static CheckResult down(long at) {
        return result(at, Outcome.CONNECT, "connection refused");
    }

    @Test
    void the_first_result_is_a_transition() {
        HealthState after = after(HealthState.UNCHECKED, up(NOON));

        assertThat(after.status()).isEqualTo(Status.UP);
        assertThat(after.since()).isEqualTo(NOON);
        assertThat(after.transitions()).isEqualTo(1);
        assertThat(after.interval()).isZero();
    }

    @Test
    void results_of_two_locations_in_one_millisecond_have_different_tags() {
        HealthState eu = after(HealthState.UNCHECKED, up(NOON).from(seenFrom("eu")));
        HealthState us = after(HealthState.UNCHECKED, up(NOON).from(seenFrom("us")));

        assertThat(eu.tag()).isNotEqualTo(us.tag());
        assertThat(after(HealthState.UNCHECKED, up(NOON).from(seenFrom("eu")))).isEqualTo(eu);
    }

    @Test
    void the_start_stays_if_only_the_failure_changes() {
        HealthState down = after(HealthState.UNCHECKED, down(NOON));
        HealthState still = after(down, result(NOON + 60_000, Outcome.TIMEOUT, "no response within 500 ms"));

        assertThat(still.since()).isEqualTo(NOON);
        assertThat(still.transitions()).isEqualTo(1);
        assertThat(still.outcome()).isEqualTo(Outcome.TIMEOUT);
        assertThat(still.lastChecked()).isEqualTo(NOON + 60_000);
    }

    @Test
    void transitions_are_numbered() {
        HealthState state = HealthState.UNCHECKED;
        for (int i = 0; i < 6; i++) {
            state = after(state, i % 2 == 0 ? up(NOON + i) : down(NOON + i));
        }
        assertThat(state.transitions()).isEqualTo(6);
        assertThat(state.since()).isEqualTo(NOON + 5);
    }

    @ParameterizedTest
    @CsvSource({
        "60000, 60, true, 60", // to the millisecond
        "59936, 60, true, 60", // 64 ms early
        "60063, 60, true, 60", // 63 ms late
        "59935, 60, false, 60", // to the nearest second
        "60064, 60, false, 60",
        "61600, 60, false, 62",
        "5000, 0, false, 5"
    })
    void the_usual_interval_is_that_of_the_last_full_entry(long gap, int usual, boolean compact, int interval) {
        HealthState before = new HealthState(Outcome.UP, NOON, NOON, 1, usual, 0, Form.CURRENT, 7);

        assertThat(Health.isCompact(before, up(NOON + gap))).isEqualTo(compact);
        assertThat(after(before, up(NOON + gap)).interval()).isEqualTo(interval);
    }

    @Test
    void only_a_usual_answer_is_compact_and_never_on_a_day_of_an_older_form() {
        HealthState before = new HealthState(Outcome.UP, NOON, NOON, 1, 60, 0, Form.CURRENT, 7);
        HealthState old = new HealthState(Outcome.UP, NOON, NOON, 1, 60, 0, Form.MARKED, 0);
        CheckResult other = new CheckResult("id", NOON + 60_000, Outcome.UP, 204, 5, Phases.NONE, "");

        assertThat(Health.isCompact(before, down(NOON + 60_000))).isFalse();
        assertThat(Health.isCompact(before, other)).isFalse();
        assertThat(Health.isCompact(old, up(NOON + 60_000))).isFalse();
    }

    @Test
    void a_new_day_and_a_cleared_one_have_no_usual_interval_yet() {
        HealthState before = new HealthState(Outcome.UP, NOON, NOON, 1, 60, 0, Form.CURRENT, 7);

        assertThat(Health.beginsDay(before, up(NOON + 43_199_999))).isFalse();
        assertThat(Health.beginsDay(before, up(NOON + 43_200_000))).isTrue();
        assertThat(after(before, up(NOON + 43_200_000)).interval()).isZero();
        assertThat(Health.after(before, up(NOON + 60_000), Rules.PLAIN, true).interval())
                .isZero();
    }

    @Test
    void states_that_differ_have_different_tags() {
        HealthState state = after(HealthState.UNCHECKED, up(NOON));

        assertThat(after(HealthState.UNCHECKED, up(NOON)).tag()).isEqualTo(state.tag());
        assertThat(after(HealthState.UNCHECKED, up(NOON + 1)).tag()).isNotEqualTo(state.tag());
        assertThat(after(HealthState.UNCHECKED, down(NOON)).tag()).isNotEqualTo(state.tag());
        assertThat(HealthState.UNCHECKED.tag()).isZero();
    }

    private static HealthState after(HealthState before, CheckResult result) {
        return Health.after(before, result, Rules.PLAIN, false);
    }
}
