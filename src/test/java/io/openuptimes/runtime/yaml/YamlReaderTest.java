package io.openuptimes.runtime.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

    private static @Nullable Object read(String text) throws YamlProblem {
        return YamlReader.read(new StringReader(text), "", bytes -> {}).value();
    }

    @ParameterizedTest
    @ValueSource(strings = {"~", "null", "Null", "NULL", ""})
    void nullHasAllNamesOfTheCoreSchema(String text) throws YamlProblem {
        assertThat(read(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "on", "12:30", "1_000", "2001-01-01"})
    void valuesOfYaml11AreStrings(String text) throws YamlProblem {
        assertThat(read(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"007, 7", "0x1F, 31", "0o17, 15", "+5, 5"})
    void wholeNumbersAreThoseOfTheCoreSchema(String text, int number) throws YamlProblem {
        assertThat(read(text)).isEqualTo(number);
    }

    /** A mapping that merges itself would be copied without end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "&a {<<: *a}",
                "&a {b: {<<: *a}}",
                "? [a]\n: b",
                "!!binary aGk=",
                "!!java.util.UUID 123e4567-e89b-12d3-a456-426614174000"
            })
    void aTreeThatCannotBeBuiltSafelyIsRefused(String text) {
        YamlProblem problem = catchThrowableOfType(YamlProblem.class, () -> read(text));

        assertThat(problem.problem()).startsWith("is not valid YAML");
    }

    @Test
    void twentyLevelsAreAllowed() throws YamlProblem {
        assertThat(read("[".repeat(20) + "]".repeat(20))).isNotNull();
        assertThat(catchThrowableOfType(YamlProblem.class, () -> read("[".repeat(21) + "]".repeat(21))))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: *s3cret", "!s3cret!x y", "a: \"\\us3cr\"", "s3cret: 1\ns3cret: 2"})
    void aMessageDoesNotQuoteTheText(String text) {
        YamlProblem problem = catchThrowableOfType(YamlProblem.class, () -> read(text));

        assertThat(problem.problem()).contains("(line ").doesNotContain("s3c");
    }
}
