package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Target;
import io.openuptimes.testing.Services;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a redirected request carries over. */
class HopTest {

    @ParameterizedTest
    @CsvSource({
        "https://a.example/,      https://a.example/x,      true",
        "https://a.example/,      https://a.example:443/,   true",
        "https://a.example/,      http://a.example/,        false",
        "https://a.example:8443/, http://a.example:8443/,   false",
        "https://a.example/,      https://a.example:8443/,  false",
        "https://a.example/,      https://b.example/,       false",
        "https://a.example/,      https://www.a.example/,   false"
    })
    void secretsStayWithTheirOrigin(String from, String to, boolean kept) {
        Hop first = Hop.first(
                Services.http(
                        Services.of(from, Map.of("headers", Map.of("authorization", "s3cret", "X-Own", "s3cret")))),
                Target.of(from));
        Hop next = first.to(Target.of(to));
        assertThat(next.headers().contains("Authorization")).isEqualTo(kept);
        assertThat(next.headers().contains("X-Own")).isEqualTo(kept);
        assertThat(next.headers().get("Host")).isEqualTo(Target.of(to).authority());
        assertThat(next.to(Target.of(from)).headers().contains("Authorization"))
                .as("does not come back")
                .isEqualTo(kept);
    }
}
