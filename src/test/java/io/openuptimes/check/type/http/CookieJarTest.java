package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Target;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which cookie is sent where; RFC 6265bis, as implemented by browsers and curl. */
class CookieJarTest {

    private static final long NOW = 1_700_000_000_000L; // 14 November 2023

    private final CookieJar jar = new CookieJar(NOW);

    private void set(String from, String... headers) {
        jar.take(Target.of(from), List.of(headers));
    }

    private String sentTo(String to) {
        return jar.header(Target.of(to), null);
    }

    @ParameterizedTest
    @CsvSource({
        // without a domain: only that host, all ports
        "http://example.com/, a=1, http://example.com/, true",
        "http://example.com/, a=1, http://example.com:8080/, true",
        "http://example.com/, a=1, https://example.com/, true",
        "http://example.com/, a=1, http://example.com./, true",
        "http://example.com/, a=1, http://www.example.com/, false",
        "http://example.com/, a=1, http://examplefoo.com/, false",
        "http://www.example.com/, a=1, http://example.com/, false",
        "http://xn--fa-hia.example/, a=1, http://faß.example/, true",
        // with a domain: by whole labels
        "http://example.com/, a=1; Domain=example.com, http://www.example.com/, true",
        "http://example.com/, a=1; Domain=.EXAMPLE.com, http://a.b.example.com/, true",
        "http://www.example.com/, a=1; domain=example.com, http://example.com/, true",
        "http://example.com/, a=1; Domain=example.com, http://examplefoo.com/, false",
        "http://example.com/, a=1; Domain=example.com, http://fooexample.com/, false",
        "http://example.com/, a=1; Domain=, http://www.example.com/, false",
        "http://www.example.com/, a=1; Domain=other.com; Domain=example.com, http://example.com/, true",
        // a foreign domain
        "http://example.com/, a=1; Domain=other.com, http://other.com/, false",
        "http://example.com/, a=1; Domain=other.com, http://example.com/, false",
        "http://example.com/, a=1; Domain=www.example.com, http://www.example.com/, false",
        "http://examplefoo.com/, a=1; Domain=example.com, http://example.com/, false",
        "http://example.com/, a=1; Domain=com, http://other.com/, false",
        "http://example.com/, a=1; Domain=com, http://example.com/, false",
        "http://example.com/, a=1; Domain=., http://example.com/, true",
        "http://localhost/, a=1; Domain=localhost, http://localhost/, true",
        "http://localhost/, a=1; Domain=localhost, http://www.localhost/, false",
        // addresses
        "http://127.0.0.1/, a=1, http://127.1/, true",
        "http://127.0.0.1/, a=1; Domain=127.0.0.1, http://127.0.0.1/, true",
        "http://127.0.0.1/, a=1; Domain=0.0.1, http://127.0.0.1/, false",
        "http://127.0.0.1/, a=1; Domain=0.0.1, http://1.0.0.1/, false",
        "http://[::1]/, a=1, http://[0:0::1]/, true",
        // paths
        "http://h/x/y, a=1, http://h/x, true",
        "http://h/x/y, a=1, http://h/x/z?q, true",
        "http://h/x/y, a=1, http://h/xz, false",
        "http://h/x/y, a=1, http://h/, false",
        "http://h/x?y/z, a=1, http://h/, true",
        "http://h/x/y, a=1; Path=/, http://h/z, true",
        "http://h/x/y, a=1; Path=, http://h/z, false",
        "http://h/x/y, a=1; Path=z, http://h/x, true",
        "http://h/, a=1; Path=/x, http://h/x/, true",
        "http://h/, a=1; Path=/x/, http://h/x, false",
        "http://h/, a=1; Path=/x/, http://h/x/z, true",
        // HTTPS only
        "https://h/, a=1; Secure, https://h/, true",
        "https://h/, a=1; Secure, http://h/, false",
        "http://h/, a=1; Secure, https://h/, false",
        "http://127.0.0.1/, a=1; Secure, http://127.0.0.1/, true",
        "http://localhost/, a=1; secure=no, http://localhost/, true",
        "http://127.example/, a=1; Secure, http://127.example/, false",
        // expiry; Max-Age takes precedence over Expires
        "http://h/, a=1; Max-Age=0, http://h/, false",
        "http://h/, a=1; Max-Age=-1, http://h/, false",
        "http://h/, a=1; Max-Age=1, http://h/, true",
        "http://h/, a=1; Max-Age=99999999999999999999, http://h/, true",
        "http://h/, a=1; Max-Age=, http://h/, true",
        "http://h/, a=1; Max-Age=0x, http://h/, true",
        "http://h/, a=1; Max-Age=60; Expires=Thu; 01 Jan 1970 00:00:00 GMT, http://h/, true",
        "http://h/, a=1; Expires=Thu 01 Jan 1970 00:00:00 GMT, http://h/, false",
        "http://h/, a=1; Expires=Thu 01-Jan-1970 00:00:00 GMT; Max-Age=60, http://h/, true",
        "http://h/, a=1; Max-Age=0; Expires=Fri 01 Jan 2100 00:00:00 GMT, http://h/, false",
        "http://h/, a=1; Expires=Tuesday 14-Nov-23 22:13:19 GMT, http://h/, false",
        "http://h/, a=1; Expires=Tue 14 Nov 2023 22:13:21 GMT, http://h/, true",
        "http://h/, a=1; Expires=0, http://h/, true",
        "http://h/, a=1; Expires=, http://h/, true",
        "http://h/, a=1; Expires=Thu 01 Jan 1970 00:00:00 GMT and much that no date has in it at all, http://h/, true",
        // attributes that are ignored here
        "http://h/, a=1; HttpOnly; SameSite=Strict; Partitioned; Priority=High; ; =, http://h/, true"
    })
    void sendsItWhereABrowserDoes(String from, String header, String to, boolean sent) {
        set(from, header);
        assertThat(sentTo(to)).isEqualTo(sent ? "a=1" : null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1 | a=1",
                "a = 1 ; Path=/ | a=1",
                "a=1=2 | a=1=2",
                "a=\"1 2\" | a=\"1 2\"",
                "a= | a=",
                "a | a",
                "=a | a",
                "a=b,c=d | a=b,c=d",
                "a={\"b\":1} | a={\"b\":1}",
                "; Path=/ |",
                "= |",
                "__Secure-a=1; Secure | __Secure-a=1",
                "__Secure-a=1 |",
                "__secure-a=1 |",
                "__Host-a=1; Secure; Path=/ | __Host-a=1",
                "__Host-a=1; Secure |",
                "__Host-a=1; Secure; Path=/x |",
                "__Host-a=1; Path=/ |",
                "__Host-a=1; Secure; Path=/; Domain=example.com |",
                "=__Host-a=1; Secure; Path=/ |",
                "__Secure-a |"
            })
    void readsItAsABrowserDoes(String header, String sent) {
        set("https://example.com/", header);
        assertThat(sentTo("https://example.com/")).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1\u0000", "a=1\r\nX: y", "a=1\u007f; Path=/", "a=1; Path=/\u0001"})
    void takesNoControlCharacters(String header) {
        set("http://h/", header);
        assertThat(sentTo("http://h/")).isNull();
    }

    @Test
    void replacesTheOneOfTheSameNameDomainAndPath() {
        set("http://www.example.com/", "a=1", "b=2", "a=3; Domain=example.com", "a=4; Path=/x");
        set("http://www.example.com/", "a=5", "a=6; Path=/x");
        assertThat(sentTo("http://www.example.com/x")).isEqualTo("a=6; a=5; b=2; a=3");
        set("http://www.example.com/", "a=; Max-Age=0", "a=; Path=/x; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
        assertThat(sentTo("http://www.example.com/x")).isEqualTo("b=2; a=3");
    }

    @Test
    void letsNothingThatCameInTheClearHideASecureOne() {
        set("https://example.com/", "a=1; Secure; Domain=example.com");
        set("http://www.example.com/", "a=2", "a=3; Domain=example.com", "b=4");
        assertThat(sentTo("https://www.example.com/")).isEqualTo("a=1; b=4");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none, a=1", "b=2, b=2; a=1", "a=0, a=1", "'a=0; b=2 ;;c', b=2; c; a=1", "A=0, A=0; a=1"})
    void takesThePlaceOfANamesakeOfTheService(String own, String sent) {
        set("http://h/", "a=1");
        assertThat(jar.header(Target.of("http://h/"), own)).isEqualTo(sent);
    }

    @Test
    void leavesTheServicesOwnAsTheyAreWhereItHasNone() {
        set("http://h/", "a=1; Path=/x");
        assertThat(jar.header(Target.of("http://h/"), "b=2;c;")).isEqualTo("b=2;c;");
    }

    @Test
    void isBounded() {
        set("http://h/", "a=" + "x".repeat(SetCookie.MAX_SIZE));
        set("http://h/", "c=1; Path=/" + "x".repeat(2_000));
        assertThat(sentTo("http://h/"))
                .as("too large a cookie, and the path passed over")
                .isEqualTo("c=1");
        String[] many = IntStream.range(0, 1_000).mapToObj(i -> "a" + i + "=1").toArray(String[]::new);
        set("http://h/", many);
        assertThat(sentTo("http://h/")).startsWith("a950=1; ").endsWith("; a999=1");
        String[] large = IntStream.range(0, 50)
                .mapToObj(i -> "a" + i + "=" + "x".repeat(4_000))
                .toArray(String[]::new);
        set("http://h/", large);
        assertThat(sentTo("http://h/").length()).isBetween(16_000, CookieJar.MAX_SIZE + 200);
    }
}
