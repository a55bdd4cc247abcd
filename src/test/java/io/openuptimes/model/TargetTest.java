package io.openuptimes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs, good and bad. */
class TargetTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://example.com                    | false | example.com        | 80    | /",
                "https://example.com                   | true  | example.com        | 443   | /",
                "HTTPS://EXAMPLE.com/Path              | true  | example.com        | 443   | /Path",
                "http://example.com:8080/              | false | example.com        | 8080  | /",
                "http://example.com:/                  | false | example.com        | 80    | /",
                "http://example.com:65535              | false | example.com        | 65535 | /",
                "http://example.com?q=1                | false | example.com        | 80    | /?q=1",
                "http://example.com/a?q=1#part         | false | example.com        | 80    | /a?q=1",
                "http://example.com#part               | false | example.com        | 80    | /",
                "http://example.com/a/../b             | false | example.com        | 80    | /a/../b",
                "http://example.com/a b                | false | example.com        | 80    | /a%20b",
                "http://example.com/a%20b%2F           | false | example.com        | 80    | /a%20b%2F",
                "http://example.com/ü?ü=€              | false | example.com        | 80    | /%C3%BC?%C3%BC=%E2%82%AC",
                "http://example.com/😀                 | false | example.com        | 80    | /%F0%9F%98%80",
                "http://example.com/@user:x            | false | example.com        | 80    | /@user:x",
                "http://localhost                      | false | localhost          | 80    | /",
                "http://my_host.example                | false | my_host.example    | 80    | /",
                "http://example.com./                  | false | example.com.       | 80    | /",
                "http://bücher.example/                | false | xn--bcher-kva.example | 80 | /",
                "http://例え.テスト/                    | false | xn--r8jz45g.xn--zckzah | 80 | /",
                "http://127.0.0.1:1                    | false | 127.0.0.1          | 1     | /",
                "http://[::1]                          | false | ::1                | 80    | /",
                "https://[2001:db8::1]:8443/x          | true  | 2001:db8::1        | 8443  | /x",
                "http://[::ffff:127.0.0.1]/            | false | ::ffff:127.0.0.1   | 80    | /"
            })
    void readsAUrl(String url, boolean tls, String host, int port, String requestUri) {
        assertThat(Target.of(url)).isEqualTo(new Target(tls, host, port, requestUri));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                        | absolute URL",
                "example.com               | absolute URL",
                "/path                     | absolute URL",
                "//example.com             | absolute URL",
                "http:/example.com         | absolute URL",
                "http:example.com          | absolute URL",
                "mailto:me@example.com     | absolute URL",
                "ftp://example.com         | http:// or https://",
                "file:///etc/passwd        | http:// or https://",
                "ws://example.com          | http:// or https://",
                "http://                   | no host",
                "http:///path              | no host",
                "http://:80/               | no host",
                "http://?q                 | no host",
                "http://user@example.com   | user name or password",
                "http://u:p@example.com    | user name or password",
                "http://@example.com       | user name or password",
                "http://example.com:0      | port",
                "http://example.com:65536  | port",
                "http://example.com:-1     | port",
                "http://example.com:8o80   | port",
                "http://example.com:80:80  | port",
                "http://example.com:１     | port",
                "http://a b/               | host",
                "http://exa<mple.com       | host",
                "http://-a.example/        | host",
                "http://a-.example/        | host",
                "http://a..b/              | host",
                "http://.a/                | host",
                "http://a%20b/             | host",
                "http://256.1.1.1/         | host",
                "http://1.2.3/             | host",
                "http://1.2.3.4.5/         | host",
                "http://127.1/             | host",
                "http://2130706433/        | host",
                "http://01.2.3.4/          | host",
                "http://[::1               | host",
                "http://::1/               | host",
                "http://[127.0.0.1]/       | IPv6",
                "http://[:::1]/            | IPv6",
                "http://[1:2:3:4:5:6:7:8:9] | IPv6",
                "http://[fe80::1%25eth0]/  | host",
                "http://[]/                | host"
            })
    void refusesWhatIsNoUrl(String url, String problem) {
        assertThatThrownBy(() -> Target.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void refusesALabelOrANameThatIsTooLong() {
        assertThat(Target.of("http://" + "a".repeat(63) + ".example/").host()).hasSize(71);
        assertThatThrownBy(() -> Target.of("http://" + "a".repeat(64) + ".example/"))
                .hasMessageContaining("host");
        assertThatThrownBy(() -> Target.of("http://" + "a.".repeat(127) + "aa/"))
                .hasMessageContaining("host");
    }

    @Test
    void encodesWhatARequestLineMayNotHold() {
        assertThat(Target.of("http://example.com/<\"^`{|}>\\").requestUri()).isEqualTo("/%3C%22%5E%60%7B%7C%7D%3E%5C");
    }

    @Test
    void letsNothingBreakOutOfTheRequestLine() {
        assertThat(Target.of("http://example.com/a\r\nX: 1").requestUri()).isEqualTo("/a%0D%0AX:%201");
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com/, example.com",
        "http://example.com:80/, example.com",
        "http://example.com:443/, example.com:443",
        "https://example.com:443/, example.com",
        "https://example.com:80/, example.com:80",
        "http://[::1]/, [::1]",
        "http://[::1]:8080/, [::1]:8080"
    })
    void namesTheAuthority(String url, String authority) {
        assertThat(Target.of(url).authority()).isEqualTo(authority);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "[::1], true", "localhost, false", "1.example, false"})
    void knowsAnAddress(String host, boolean address) {
        assertThat(Target.of("http://" + host + "/").isAddress()).isEqualTo(address);
    }

    /** The examples of RFC 3986, section 5.4, as far as they are http. */
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
        "https://example.com/x, //example.com:8443, https://example.com:8443/"
    })
    void resolvesToAnotherHost(String from, String location, String to) {
        assertThat(Target.of(from).resolve(location)).isEqualTo(Target.of(to));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://a/", "mailto:a@b", "javascript:alert(1)", "data:,x", "http://", "//", "http:g", "//u@h/"})
    void refusesAReferenceThatLeadsNowhere(String location) {
        assertThatThrownBy(() -> Target.of("http://a/b").resolve(location))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
