package io.openuptimes.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

    private static Map<String, Object> parse(String json) {
        return JsonBody.parse(Buffer.buffer(json));
    }

    @Test
    void keepsTypesOrderAndNulls() {
        Map<String, Object> body =
                parse("{\"b\": 1, \"a\": [true, null, 1.5], \"c\": {\"d\": \"é\\ud83d\\ude00\"}, \"n\": null}");

        assertThat(body.keySet()).containsExactly("b", "a", "c", "n");
        assertThat(body).containsEntry("b", 1).containsEntry("c", Map.of("d", "é😀"));
        assertThat(body.get("n")).isNull();
        assertThat(body).containsEntry("a", Arrays.asList(true, null, new BigDecimal("1.5")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                   | body: must be a JSON object
            "text"               | body: must be a JSON object
            null                 | body: must be a JSON object
            {} {}                | more data follows (line 1
            {}x                  | body: Unrecognized token 'x'
            {"a": 1, "a": 2}     | body: Duplicate field 'a' (line 1, column
            {"a": 1,}            | (line 1, column 9)
            {"a": 01}            | body: Invalid numeric value
            {"a": NaN}           | body: Non-standard token 'NaN'
            {'a': 1}             | body: Unexpected character (''' (code 39))
            {"a": 1 /* why */}   | body: Unexpected character ('/'
            {"a":                | body: Unexpected end-of-input
            """)
    void saysWhatIsWrongAndWhere(String json, String message) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessageContaining(message)
                .hasMessageStartingWith("body: ")
                .message()
                .doesNotContain("Feature", "REDACTED");
    }

    @Test
    void refusesWhatIsNestedWithoutEnd() {
        assertThatThrownBy(() -> parse("{\"a\":" + "[".repeat(500_000)))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("depth");
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        Buffer body = Buffer.buffer("{\"a\":\"").appendByte((byte) 0xFF).appendString("\"}");

        assertThatThrownBy(() -> JsonBody.parse(body))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "Application/JSON;charset=UTF-8",
                "application/merge-patch+json"
            })
    void takesJsonByItsNames(String contentType) {
        assertThatCode(() -> JsonBody.refuseOtherTypes(contentType)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/x-www-form-urlencoded", "application/jsonx", "json"})
    void refusesOtherTypes(String contentType) {
        assertThatThrownBy(() -> JsonBody.refuseOtherTypes(contentType))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(415));
    }
}
