package io.openuptimes.runtime.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlWriterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no",
                "On",
                "=",
                "~",
                "NULL",
                "<<",
                "1_000",
                "0b1",
                "0x1f",
                "0o17",
                "0777",
                "1e3",
                ".5",
                "5.",
                ".inf",
                ".nan",
                "12:30",
                "1:2:3.5",
                "2001-01-01",
                "2001-1-1 10:00",
                "${NAME}",
                ""
            })
    void stringsThatYaml11Or12ReadsAsAnotherTypeAreQuoted(String text) throws YamlProblem {
        String written = new YamlWriter().element(Map.of("a", text));

        assertThat(written).isEqualTo("- a: '" + text + "'\n");
        assertThat(YamlReader.read(new StringReader(written), "", bytes -> {}).value())
                .isEqualTo(List.of(Map.of("a", text)));
    }

    @Test
    void otherValuesAreNot() {
        assertThat(new YamlWriter().element(Map.of("a", List.of("plain", "10.0.0.1", 30, 0.5, true))))
                .isEqualTo("- a:\n  - plain\n  - 10.0.0.1\n  - 30\n  - 0.5\n  - true\n");
    }
}
