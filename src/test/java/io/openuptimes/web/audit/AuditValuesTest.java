package io.openuptimes.web.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditValuesTest {

    @ParameterizedTest
    @CsvSource({
        "https://host/path?q=1, https://host/path",
        "https://host?q=1, https://host",
        "https://host/path#part, https://host/path",
        "https://user:pass@host:8443/path, https://host:8443/path",
        "https://user@host, https://host",
        "https://host/a@b, https://host/a@b",
    })
    void of_a_url_neither_query_nor_user_is_kept(String url, String kept) {
        assertThat(AuditValues.withoutSecrets(url)).isEqualTo(kept);
    }

    @Test
    void long_values_are_cut() {
        assertThat((String) AuditValues.plain("x".repeat(65_536))).hasSize(201);
        assertThat(AuditValues.shortened("x".repeat(199) + "😀")).isEqualTo("x".repeat(199) + "…");
        Map<String, Object> many = IntStream.range(0, 1_000).boxed().collect(Collectors.toMap(i -> "key " + i, i -> i));
        assertThat((Map<?, ?>) AuditValues.plain(many)).hasSize(20);
    }
}
