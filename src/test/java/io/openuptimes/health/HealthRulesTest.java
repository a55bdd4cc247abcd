package io.openuptimes.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.FailedAttempt;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Status;
import io.openuptimes.store.data.Packed;
import io.openuptimes.store.data.StatusCodec;
import io.openuptimes.testing.Seed;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** {@link Health} gives what the rules, read over the whole past, give; also across restarts and take-overs. */
class HealthRulesTest {

    private static final long START = 1_760_000_000_000L;

    /** What happens to the state after a result. */
    enum Then {
        STAYS,
        /** Another node loads it from the store. */
        MOVES,
        /** It is kept in the table of held services. */
        IS_HELD
    }

    /**
     * A result of a check.
     *
     * @param gap since the previous one, milliseconds
     */
    record Step(long gap, Outcome outcome, boolean repeated, Then then) {}

    /** The rules over the whole past, which look at all results again each time. */
    private static final class Reference {

        private final Rules rules;
        private final List<CheckResult> past = new ArrayList<>();
        private final List<Long> changes = new ArrayList<>();
        private Status known = Status.UNKNOWN;
        private long since;
        private int transitions;
        private boolean flapping;

        Reference(Rules rules) {
            this.rules = rules;
        }

        void take(CheckResult result) {
            past.add(result);
            Status seen = result.outcome().status();
            List<CheckResult> row = row(seen);
            int needed = known == Status.UNKNOWN && seen == Status.UP
                    ? 1
                    : seen == Status.UP ? rules.successThreshold() : failuresNeeded(result);
            if (seen != Status.UNKNOWN && seen != known && row.size() >= needed) {
                boolean first = known == Status.UNKNOWN;
                known = seen;
                since = known == Status.UP && first
                        ? result.timestamp()
                        : row.get(0).timestamp();
                transitions++;
                if (!first && rules.flapCount() > 0) {
                    changes.add(result.timestamp());
                }
            }
            flap(result.timestamp());
        }

        private int failuresNeeded(CheckResult result) {
            boolean alone = result.attempts().isEmpty() && rules.retriesAfter(result.outcome()) > 0;
            return Math.max(rules.failureThreshold(), alone ? 2 : 1);
        }

        /** The results of that status since the last other one. */
        private List<CheckResult> row(Status seen) {
            int from = past.size();
            while (from > 0 && past.get(from - 1).outcome().status() == seen) {
                from--;
            }
            return past.subList(from, past.size());
        }

        private void flap(long now) {
            long recent = changes.stream()
                    .filter(change -> change > now - rules.flapTime())
                    .count();
            long counted = Math.min(recent, rules.flapCount() + 1);
            flapping = rules.flapCount() > 0 && counted > (flapping ? rules.flapCount() / 2 : rules.flapCount());
        }

        Status shown() {
            return past.get(past.size() - 1).outcome().status() == Status.UNKNOWN ? Status.UNKNOWN : known;
        }

        long shownSince() {
            return shown() == Status.UNKNOWN ? row(Status.UNKNOWN).get(0).timestamp() : since;
        }

        boolean isConfirming() {
            Status seen = past.get(past.size() - 1).outcome().status();
            return seen != Status.UNKNOWN && seen != known;
        }
    }

    @Property(tries = 2_000, seed = Seed.FIXED)
    void any_past_gives_what_the_rules_give(@ForAll("rules") Rules rules, @ForAll("steps") List<Step> steps) {
        Reference reference = new Reference(rules);
        HealthState state = HealthState.UNCHECKED;
        HealthTable table = new HealthTable();
        int row = table.add(state);
        long now = START;
        for (Step step : steps) {
            now += step.gap();
            CheckResult result = result(now, step);
            reference.take(result);
            state = Health.after(state, result, rules, false);
            table.set(row, state);
            assertThat(state.status()).isEqualTo(reference.shown());
            assertThat(state.known()).isEqualTo(reference.known);
            assertThat(state.transitions()).isEqualTo(reference.transitions);
            assertThat(state.isFlapping()).isEqualTo(reference.flapping);
            assertThat(state.isConfirming()).isEqualTo(reference.isConfirming());
            if (state.status() != Status.UNKNOWN || state.isUnknown()) {
                assertThat(state.statusSince()).isEqualTo(reference.shownSince());
            }
            state = switch (step.then()) {
                case STAYS -> state;
                case MOVES -> stored(result, state);
                case IS_HELD -> table.get(row);
            };
        }
    }

    private static CheckResult result(long at, Step step) {
        CheckResult result = new CheckResult(
                "id", at, step.outcome(), 0, 5, Phases.NONE, step.outcome() == Outcome.UP ? "" : "text");
        return step.repeated()
                ? result.after(List.of(new FailedAttempt(at, Outcome.CONNECT, 0, 1, "connection refused")))
                : result;
    }

    /** As another node reads it. */
    private static HealthState stored(CheckResult result, HealthState state) {
        Packed packed = new Packed(64)
                .octet(130)
                .fixed(state.lastChecked(), 6)
                .fixed(state.tag(), 4)
                .fixed(0, 15);
        StatusCodec.writeRest(packed, result, state);
        HealthState read = StatusCodec.decodeStored("id", packed.toBytes()).health();
        assertThat(read).isEqualTo(state);
        return read;
    }

    @Provide
    Arbitrary<Rules> rules() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.longs().between(60_000, 900_000))
                .as((retries, network, failures, successes, flapCount, flapTime) -> new Rules(
                        retries, 2_000, false, network, failures, successes, false, 0, flapCount, flapTime, 0));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Outcome> outcomes = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.of(Outcome.UP, Outcome.SLOW)),
                Tuple.of(5, Arbitraries.of(Outcome.CONNECT, Outcome.STATUS, Outcome.DENIED)),
                Tuple.of(1, Arbitraries.of(Outcome.EGRESS, Outcome.RESOLVER, Outcome.PARENT)));
        return Combinators.combine(
                        Arbitraries.longs().between(1, 120_000),
                        outcomes,
                        Arbitraries.of(true, false),
                        Arbitraries.of(Then.class))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }
}
