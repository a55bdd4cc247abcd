package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedStatusesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200                 | 200             | 200 | 199
            200-200             | 200             | 200 | 201
            200-299,301,418     | 200-299,301,418 | 418 | 300
            200-299,301,418     | 200-299,301,418 | 299 | 419
            \\t200 - 299 ,\\n301 | 200-299,301     | 301 | 302
            500-599,200         | 500-599,200     | 200 | 499
            100-999             | 100-999         | 999 | 99
            200,200,200-204     | 200,200,200-204 | 204 | 205
            """)
    void a_list_contains_its_codes_and_ranges(String text, String shown, int expected, int unexpected) {
        ExpectedStatuses statuses = ExpectedStatuses.of(text.translateEscapes());

        assertThat(statuses).hasToString(shown);
        assertThat(ExpectedStatuses.of(shown)).isEqualTo(statuses);
        assertThat(statuses.contains(expected)).isTrue();
        assertThat(statuses.contains(unexpected)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "200,",
                ",200",
                "20",
                "2000",
                "099",
                "99-200",
                "200-99",
                "299-200",
                "200-",
                "-200",
                "200-250-299",
                "200--299",
                "2 00",
                "200 301",
                "200;301",
                "2xx",
                "+200",
                "٢٠٠",
                "200–299"
            })
    void anything_else_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExpectedStatuses.of(text))
                .withMessage("must list codes from 100 to 999 or ranges of them, such as 200-299,301");
    }

    @Test
    void a_list_is_bounded() {
        String longest = "200-299" + ",100-999".repeat(19);

        assertThat(ExpectedStatuses.of(longest).ranges()).hasSize(20);
        for (String more : new String[] {longest + ",200", longest + " ".repeat(200), ",".repeat(1_000_000)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ExpectedStatuses.of(more))
                    .withMessage("must have at most 20 codes and ranges and 200 characters");
        }
    }
}
