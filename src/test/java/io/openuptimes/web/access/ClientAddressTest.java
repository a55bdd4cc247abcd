package io.openuptimes.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    private final ClientAddress addresses =
            new ClientAddress(List.of("10.0.0.0/8", "192.168.1.77", "fd00::/9", "2001:db8::1"));

    private static List<String> headers(String joined) {
        return joined.isEmpty() ? List.of() : Arrays.asList(joined.split("\\|", -1));
    }

    @ParameterizedTest(name = "{0} with {1} is {2}")
    @CsvSource(delimiter = ';', emptyValue = "", textBlock = """
            # a peer that is no proxy speaks for itself alone
            203.0.113.9;            '';                                    203.0.113.9
            203.0.113.9;            '198.51.100.1';                        203.0.113.9
            203.0.113.9;            '10.0.0.1';                            203.0.113.9
            192.168.1.78;           '198.51.100.1';                        192.168.1.78
            11.0.0.1;               '198.51.100.1';                        11.0.0.1
            # a proxy tells who came to it
            10.1.2.3;               '198.51.100.1';                        198.51.100.1
            192.168.1.77;           '198.51.100.1';                        198.51.100.1
            10.1.2.3;               '';                                    10.1.2.3
            # what the client put before is no news
            10.1.2.3;               '1.1.1.1, 198.51.100.1';               198.51.100.1
            10.1.2.3;               '1.1.1.1|198.51.100.1';                198.51.100.1
            10.1.2.3;               '10.0.0.9, 198.51.100.1';              198.51.100.1
            10.1.2.3;               'garbage, 198.51.100.1';               198.51.100.1
            # proxies behind proxies, to the first that is none
            10.1.2.3;               '1.1.1.1, 198.51.100.1, 10.9.9.9';     198.51.100.1
            10.1.2.3;               '198.51.100.1|10.9.9.9,192.168.1.77';  198.51.100.1
            10.1.2.3;               '10.5.5.5, 10.9.9.9';                  10.5.5.5
            # where an entry is no address, nothing left of it counts
            10.1.2.3;               '1.1.1.1, unknown';                    10.1.2.3
            10.1.2.3;               '1.1.1.1, , 10.9.9.9';                 10.9.9.9
            10.1.2.3;               '1.1.1.1,';                            10.1.2.3
            10.1.2.3;               '010.020.030.0400';                    10.1.2.3
            10.1.2.3;               '1.2.3';                               10.1.2.3
            10.1.2.3;               'localhost';                           10.1.2.3
            10.1.2.3;               '[::1';                                10.1.2.3
            10.1.2.3;               '[::1]x';                              10.1.2.3
            # ports and brackets as proxies write them
            10.1.2.3;               '198.51.100.1:4711';                   198.51.100.1
            10.1.2.3;               '[2001:db8:7:8::9]:4711';              20010db800070008/64
            10.1.2.3;               '[2001:db8:7:8::9]';                   20010db800070008/64
            10.1.2.3;               '2001:db8:7:8:ffff:ffff::9';           20010db800070008/64
            # IPv6 counts by network, and an IPv4 address within it as what it is
            2001:db8:7:8::1;        '';                                    20010db800070008/64
            fd7f::1;                '198.51.100.1';                        198.51.100.1
            fd80::1;                '198.51.100.1';                        fd80000000000000/64
            2001:db8::1;            '198.51.100.1';                        198.51.100.1
            2001:db8::2;            '198.51.100.1';                        20010db800000000/64
            ::ffff:10.1.2.3;        '198.51.100.1';                        198.51.100.1
            10.1.2.3;               '::ffff:198.51.100.1';                 198.51.100.1
            fe80::1%eth0;           '';                                    fe80000000000000/64
            """)
    void the_client_is_the_nearest_address_that_no_trusted_proxy_has(String peer, String forwarded, String client) {
        assertThat(addresses.of(peer, headers(forwarded))).isEqualTo(client);
    }

    @Test
    void a_peer_that_is_gone_is_unknown() {
        assertThat(addresses.of(null, List.of("198.51.100.1"))).isEqualTo("unknown");
    }

    @Test
    void without_trusted_proxies_no_header_counts() {
        ClientAddress none = new ClientAddress(List.of());
        assertThat(none.of("127.0.0.1", List.of("198.51.100.1"))).isEqualTo("127.0.0.1");
        assertThat(none.isSecure("127.0.0.1", List.of("https"))).isFalse();
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(delimiter = ';', emptyValue = "", textBlock = """
            10.1.2.3;     'https';         true
            10.1.2.3;     'HTTPS';         true
            10.1.2.3;     'http, https';   true
            10.1.2.3;     'https, http';   false
            10.1.2.3;     'https|http';    false
            10.1.2.3;     'http';          false
            10.1.2.3;     '';              false
            203.0.113.9;  'https';         false
            """)
    void a_trusted_proxy_tells_whether_it_was_tls(String peer, String proto, boolean secure) {
        assertThat(addresses.isSecure(peer, headers(proto))).isEqualTo(secure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "::/129", "10.0.0/8", "10.0.0.0/", "1.2.3.4/-1", "12345", "::1/1x", ""})
    void a_bad_block_is_refused_by_name(String block) {
        assertThatThrownBy(() -> new ClientAddress(List.of(block)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("http.trustedProxies: must be addresses or CIDR blocks, not \"" + block + "\"");
    }

    @Test
    void a_block_of_no_bits_is_every_address_of_its_family() {
        ClientAddress all = new ClientAddress(List.of("0.0.0.0/0"));
        assertThat(all.of("203.0.113.9", List.of("198.51.100.1"))).isEqualTo("198.51.100.1");
        assertThat(all.of("2001:db8::1", List.of("198.51.100.1"))).isEqualTo("20010db800000000/64");
    }
}
