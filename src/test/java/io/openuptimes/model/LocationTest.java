package io.openuptimes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The target of a {@code Location} header. */
class LocationTest {

    /** The http examples of RFC 3986, section 5.4. */
    @ParameterizedTest
    @CsvSource({
        "g, /b/c/g",
        "./g, /b/c/g",
        "g/, /b/c/g/",
        "/g, /g",
        "?y, /b/c/d;p?y",
        "g?y, /b/c/g?y",
        "#s, /b/c/d;p?q",
        "g#s, /b/c/g",
        "g?y#s, /b/c/g?y",
        ";x, /b/c/;x",
        "g;x, /b/c/g;x",
        "'', /b/c/d;p?q",
        "., /b/c/",
        "./, /b/c/",
        ".., /b/",
        "../, /b/",
        "../g, /b/g",
        "../.., /",
        "../../g, /g",
        "../../../g, /g",
        "/./g, /g",
        "/../g, /g",
        "g., /b/c/g.",
        "..g, /b/c/..g",
        "./../g, /b/g",
        "g/./h, /b/c/g/h",
        "g/../h, /b/c/h",
        "g;x=1/../y, /b/c/y",
        "g?y/../x, /b/c/g?y/../x"
    })
    void resolvesAReference(String reference, String requestUri) {
        assertThat(Target.of("http://a/b/c/d;p?q").resolve(reference))
                .isEqualTo(new Target(false, "a", 80, requestUri));
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/x, https://other.example/y, https://other.example/y",
        "https://example.com/x, //other.example/y, https://other.example/y",
        "http://example.com:8080/x, /y, http://example.com:8080/y",
        "http://example.com:8080/x, http://example.com/y, http://example.com/y",
        "http://[::1]:81/x, y, http://[::1]:81/y",
        "https://example.com/x, //example.com:8443, https://example.com:8443/",
        "http://example.com/x, http://other.example/a/../b, http://other.example/b",
        "http://[::1]:81/x, ?y, http://[::1]:81/x?y"
    })
    void resolvesToAnotherHost(String from, String location, String to) {
        assertThat(Target.of(from).resolve(location)).isEqualTo(Target.of(to));
    }

    /** As in Chromium and Firefox, by the URL standard. */
    @ParameterizedTest
    @CsvSource({
        "http:///h/p, http://h/p",
        "http:////h/p, http://h/p",
        "http:/p, http://a:81/p",
        "http:p, http://a:81/b/p",
        "http:?q, http://a:81/b/c?q",
        "http:, http://a:81/b/c",
        "HTTP:p, http://a:81/b/p",
        "https:/h/p, https://h/p",
        "https:h/p, https://h/p",
        "https:///h/p, https://h/p",
        "http:\\\\h\\p, http://h/p",
        "https:\\h\\p, https://h/p",
        "//h/p, http://h/p",
        "///h/p, http://h/p",
        "/\\h/p, http://h/p",
        "\\\\h\\p, http://h/p",
        "\\p, http://a:81/p",
        "p\\q, http://a:81/b/p/q",
        "p?q\\r, http://a:81/b/p?q\\r",
        "p#q\\r, http://a:81/b/p",
        "p\\..\\q, http://a:81/b/q",
        "http://127.1/, http://127.0.0.1/",
        "http://0x7f000001/, http://127.0.0.1/",
        "http://2130706433/, http://127.0.0.1/",
        "http://0177.0.0.1/, http://127.0.0.1/",
        "http://%6c%6fcalhost/, http://localhost/",
        "http://h:/p, http://h/p",
        "http://h:080/p, http://h/p",
        "http://u:p@h/p, http://h/p",
        "http://u@h@i/p, http://i/p",
        "http://h/p@q, http://h/p@q",
        "//u@h, http://h/",
        "http://h?q, http://h/?q",
        "http://h#f, http://h/",
        "/p q, http://a:81/p%20q",
        "/%2e%2e/p, http://a:81/p",
        "1:2, http://a:81/b/1:2",
        "./x:y, http://a:81/b/x:y"
    })
    void readsItAsBrowsersDo(String location, String to) {
        assertThat(Target.of("http://a:81/b/c").resolve(location)).isEqualTo(Target.of(to));
    }

    @Test
    void passesOverBlanks() {
        Target from = Target.of("http://a/b/c");
        assertThat(from.resolve(" \thttp://h/p \r\n")).isEqualTo(Target.of("http://h/p"));
        assertThat(from.resolve("ht\ttp:/\n/h/p\rq")).isEqualTo(Target.of("http://h/pq"));
        assertThat(from.resolve("  ")).isEqualTo(from);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://a/",
                "mailto:a@b",
                "javascript:alert(1)",
                "data:,x",
                "http://",
                "https:",
                "//",
                "///",
                "http://u:p@/",
                "http://h:0/",
                "http://h:65536/",
                "http://a b/",
                "http://[fe80::1%25lo]/"
            })
    void refusesOneThatLeadsNowhere(String location) {
        assertThatThrownBy(() -> Target.of("http://a/b").resolve(location))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
