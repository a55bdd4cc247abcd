package io.openuptimes.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest {

    private static final int NEW = Outcome.known().size();

    @ParameterizedTest
    @MethodSource("io.openuptimes.model.Outcome#known")
    void aKnownOutcomeIsFoundByItsCodeWhateverTheStatus(Outcome outcome) {
        assertThat(outcome.isKnown()).isTrue();
        for (Status status : Status.values()) {
            assertThat(Outcome.ofCode(outcome.code(), status)).isSameAs(outcome);
        }
    }

    @Test
    void codesNeverChange() {
        assertThat(Outcome.known())
                .extracting(outcome -> outcome.code() + " " + outcome + " " + outcome.status())
                .containsExactly(
                        "0 none UNKNOWN",
                        "1 up UP",
                        "2 dns DOWN",
                        "3 connect DOWN",
                        "4 tls DOWN",
                        "5 timeout DOWN",
                        "6 redirect DOWN",
                        "7 status DOWN",
                        "8 protocol DOWN",
                        "9 resource UNKNOWN",
                        "10 denied DOWN",
                        "11 unsupported UNKNOWN",
                        "12 egress UNKNOWN",
                        "13 resolver UNKNOWN",
                        "14 parent UNKNOWN",
                        "15 slow UP",
                        "16 disputed UP");
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void anUnknownOutcomeKeepsCodeAndStatus(Status status) {
        Outcome outcome = Outcome.ofCode(NEW, status);
        assertThat(outcome.isKnown()).isFalse();
        assertThat(outcome.code()).isEqualTo(NEW);
        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.word()).isEqualTo("unknown");
        assertThat(outcome).hasToString("unknown (code " + NEW + ")");
        assertThat(Outcome.ofCode(NEW, status)).isSameAs(outcome);
    }

    @Test
    void anUnknownOutcomeIsAFailureUnlessAStatusIsStoredWithIt() {
        assertThat(Outcome.ofCode(NEW)).isSameAs(Outcome.ofCode(NEW, Status.DOWN));
        assertThat(Outcome.ofCode(NEW).isFailure()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Outcome.MAX_CODE + 1, Integer.MAX_VALUE})
    void anImpossibleCodeCountsAsTheHighest(int code) {
        assertThat(Outcome.ofCode(code)).isSameAs(Outcome.ofCode(Outcome.MAX_CODE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5   | late | late
            5   | ''   | ''
            300 | late | unknown (code 300): late
            300 | ''   | unknown (code 300)
            """)
    void theShownTextOfAnUnknownFailureBeginsWithItsCode(int code, String error, String text) {
        assertThat(Outcome.ofCode(code).text(error)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        ",     ,        true,  true,  true",
        "UP,   ,        true,  false, false",
        "DOWN, ,        false, true,  true",
        ",     timeout, false, true,  false",
        ",     unknown, false, false, true",
        "DOWN, unknown, false, false, true",
        "UP,   timeout, false, false, false"
    })
    void aFilterSelectsByStatusAndClass(
            @Nullable Status status, @Nullable String failureClass, boolean up, boolean late, boolean unknown) {
        OutcomeFilter filter = new OutcomeFilter(status, failureClass);
        assertThat(filter.accepts(Outcome.UP)).isEqualTo(up);
        assertThat(filter.accepts(Outcome.TIMEOUT)).isEqualTo(late);
        assertThat(filter.accepts(Outcome.ofCode(NEW))).isEqualTo(unknown);
    }
}
