package io.openuptimes.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.health.HealthState.Form;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Viewpoint;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumTest {

    private static final long NOW = 1_700_000_000_000L;
    private static final long MAX_AGE = 70_000;

    /** The state at another location: {@code old} for a result that no longer counts, {@code new} for none. */
    private static HealthState state(String word) {
        return switch (word) {
            case "up" -> state(Outcome.UP, NOW - MAX_AGE);
            case "down" -> state(Outcome.TIMEOUT, NOW - 1);
            case "old" -> state(Outcome.TIMEOUT, NOW - MAX_AGE - 1);
            default -> HealthState.UNCHECKED;
        };
    }

    private static HealthState state(Outcome outcome, long at) {
        return new HealthState(outcome, at, at, 1, 0, 0, Form.CURRENT, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "down, 1, '', true",
        "down, 2, 'up up', false",
        "down, 2, 'down up', true",
        "down, 2, 'old up', false",
        "down, 2, 'new new', false",
        "up, 2, 'up up', true",
        "up, 2, 'down up', true",
        "up, 2, 'down down', false",
        "up, 2, 'down old', true",
        "up, 1, 'down new', false",
        "up, 3, 'new new', true"
    })
    void a_service_adopts_a_result_that_agrees_with_all_locations(
            String here, int downsNeeded, String others, boolean adopted) {
        CheckResult result =
                new CheckResult("id", NOW, here.equals("up") ? Outcome.UP : Outcome.DNS, 0, 5, Phases.NONE, "");
        Viewpoint viewpoint = new Viewpoint("eu", List.of("eu", "us", "ap"), downsNeeded, MAX_AGE);
        List<HealthState> states = Arrays.stream(others.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .map(QuorumTest::state)
                .toList();

        assertThat(Quorum.adopts(result, result.outcome().status(), viewpoint, states))
                .isEqualTo(adopted);
    }
}
