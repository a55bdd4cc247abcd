package io.openuptimes.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.ServiceState;
import io.openuptimes.model.StateTimes;
import io.openuptimes.model.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateLogTest {

    private static final long NOON = 20_000 * 86_400_000L + 43_200_000;
    private static final long MINUTE = 60_000;

    private static Rules rules(int failures, int successes, long maxAge) {
        return new Rules(0, 0, false, false, failures, successes, false, 0, 0, 0, maxAge);
    }

    private static CheckResult result(long at, Outcome outcome) {
        return new CheckResult("id", at, outcome, 0, 5, Phases.NONE, "");
    }

    /** A service with its log. */
    private static final class Past {

        HealthState state = HealthState.UNCHECKED;
        final List<StateChange> entries = new ArrayList<>();

        List<StateChange> add(CheckResult result, Rules rules) {
            HealthState before = state;
            state = Health.after(before, result, rules, false);
            List<StateChange> changes = StateLog.changes(before, state, result, rules, false);
            entries.addAll(changes);
            return changes;
        }
    }

    @Test
    void only_changes_are_logged() {
        Past past = new Past();
        Rules rules = rules(1, 1, 2 * MINUTE);

        assertThat(past.add(result(NOON, Outcome.UP), rules))
                .containsExactly(new StateChange(NOON, ServiceState.UP, ServiceState.NONE, 1));
        assertThat(past.add(result(NOON + MINUTE, Outcome.UP), rules)).isEmpty();
        assertThat(past.add(result(NOON + 2 * MINUTE, Outcome.TIMEOUT), rules))
                .containsExactly(new StateChange(NOON + 2 * MINUTE, ServiceState.DOWN, ServiceState.UP, 5));
        assertThat(past.add(result(NOON + 3 * MINUTE, Outcome.DNS), rules)).isEmpty();
        assertThat(past.add(result(NOON + 4 * MINUTE, Outcome.EGRESS), rules))
                .containsExactly(new StateChange(NOON + 4 * MINUTE, ServiceState.UNKNOWN, ServiceState.DOWN, 12));
        assertThat(past.add(result(NOON + 5 * MINUTE, Outcome.RESOLVER), rules)).isEmpty();
        assertThat(past.add(result(NOON + 6 * MINUTE, Outcome.SLOW), rules))
                .containsExactly(new StateChange(NOON + 6 * MINUTE, ServiceState.UP, ServiceState.UNKNOWN, 15));
    }

    @Test
    void the_first_failure_of_the_row_is_the_start_of_the_outage() {
        Past past = new Past();
        Rules rules = rules(3, 1, 0);
        past.add(result(NOON, Outcome.UP), rules);

        assertThat(past.add(result(NOON + 1_000, Outcome.TIMEOUT), rules)).isEmpty();
        assertThat(past.add(result(NOON + 2_000, Outcome.TIMEOUT), rules)).isEmpty();
        assertThat(past.add(result(NOON + 3_000, Outcome.CONNECT), rules))
                .containsExactly(new StateChange(NOON + 1_000, ServiceState.DOWN, ServiceState.UP, 3));
    }

    @Test
    void a_first_row_without_a_verdict_is_logged_once_there_is_one() {
        Past past = new Past();
        Rules rules = rules(2, 1, 0);

        assertThat(past.add(result(NOON, Outcome.TIMEOUT), rules)).isEmpty();
        assertThat(past.add(result(NOON + 1_000, Outcome.TIMEOUT), rules))
                .containsExactly(new StateChange(NOON, ServiceState.DOWN, ServiceState.NONE, 5));
    }

    @Test
    void time_that_nobody_checked_is_unknown() {
        Past past = new Past();
        Rules rules = rules(1, 1, 2 * MINUTE);
        past.add(result(NOON, Outcome.UP), rules);

        assertThat(past.add(result(NOON + 2 * MINUTE, Outcome.UP), rules)).isEmpty();
        assertThat(past.add(result(NOON + 10 * MINUTE, Outcome.UP), rules))
                .containsExactly(
                        StateChange.stale(NOON + 4 * MINUTE, ServiceState.UP),
                        new StateChange(NOON + 10 * MINUTE, ServiceState.UP, ServiceState.UNKNOWN, 1));
    }

    @Test
    void a_day_begins_with_an_anchor() {
        Past past = new Past();
        Rules rules = rules(1, 1, 0);
        past.add(result(NOON, Outcome.CONNECT), rules);

        List<StateChange> changes = past.add(result(NOON + 12 * 60 * MINUTE, Outcome.CONNECT), rules);
        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.isAnchor()).isTrue();
            assertThat(change.state()).isEqualTo(ServiceState.DOWN);
        });
    }

    @Test
    void a_deleted_log_begins_anew() {
        HealthState up = Health.after(HealthState.UNCHECKED, result(NOON, Outcome.UP), Rules.PLAIN, false);
        CheckResult next = result(NOON + MINUTE, Outcome.UP);

        assertThat(StateLog.changes(up, Health.after(up, next, Rules.PLAIN, true), next, Rules.PLAIN, true))
                .containsExactly(new StateChange(NOON + MINUTE, ServiceState.UP, ServiceState.NONE, 1));
    }

    /**
     * Counted by checks, 11 minutes with the shorter interval would be 8.4 % of the day. Its last result before them is
     * current for the new 20 seconds, not for a minute.
     */
    @Test
    void a_changed_interval_does_not_change_the_weight_of_time() {
        Past past = new Past();
        long day = 24 * 60 * MINUTE;
        long down = NOON + day - 11 * MINUTE;
        for (long at = NOON; at < down; at += MINUTE) {
            past.add(result(at, Outcome.UP), rules(1, 1, 2 * MINUTE + 10_000));
        }
        for (long at = down; at <= NOON + day; at += 5_000) {
            past.add(result(at, Outcome.TIMEOUT), rules(1, 1, 20_000));
        }

        Timeline timeline = Timeline.of(past.entries, past.state.lastChecked(), 20_000, NOON + day);
        assertThat(timeline.between(NOON, NOON + day))
                .isEqualTo(new StateTimes(day - 11 * MINUTE - 40_000, 11 * MINUTE, 40_000, 0, 0));
    }

    /** Checks with any outcome and intervals that change, gaps, backdated starts, and midnight in between. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void equals_a_reference_that_looks_at_each_millisecond(int seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            compare(random);
        }
    }

    private static void compare(Random random) {
        int length = 600;
        long base = 20_000 * 86_400_000L - random.nextInt(length);
        ServiceState[] reference = new ServiceState[length];
        Arrays.fill(reference, ServiceState.NONE);
        Past past = new Past();
        int failures = 1 + random.nextInt(3);
        int successes = 1 + random.nextInt(3);
        int interval = 1 + random.nextInt(20);
        int last = -1;
        int maxAge = 0;
        int at = random.nextInt(30);
        while (at < length - 1) {
            maxAge = 2 * interval + 3;
            HealthState before = past.state;
            past.add(result(base + at, outcome(random)), rules(failures, successes, maxAge));
            if (last >= 0) {
                fill(reference, last, at, shown(before), maxAge);
            }
            rewrite(reference, before, past.state, base, at);
            last = at;
            if (random.nextInt(10) == 0) {
                interval = 1 + random.nextInt(20);
            }
            at += random.nextInt(8) == 0 ? 1 + random.nextInt(100) : interval;
        }
        fill(reference, last, length, shown(past.state), maxAge);

        Timeline timeline = Timeline.of(past.entries, past.state.lastChecked(), maxAge, base + length);
        for (int i = 0; i < 30; i++) {
            int from = random.nextInt(length);
            int to = from + random.nextInt(length - from);
            assertThat(timeline.between(base + from, base + to))
                    .as("from %s to %s of %s", from, to, past.entries)
                    .isEqualTo(sum(reference, from, to));
        }
    }

    private static Outcome outcome(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Outcome.EGRESS;
            case 1, 2 -> Outcome.TIMEOUT;
            default -> Outcome.UP;
        };
    }

    private static ServiceState shown(HealthState state) {
        return state.known() == Status.UNKNOWN && !state.isUnknown()
                ? ServiceState.NONE
                : ServiceState.of(state.status());
    }

    private static void fill(ServiceState[] reference, int last, int next, ServiceState state, int maxAge) {
        for (int t = last; t < next; t++) {
            boolean logged = last > 0 && reference[last - 1] != ServiceState.NONE;
            ServiceState undecided = logged ? ServiceState.UNKNOWN : ServiceState.NONE;
            reference[t] = state == ServiceState.NONE
                    ? undecided
                    : state.isKnown() && t >= last + maxAge ? ServiceState.UNKNOWN : state;
        }
    }

    private static void rewrite(ServiceState[] reference, HealthState before, HealthState after, long base, int at) {
        if (after.known() == before.known()) {
            return;
        }
        boolean first = shown(before) == ServiceState.NONE;
        for (int t = (int) (after.since() - base); t < at; t++) {
            if (first || reference[t].isKnown()) {
                reference[t] = ServiceState.of(after.known());
            }
        }
    }

    private static StateTimes sum(ServiceState[] reference, int from, int to) {
        StateTimes sum = StateTimes.NONE;
        for (int t = from; t < to; t++) {
            sum = sum.plus(StateTimes.of(reference[t], 1));
        }
        return sum;
    }
}
