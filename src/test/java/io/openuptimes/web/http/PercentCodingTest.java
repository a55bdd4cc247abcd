package io.openuptimes.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Seed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentCodingTest {

    @ParameterizedTest
    @CsvSource({"a+b,a+b", "a%2Fb,a/b", "%2E%2E,..", "%2e,.", "100%25,100%", "%2525,%25", "%F0%9F%98%80,😀", "é,é"})
    void aPathIsDecodedOnce(String encoded, String name) {
        assertThat(PercentCoding.decode(encoded, false)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%2", "%g0", "%0g", "%-1", "%C3", "%FF", "%ED%A0%80", "%C0%AF"})
    void whatIsMalformedIsNotGuessedAt(String encoded) {
        assertThat(PercentCoding.decode(encoded, false)).isEmpty();
    }

    @Property(tries = 500, seed = Seed.FIXED)
    void whateverAFormEncodesComesBack(@ForAll @NotEmpty String text) {
        // lone surrogates cannot be encoded; the encoder replaces them with ?
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        String encodable = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        assertThat(PercentCoding.decode(encoded, true)).contains(encodable);
    }
}
