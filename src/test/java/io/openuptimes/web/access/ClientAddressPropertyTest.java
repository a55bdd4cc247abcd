package io.openuptimes.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Mutations;
import io.openuptimes.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a request says of its way, nobody gets another address by it than the proxies know. */
class ClientAddressPropertyTest {

    private static final ClientAddress ADDRESSES = new ClientAddress(List.of("127.0.0.0/8", "2001:db8::/32"));

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
            assertThat(ADDRESSES.of("127.0.0.1", List.of(text))).matches("[0-9.]+|[0-9a-f]{16}/64");
            assertThat(ADDRESSES.of(text, List.of(text, text))).isNotEmpty();
            ADDRESSES.isSecure("127.0.0.1", List.of(text));
        }
    }

    @Property(tries = 2_000, seed = Seed.FIXED)
    void what_a_client_says_does_not_count(@ForAll("forwarded") byte[] header) {
        String said = new String(header, StandardCharsets.ISO_8859_1);
        assertThat(ADDRESSES.of("192.0.2.9", List.of(said))).isEqualTo("192.0.2.9");
        assertThat(ADDRESSES.of("127.0.0.1", List.of(said + ", 192.0.2.9"))).isEqualTo("192.0.2.9");
        assertThat(ADDRESSES.of("127.0.0.1", List.of(said, "192.0.2.9, 127.0.0.3")))
                .isEqualTo("192.0.2.9");
        assertThat(ADDRESSES.isSecure("192.0.2.9", List.of(said))).isFalse();
    }
}
