package io.openuptimes.declare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.model.InvalidInputException;
import java.util.Map;
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
            a ${MISSING} b | url: needs the environment's variable MISSING, which is not set
            ${token}       | url: needs the environment's variable token, which is not set
            ${}            | url: has a ${ that is no ${NAME} of a variable; a plain one is $${
            ${TOKEN        | url: has a ${ that is no ${NAME} of a variable; a plain one is $${
            ${TOKEN:-x}    | url: has a ${ that is no ${NAME} of a variable; a plain one is $${
            ${2}           | url: has a ${ that is no ${NAME} of a variable; a plain one is $${
            """)
    void whatIsNoVariableIsAProblem(String text, String message) {
        assertThatThrownBy(() -> variables.expand("url", text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }
}
