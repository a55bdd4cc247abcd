package io.openuptimes.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Prometheus names of service labels. */
class LabelNamesTest {

    @ParameterizedTest
    @CsvSource({
        "team, label_team",
        "9lives, label_9lives",
        "example.com/team-name, label_example_com_team_name",
        "team env team, label_team label_env",
        "a.b a-b a_b, label_a_b label_a_b_2 label_a_b_3",
        "a_b_2 a.b a-b, label_a_b_2 label_a_b label_a_b_3",
    })
    void eachHasAValidNameOfItsOwn(String keys, String names) {
        assertThat(LabelNames.of(List.of(keys.split(" "))).values()).containsExactly(names.split(" "));
    }
}
