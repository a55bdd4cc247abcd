package io.openuptimes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Valid and invalid URLs. */
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
                "http://example.com/a/../b             | false | example.com        | 80    | /b",
                "http://example.com:00080/             | false | example.com        | 80    | /",
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
                "http://[::ffff:127.0.0.1]/            | false | ::ffff:127.0.0.1   | 80    | /",
                "http://[::FFFF:7f00:1]/               | false | ::ffff:127.0.0.1   | 80    | /",
                "http://[2001:DB8:0:0:1:0:0:1]/        | false | 2001:db8::1:0:0:1  | 80    | /",
                "http://[0:0:0:0:0:0:0:0]/             | false | ::                 | 80    | /",
                "http://[1:0:0:0:0:0:0:0]/             | false | 1::                | 80    | /",
                "http://[1:0:2:0:3:0:4:0]/             | false | 1:0:2:0:3:0:4:0    | 80    | /",
                "http://[0:0:1:2:3:4:5:6]/             | false | ::1:2:3:4:5:6      | 80    | /",
                "http://127.1/                         | false | 127.0.0.1          | 80    | /",
                "http://1.2.3/                         | false | 1.2.0.3            | 80    | /",
                "http://2130706433/                    | false | 127.0.0.1          | 80    | /",
                "http://0x7F000001/                    | false | 127.0.0.1          | 80    | /",
                "http://0x7f.0.0x0.1/                  | false | 127.0.0.1          | 80    | /",
                "http://0177.0.0.1/                    | false | 127.0.0.1          | 80    | /",
                "http://01.2.3.4/                      | false | 1.2.3.4            | 80    | /",
                "http://1.2.3.4./                      | false | 1.2.3.4            | 80    | /",
                "http://1.2.3.4.example/               | false | 1.2.3.4.example    | 80    | /",
                "http://example.123/                   | false | example.123        | 80    | /",
                "http://ex%61mple.com/                 | false | example.com        | 80    | /",
                "http://127%2E0.0.1/                   | false | 127.0.0.1          | 80    | /",
                "http://b%C3%BCcher.example/           | false | xn--bcher-kva.example | 80 | /"
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
                "http://example.com:0      | port from 1 to 65535",
                "http://example.com:65536  | port from 1 to 65535",
                "http://example.com:4294967376 | port from 1 to 65535",
                "http://example.com:-1     | port from 1 to 65535",
                "http://example.com:8o80   | port from 1 to 65535",
                "http://example.com:80:80  | port from 1 to 65535",
                "http://example.com:１     | port from 1 to 65535",
                "'https://example.com:443 ' | has a space in or after its port",
                "'https://example.com: 443' | has a space before its port",
                "'https://example.com:44 3/' | has a space in or after its port",
                "' https://example.com'    | must not start with a space",
                "'https://example.com '    | has a space in its host name",
                "'https://example.com /x'  | has a space in its host name",
                "'https:// example.com'    | has a space in its host name",
                "'https://exa mple.com'    | has a space in its host name",
                "'https://exa mple.com:8443' | has a space in its host name",
                "'https://exa mple.com' | has a space in its host name",
                "http://a%20b/             | has a space in its host name",
                "http://exa<mple.com       | invalid character in its host name: <",
                "http://example.com\\path | invalid character in its host name: \\",
                "http://%00.example        | invalid character in its host name: U+0000",
                "http://%.example          | invalid character in its host name: %",
                "http://%FF.example        | percent-encoded host name that is not UTF-8",
                "http://-a.example/        | hyphen at the start or end",
                "http://a-.example/        | hyphen at the start or end",
                "http://a..b/              | an extra dot",
                "http://.a/                | an extra dot",
                "http://./                 | an extra dot",
                "http://256.1.1.1/         | invalid IPv4 address",
                "http://1.2.3.4.5/         | invalid IPv4 address",
                "http://1.2.65536/         | invalid IPv4 address",
                "http://4294967296/        | invalid IPv4 address",
                "http://99999999999999999999/ | invalid IPv4 address",
                "http://09.2.3.4/          | invalid IPv4 address",
                "http://[::1               | no ] after its IPv6 address",
                "http://::1/               | IPv6 address in brackets",
                "http://fe80::1:80/        | IPv6 address in brackets",
                "http://[127.0.0.1]/       | invalid IPv6 address",
                "http://[:::1]/            | invalid IPv6 address",
                "http://[1:2:3:4:5:6:7:8:9] | invalid IPv6 address",
                "http://[]/                | invalid IPv6 address",
                "http://[::1]80/           | a slash or a port after its IPv6 address",
                "http://[fe80::1%25eth0]/  | zone in its IPv6 address",
                "http://[fe80::1%eth0]/    | zone in its IPv6 address"
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

    @ParameterizedTest
    @CsvSource({
        "/a/./b, /a/b",
        "/., /",
        "/.., /",
        "/a/.., /",
        "/a/b/.., /a/",
        "/a/b/., /a/b/",
        "/../../a, /a",
        "/a/%2e%2E/b, /b",
        "/a/.%2e/b, /b",
        "/a/%2e/b, /a/b",
        "/a/%2f../b, /a/%2f../b",
        "/a/.../b, /a/.../b",
        "/a/%2e%2e%2e/b, /a/%2e%2e%2e/b",
        "/.well-known/x, /.well-known/x",
        "/a//b, /a//b",
        "//a, //a",
        "/a//../b, /a/b",
        "/a/../../b//, /b//",
        "/a?q=/../b, /a?q=/../b",
        "?q=/../b, /?q=/../b",
        "/a#/../b, /a",
        "#/../b, /"
    })
    void removesDotSegments(String given, String requestUri) {
        assertThat(Target.of("http://example.com" + given).requestUri()).isEqualTo(requestUri);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/x, https://A.example:443/y, true",
        "https://a.example/x, http://a.example/x, false",
        "https://a.example/x, https://a.example/ x, true",
        "https://a.example/x, https://a..example/x, false",
        "https://a..example/x, https://a..example/x, true"
    })
    void comparesWithAUrlThatMayNotBeValidAnyMore(String url, String stored, boolean same) {
        assertThat(Target.sameOrigin(url, stored)).isEqualTo(same);
    }
}
