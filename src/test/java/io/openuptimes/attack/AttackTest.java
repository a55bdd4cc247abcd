package io.openuptimes.attack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttackTest {

    /** A short run; see {@link Attack} for the long one. */
    @Test
    void generated_requests_get_documented_answers_and_change_nothing_without_a_right() throws Exception {
        AttackReport report = Attack.run(2_000, 20261129);
        assertThat(report.problems()).isEmpty();
        assertThat(report.answers())
                .as("attacks that reach the handlers")
                .containsKeys(200, 201, 304, 400, 401, 403, 404, 429);
    }
}
