package io.openuptimes.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthsTest {

    @ParameterizedTest(name = "{0} ms: {1}")
    @CsvSource({
        "-5, 0 s",
        "999, 0 s",
        "1000, 1 s",
        "59999, 59 s",
        "60000, 1 min",
        "200000, 3 min 20 s",
        "3600000, 1 h",
        "3659000, 1 h",
        "7500000, 2 h 5 min",
        "86400000, 1 d",
        "270000000, 3 d 3 h"
    })
    void are_told_by_their_two_largest_units(long millis, String text) {
        assertThat(Lengths.text(millis)).isEqualTo(text);
    }
}
