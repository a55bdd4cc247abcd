package io.openuptimes.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Mutations;
import io.openuptimes.testing.Seed;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No forwarding header gives a client an address other than the one seen by the trusted proxies. */
class ClientAddressPropertyTest {

    private static final TrustedProxies TRUSTED = new TrustedProxies(List.of("127.0.0.0/8", "2001:db8::/32"));
    private static final ClientAddress ADDRESSES = new ClientAddress(TRUSTED, new XForwarded());
    private static final ClientAddress BY_FORWARDED = new ClientAddress(TRUSTED, new Forwarded());

    private static MultiMap headers(String name, String... values) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        List.of(values).forEach(value -> headers.add(name, value));
        return headers;
    }

    private static MultiMap forwardedFor(String... values) {
        return headers("X-Forwarded-For", values);
    }

    @Provide
    Arbitrary<byte[]> forwarded() {
        return Mutations.of(
                List.of(
                        "192.0.2.1",
                        "192.0.2.1, 127.0.0.2",
                        "[2001:db8::1]:443, 198.51.100.7:1234",
                        "fe80::1%eth0, ::ffff:192.0.2.1",
                        "unknown, _hidden, 127.0.0.1",
                        "https, http"),
                List.of(",", ":", "[", "]", "%", "::", ".", "0x7f.1", "127.0.0.1", " ", "\t", "f".repeat(500), "256"));
    }

    @Property(tries = 3_000, seed = Seed.FIXED)
    void any_header_ends_in_an_address(@ForAll("forwarded") byte[] header, @ForAll String random) {
        for (String text : List.of(new String(header, StandardCharsets.ISO_8859_1), random)) {
            assertThat(ADDRESSES.of("127.0.0.1", forwardedFor(text))).matches("[0-9.]+|[0-9a-f]{16}/64");
            assertThat(ADDRESSES.of(text, forwardedFor(text, text))).isNotEmpty();
            ADDRESSES.isSecure("127.0.0.1", headers("X-Forwarded-Proto", text));
        }
    }

    @Property(tries = 2_000, seed = Seed.FIXED)
    void what_a_client_says_does_not_count(@ForAll("forwarded") byte[] header) {
        String said = new String(header, StandardCharsets.ISO_8859_1);
        assertThat(ADDRESSES.of("192.0.2.9", forwardedFor(said))).isEqualTo("192.0.2.9");
        assertThat(ADDRESSES.of("127.0.0.1", forwardedFor(said + ", 192.0.2.9")))
                .isEqualTo("192.0.2.9");
        assertThat(ADDRESSES.of("127.0.0.1", forwardedFor(said, "192.0.2.9, 127.0.0.3")))
                .isEqualTo("192.0.2.9");
        assertThat(ADDRESSES.isSecure("192.0.2.9", headers("X-Forwarded-Proto", said)))
                .isFalse();
    }

    @Provide
    Arbitrary<byte[]> elements() {
        return Mutations.of(
                List.of(
                        "for=192.0.2.1",
                        "for=\"[2001:db8::1]:443\";proto=https, for=198.51.100.7:1234",
                        "For=_hidden;by=unknown;host=\"a\\\"b\", for=127.0.0.1",
                        "for=\"1.1.1.1"),
                List.of(
                        ",",
                        ";",
                        "=",
                        "\"",
                        "\\",
                        "\\\"",
                        "for=",
                        "for=\"",
                        " ",
                        "\t",
                        "\"".repeat(501),
                        "\\".repeat(500)));
    }

    @Property(tries = 3_000, seed = Seed.FIXED)
    void whatever_a_client_puts_before_an_element_of_a_proxy_does_not_change_it(@ForAll("elements") byte[] header) {
        String said = new String(header, StandardCharsets.ISO_8859_1);
        for (String proxy :
                List.of("for=192.0.2.9", "proto=https;for=\"192.0.2.9:80\"", "for=192.0.2.9;x=\"a\\\",b\"")) {
            assertThat(BY_FORWARDED.of("127.0.0.1", headers("Forwarded", said + ", " + proxy)))
                    .isEqualTo("192.0.2.9");
            assertThat(BY_FORWARDED.of("127.0.0.1", headers("Forwarded", said, proxy)))
                    .isEqualTo("192.0.2.9");
        }
        assertThat(BY_FORWARDED.of("127.0.0.1", headers("Forwarded", said))).matches("[0-9.]+|[0-9a-f]{16}/64");
        assertThat(BY_FORWARDED.of("192.0.2.9", headers("Forwarded", said))).isEqualTo("192.0.2.9");
    }
}
