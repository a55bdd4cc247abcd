package io.openuptimes.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Outcome;
import io.openuptimes.model.ResponseTimes;
import io.openuptimes.model.ResponseTimes.Spread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepSummaryTest {

    private static Spread spreadOf(List<Integer> values) {
        StepSummary summary = new StepSummary(0, 100_000, 100_000);
        for (int i = 0; i < values.size(); i++) {
            summary.add(i, Outcome.UP, values.get(i));
        }
        return summary.end().get(0).spread();
    }

    @Test
    void unknownResultsAreNoChecks() {
        StepSummary summary = new StepSummary(0, 1_000, 1_000);
        summary.add(1, Outcome.UP, 5);
        summary.add(2, Outcome.EGRESS, 5);
        summary.add(3, Outcome.RESOLVER, 5);

        assertThat(summary.end()).containsExactly(new ResponseTimes(0, 1, 1, new Spread(5, 5, 5, 5)));
    }

    @ParameterizedTest
    @CsvSource({
        // from, to, points, step
        "0, 86400000, 200, 432000",
        "5, 86400005, 200, 432000",
        "0, 86400001, 200, 432001",
        "0, 1000, 1000, 1",
        "0, 1001, 1000, 2",
        "0, 9, 10, 1",
        "7, 7, 10, 1",
        "0, 34560000000, 1000, 34560000"
    })
    void theStepIsTheShortestThatDoes(long from, long to, int points, long step) {
        assertThat(StepSummary.step(from, to, points)).isEqualTo(step);
        assertThat((to - from) / step).isLessThanOrEqualTo(points);
    }

    @ParameterizedTest
    @CsvSource({
        // values 1..n: the nearest rank is ceil(p * n)
        "1, 1, 1",
        "2, 1, 2",
        "3, 2, 3",
        "4, 2, 4",
        "19, 10, 19",
        "20, 10, 19",
        "21, 11, 20",
        "100, 50, 95",
        "101, 51, 96",
        "10000, 5000, 9500"
    })
    void quantilesAreValuesThatWereMeasured(int n, int p50, int p95) {
        List<Integer> values =
                new ArrayList<>(IntStream.rangeClosed(1, n).boxed().toList());
        Collections.shuffle(values, new Random(n));

        assertThat(spreadOf(values)).isEqualTo(new Spread(1, p50, p95, n));
    }

    @Test
    void checksGoToTheStepTheyStartedIn() {
        StepSummary summary = new StepSummary(1_000, 2_000, 250);
        for (long at : List.of(999L, 1_000L, 1_249L, 1_250L, 1_999L, 2_000L, 2_001L)) {
            summary.add(at, Outcome.UP, (int) at);
        }

        assertThat(summary.end())
                .containsExactly(
                        new ResponseTimes(1_000, 2, 2, new Spread(1_000, 1_000, 1_249, 1_249)),
                        new ResponseTimes(1_250, 1, 1, new Spread(1_250, 1_250, 1_250, 1_250)),
                        new ResponseTimes(1_750, 2, 2, new Spread(1_999, 1_999, 2_000, 2_000)));
    }

    @Test
    void onlyUpTellsHowLongAnAnswerTakes() {
        StepSummary summary = new StepSummary(0, 100, 10);
        summary.add(1, Outcome.TIMEOUT, 10_000);
        summary.add(2, Outcome.UP, 5);
        summary.add(11, Outcome.STATUS, 20);

        assertThat(summary.end())
                .containsExactly(new ResponseTimes(0, 2, 1, new Spread(5, 5, 5, 5)), new ResponseTimes(10, 1, 0, null));
    }

    @Test
    void nothingAtAllIsNoStep() {
        assertThat(new StepSummary(5, 5, 1).end()).isEmpty();
    }

    @Test
    void anInstantIsAStep() {
        StepSummary summary = new StepSummary(5, 5, 1);
        summary.add(5, Outcome.UP, 1);

        assertThat(summary.end()).containsExactly(new ResponseTimes(5, 1, 1, new Spread(1, 1, 1, 1)));
    }
}
