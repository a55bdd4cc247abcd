package io.openuptimes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The labels matched by a selector, and invalid selectors. */
class LabelSelectorTest {

    private static final Map<String, String> LABELS = Map.of("env", "production", "team/x", "");

    private static LabelSelector parse(String... terms) throws InvalidInputException {
        return LabelSelector.parse("label", List.of(terms));
    }

    @ParameterizedTest
    @CsvSource({
        "env=production, true",
        "env=test, false",
        "env=, false",
        "team/x=, true",
        "none=, false",
        "env!=production, false",
        "env!=test, true",
        "none!=x, true",
        "env, true",
        "none, false",
        "!env, false",
        "!none, true"
    })
    void matchesByEachForm(String term, boolean matches) throws Exception {
        assertThat(parse(term).matches(LABELS)).isEqualTo(matches);
        assertThat(parse(term)).hasToString(term);
    }

    @Test
    void matchesWhereAllTermsHold() throws Exception {
        assertThat(parse("env", "team/x=").matches(LABELS)).isTrue();
        assertThat(parse("env", "team/x=a").matches(LABELS)).isFalse();
        assertThat(parse().matches(Map.of())).isTrue();
    }

    @Test
    void takesAValueWithEqualsSigns() throws Exception {
        assertThat(parse("a=b!=c").matches(Map.of("a", "b!=c"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "=", "!=x", "!a=b", "a b", "a!", "*", "a=\n"})
    void refusesOtherTexts(String term) {
        assertThatThrownBy(() -> parse(term))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("label: must be of the form");
    }

    @Test
    void refusesMoreThanTwentyTerms() {
        assertThatThrownBy(() -> LabelSelector.parse("label", Collections.nCopies(21, "a")))
                .hasMessage("label: must be given at most 20 times");
    }
}
