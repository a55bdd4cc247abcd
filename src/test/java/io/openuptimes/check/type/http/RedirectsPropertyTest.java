package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.check.net.Failure;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Service;
import io.openuptimes.model.Target;
import io.openuptimes.testing.Mutations;
import io.openuptimes.testing.Seed;
import io.openuptimes.testing.Services;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;

/** Any {@code Location} leads to a valid request or ends the check. */
class RedirectsPropertyTest {

    private static final String SECRET = "s3cr3t";

    @Provide
    Arbitrary<byte[]> locations() {
        return Mutations.of(
                List.of(
                        "http://127.0.0.1:9/a?b=c#d",
                        "https://[::1]:8443/x/../y",
                        "//other.example/path",
                        "/absolute/./path/..",
                        "../relative;p?q",
                        "?query",
                        "#fragment",
                        "http://xn--bcher-kva.example/",
                        "http://b\u00c3\u00bccher.example/\u00c3\u00bc",
                        "https:/127.1/%2e%2e/",
                        "http:\\\\user@0x7f000001\\a",
                        "a=b; Domain=127.0.0.1; Path=/; Max-Age=5; Secure"),
                List.of(
                        "/..",
                        "//",
                        "@",
                        ":",
                        "[",
                        "]",
                        "%",
                        "%zz",
                        "\\",
                        "; Expires=Fri, 01 Jan 2100 00:00:00 GMT",
                        "/%2E.",
                        "\r\nX: y",
                        "javascript:",
                        "http:",
                        ".".repeat(300),
                        "xn--",
                        "\u00e3\u0080\u0082",
                        "\u00cc\u0080".repeat(500),
                        "a".repeat(9_000)));
    }

    @Property(tries = 2_000, seed = Seed.FIXED)
    void a_location_is_a_request_or_the_end(
            @ForAll("locations") byte[] location, @ForAll @IntRange(min = 300, max = 309) int status) {
        follows(new String(location, StandardCharsets.ISO_8859_1), status);
    }

    @Property(tries = 1_000, seed = Seed.FIXED)
    void any_text_is_a_request_or_the_end(@ForAll String location) {
        follows(location, 302);
    }

    private static void follows(String location, int status) {
        Service service = Services.of(
                "http://127.0.0.1:9/from",
                Map.of(
                        "method",
                        "POST",
                        "body",
                        SECRET,
                        "headers",
                        Map.of("Authorization", SECRET, "Cookie", "a=" + SECRET)));
        Hop first = Hop.first(Services.http(service), Target.of(service.url()));
        Next next = new Redirects(0).follow(first, status, location, List.of(location));
        if (next instanceof Next.End end) {
            assertThat(end.failure().outcome()).isEqualTo(Outcome.REDIRECT);
            return;
        }
        Hop to = (Hop) next;
        assertThat(to.target().requestUri()).matches("/[!-~]*");
        assertThat(to.target().path()).doesNotMatch(".*/[.]{1,2}(/.*)?");
        assertThat(to.target().host()).matches("[0-9a-z._:-]+");
        assertThat(to.target().port()).isBetween(1, 65_535);
        if (!to.target().hasOriginOf(first.target())) {
            assertThat(to.body()).isNull();
            assertThat(to.headers().contains("Authorization")).isFalse();
            assertThat(to.cookies() == null || !to.cookies().contains(SECRET)).isTrue();
            assertThat(to.method()).isIn(Method.GET, Method.HEAD);
        }
    }

    @Example
    void a_long_one_is_refused_and_costs_nothing() {
        String marks = "\u00cc\u0080\u00cc\u00a7".repeat(15_000); // combining, in two classes that are to be sorted
        Service service = Services.of("http://127.0.0.1:9/");
        Hop first = Hop.first(Services.http(service), Target.of(service.url()));
        Assertions.assertTimeout(Duration.ofMinutes(1), () -> {
            for (int i = 0; i < 100; i++) {
                assertThat(new Redirects(0).follow(first, 302, "http://" + marks + "/", List.of()))
                        .isEqualTo(new Next.End(new Failure(
                                Outcome.REDIRECT, "redirect with a Location of more than 8192 characters")));
            }
        });
    }
}
