package io.openuptimes.declare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.model.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {

    private final Variables variables = new Variables(Map.of("TOKEN", "a$1\\b", "HOST_2", "example.com", "EMPTY", ""));

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            plain                          | plain
            Bearer ${TOKEN}                | Bearer a$1\\b
            https://${HOST_2}/${HOST_2}    | https://example.com/example.com
            [${EMPTY}]                     | []
            ${env:HOST_2}                  | example.com
            $${env:HOST_2}                 | ${env:HOST_2}
            $${TOKEN}                      | ${TOKEN}
            $$${TOKEN}                     | $${TOKEN}
            5 $ and $5 and $$ and $TOKEN   | 5 $ and $5 and $$ and $TOKEN
            {TOKEN}                        | {TOKEN}
            """)
    void namesOfVariablesBecomeTheirValues(String text, String expanded) throws Exception {
        assertThat(variables.expand("url", text)).isEqualTo(expanded);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a ${MISSING} b | url: environment variable MISSING is not set
            ${token}       | url: environment variable token is not set
            ${}            | url: contains a ${ that is not ${NAME}, ${env:NAME} or ${file:/path}; write $${ for a literal ${
            ${TOKEN        | url: contains a ${ that is not ${NAME}, ${env:NAME} or ${file:/path}; write $${ for a literal ${
            ${TOKEN:-x}    | url: contains a ${ that is not ${NAME}, ${env:NAME} or ${file:/path}; write $${ for a literal ${
            ${env:MISSING} | url: environment variable MISSING is not set
            ${file:/x/y}   | url: file /x/y does not exist
            ${file:/dev/zero} | url: file /dev/zero does not exist
            ${file:x}      | url: ${file:x} must have an absolute path
            ${file:}       | url: contains a ${ that is not ${NAME}, ${env:NAME} or ${file:/path}; write $${ for a literal ${
            ${2}           | url: contains a ${ that is not ${NAME}, ${env:NAME} or ${file:/path}; write $${ for a literal ${
            """)
    void whatIsNoVariableIsAProblem(String text, String message) {
        assertThatThrownBy(() -> variables.expand("url", text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }

    @Test
    void whiteSpaceAtTheEndOfAVariableIsCut() throws Exception {
        Variables windows = new Variables(Map.of("TOKEN", "s3cr3t\r", "BLANK", " \r\n"));

        assertThat(windows.expand("headers.Authorization", "Bearer ${TOKEN}")).isEqualTo("Bearer s3cr3t");
        assertThat(windows.expand("body", "[${env:TOKEN} ${BLANK}]")).isEqualTo("[s3cr3t ]");
    }

    @Test
    void aFileStandsForItsContentWithoutTheLastLineBreak(@TempDir Path dir) throws Exception {
        Map<String, String> contents = Map.of(
                "s3cr3t",
                "s3cr3t",
                "s3cr3t\n",
                "s3cr3t",
                "s3cr3t\r\n",
                "s3cr3t",
                "a\n\n",
                "a\n",
                "",
                "",
                "$1 ${TOKEN}",
                "$1 ${TOKEN}");
        for (Map.Entry<String, String> content : contents.entrySet()) {
            Path file = Files.writeString(dir.resolve("token"), content.getKey());
            assertThat(variables.expand("body", "[${file:" + file + "}]")).isEqualTo("[" + content.getValue() + "]");
        }
    }

    @Test
    void aFileThatIsTooLargeOrNoTextIsAProblemThatShowsNothingOfIt(@TempDir Path dir) throws Exception {
        Path large = Files.writeString(dir.resolve("large"), "x".repeat(300_000));
        Path latin1 = Files.write(dir.resolve("latin1"), new byte[] {(byte) 0xe4});
        assertThatThrownBy(() -> variables.expand("body", "${file:" + large + "}"))
                .hasMessage("body: file " + large + " is larger than 256 KiB");
        assertThatThrownBy(() -> variables.expand("body", "${file:" + latin1 + "}"))
                .hasMessage("body: file " + latin1 + " is not UTF-8");
    }
}
