package io.openuptimes.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.ServiceState;
import io.openuptimes.model.StateTimes;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final long NOW = 10_000;

    private static StateChange change(long time, ServiceState state, ServiceState before) {
        return new StateChange(time, state, before, 1);
    }

    private static StateChange first(long time, ServiceState state) {
        return change(time, state, ServiceState.NONE);
    }

    private static StateTimes all(long maxAge, Logged... entries) {
        return Timeline.of(List.of(entries), 9_000, maxAge, NOW).between(0, NOW);
    }

    @Test
    void a_state_lasts_until_the_next_one() {
        Timeline timeline = Timeline.of(
                List.of(first(1_000, ServiceState.UP), change(4_000, ServiceState.DOWN, ServiceState.UP)),
                9_000,
                0,
                NOW);

        assertThat(timeline.between(0, NOW)).isEqualTo(new StateTimes(3_000, 6_000, 0, 0, 0));
        assertThat(timeline.between(2_000, 4_500)).isEqualTo(new StateTimes(2_000, 500, 0, 0, 0));
        assertThat(timeline.between(0, 500)).isEqualTo(StateTimes.NONE);
        assertThat(timeline.between(0, 99_999)).isEqualTo(timeline.between(0, NOW));
        assertThat(timeline.isComplete()).isTrue();
    }

    @Test
    void nothing_is_known_without_entries() {
        assertThat(all(500)).isEqualTo(StateTimes.NONE);
        assertThat(Timeline.of(List.of(), 0, 0, NOW).begin()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void the_last_state_ends_when_its_result_is_no_longer_current() {
        assertThat(all(400, first(1_000, ServiceState.UP))).isEqualTo(new StateTimes(8_400, 0, 600, 0, 0));
        assertThat(all(5_000, first(1_000, ServiceState.UP))).isEqualTo(new StateTimes(9_000, 0, 0, 0, 0));
        assertThat(all(400, first(1_000, ServiceState.UP), change(9_000, ServiceState.PAUSED, ServiceState.UP)))
                .isEqualTo(new StateTimes(8_000, 0, 0, 0, 1_000));
    }

    @Test
    void a_backdated_entry_replaces_what_was_known_and_nothing_else() {
        assertThat(all(
                        0,
                        first(1_000, ServiceState.UP),
                        StateChange.stale(3_000, ServiceState.UP),
                        change(5_000, ServiceState.UP, ServiceState.UNKNOWN),
                        change(2_000, ServiceState.DOWN, ServiceState.UP)))
                .isEqualTo(new StateTimes(1_000, 6_000, 2_000, 0, 0));
    }

    @Test
    void a_paused_service_does_not_become_stale() {
        assertThat(all(
                        0,
                        first(1_000, ServiceState.UP),
                        change(2_000, ServiceState.PAUSED, ServiceState.UP),
                        StateChange.stale(2_500, ServiceState.UP),
                        change(6_000, ServiceState.UP, ServiceState.UNKNOWN)))
                .isEqualTo(new StateTimes(5_000, 0, 0, 0, 4_000));
        assertThat(all(
                        0,
                        first(1_000, ServiceState.UP),
                        change(2_000, ServiceState.PAUSED, ServiceState.UP),
                        StateChange.stale(1_500, ServiceState.UP),
                        change(6_000, ServiceState.UP, ServiceState.UNKNOWN)))
                .as("paused when it was already stale")
                .isEqualTo(new StateTimes(4_500, 0, 500, 0, 4_000));
    }

    @Test
    void an_entry_without_a_state_before_it_begins_anew() {
        assertThat(all(0, first(1_000, ServiceState.DOWN), first(8_000, ServiceState.UP)))
                .isEqualTo(new StateTimes(2_000, 0, 0, 0, 0));
    }

    @Test
    void an_anchor_changes_nothing_and_tells_that_there_was_a_past() {
        Timeline timeline = Timeline.of(List.of(change(1_000, ServiceState.UP, ServiceState.UP)), 9_000, 0, NOW);

        assertThat(timeline.isComplete()).isFalse();
        assertThat(timeline.begin()).isEqualTo(1_000);
        assertThat(timeline.between(0, NOW)).isEqualTo(new StateTimes(9_000, 0, 0, 0, 0));
    }

    @Test
    void parts_of_a_sum_add_up_to_it() {
        StateSum sum = new StateSum(2_000, 5_000, ServiceState.UP, ServiceState.UP, 1, 9, 1_001, 1_900);
        Timeline timeline = Timeline.of(List.of(first(1_000, ServiceState.UP), sum), 9_000, 0, NOW);

        StateTimes parts = StateTimes.NONE;
        for (long from = 0; from < NOW; from += 777) {
            parts = parts.plus(timeline.between(from, Math.min(NOW, from + 777)));
        }
        assertThat(parts)
                .isEqualTo(timeline.between(0, NOW))
                .isEqualTo(new StateTimes(1_000 + 1_001 + 5_000, 1_900, 99, 0, 0));
    }
}
