package io.openuptimes.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    private static final TrustedProxies TRUSTED =
            new TrustedProxies(List.of("10.0.0.0/8", "192.168.1.77", "fd00::/9", "2001:db8::1"));

    private final ClientAddress addresses = new ClientAddress(TRUSTED, new XForwarded());
    private final ClientAddress byForwarded = new ClientAddress(TRUSTED, new Forwarded());

    private static MultiMap headers(String name, String joined) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        if (!joined.isEmpty()) {
            Arrays.stream(joined.split("\\|", -1)).forEach(value -> headers.add(name, value));
        }
        return headers;
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
        assertThat(addresses.of(peer, headers("X-Forwarded-For", forwarded))).isEqualTo(client);
    }

    @Test
    void a_peer_that_is_gone_is_unknown() {
        assertThat(addresses.of(null, headers("X-Forwarded-For", "198.51.100.1")))
                .isEqualTo("unknown");
    }

    @Test
    void without_trusted_proxies_no_header_counts() {
        ClientAddress none = new ClientAddress(new TrustedProxies(List.of()), new XForwarded());
        assertThat(none.of("127.0.0.1", headers("X-Forwarded-For", "198.51.100.1")))
                .isEqualTo("127.0.0.1");
        assertThat(none.isSecure("127.0.0.1", headers("X-Forwarded-Proto", "https")))
                .isFalse();
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
        assertThat(addresses.isSecure(peer, headers("X-Forwarded-Proto", proto)))
                .isEqualTo(secure);
    }

    @ParameterizedTest(name = "{0} with {1} is {2}, by TLS: {3}")
    @CsvSource(delimiter = '#', emptyValue = "", quoteCharacter = '`', textBlock = """
            203.0.113.9 # for=198.51.100.1;proto=https                          # 203.0.113.9         # false
            10.1.2.3    # ``                                                    # 10.1.2.3            # false
            10.1.2.3    # for=198.51.100.1                                      # 198.51.100.1        # false
            10.1.2.3    # FOR=198.51.100.1;Proto=HTTPS                          # 198.51.100.1        # true
            10.1.2.3    # for="198.51.100.1:4711"; proto="https"                # 198.51.100.1        # true
            10.1.2.3    # for=198.51.100.1:4711                                 # 198.51.100.1        # false
            10.1.2.3    # for="198.51.100.1:_port"                              # 198.51.100.1        # false
            10.1.2.3    # for="[2001:db8:7:8::9]:4711"                          # 20010db800070008/64 # false
            10.1.2.3    # for="[2001:db8:7:8::9]"                               # 20010db800070008/64 # false
            10.1.2.3    # by=10.0.0.1;for=198.51.100.1;host="a, b; c\\"";x=y     # 198.51.100.1        # false
            10.1.2.3    # ;for=198.51.100.1;                                    # 198.51.100.1        # false
            # the right-most element that no trusted proxy is the client of, in one header or several
            10.1.2.3    # for=1.1.1.1, for=198.51.100.1                         # 198.51.100.1        # false
            10.1.2.3    # for=1.1.1.1|for=198.51.100.1                          # 198.51.100.1        # false
            10.1.2.3    # for=1.1.1.1,for=198.51.100.1,for=10.9.9.9             # 198.51.100.1        # false
            10.1.2.3    # for=198.51.100.1;proto=https, for=10.9.9.9;proto=http # 198.51.100.1        # true
            10.1.2.3    # for=1.1.1.1;proto=https, for=198.51.100.1;proto=http  # 198.51.100.1        # false
            # where an element names no address, the search ends
            10.1.2.3    # for=1.1.1.1, for=unknown;proto=https                  # 10.1.2.3            # true
            10.1.2.3    # for=1.1.1.1, for=_hidden                              # 10.1.2.3            # false
            10.1.2.3    # for=1.1.1.1, for="_SEVKISEK:_x"                       # 10.1.2.3            # false
            10.1.2.3    # for=1.1.1.1, proto=https                              # 10.1.2.3            # true
            10.1.2.3    # for=1.1.1.1, , for=10.9.9.9                           # 10.9.9.9            # false
            # and where one is malformed
            10.1.2.3    # for=1.1.1.1, for=198.51.100.1;                        # 198.51.100.1        # false
            10.1.2.3    # for=1.1.1.1, for=198.51.100.1;for=198.51.100.2        # 10.1.2.3            # false
            10.1.2.3    # for=1.1.1.1, for                                      # 10.1.2.3            # false
            10.1.2.3    # for=1.1.1.1, for=                                     # 10.1.2.3            # false
            10.1.2.3    # for=1.1.1.1, for="198.51.100.1"x                      # 10.1.2.3            # false
            10.1.2.3    # for=1.1.1.1, for = 198.51.100.1                       # 10.1.2.3            # false
            10.1.2.3    # for=1.1.1.1, for="198.51.100.1                        # 10.1.2.3            # false
            10.1.2.3    # 198.51.100.1                                          # 10.1.2.3            # false
            # a quote that a client leaves open ends with what the proxy appends
            10.1.2.3    # for="1.1.1.1, for=198.51.100.1                        # 198.51.100.1        # false
            10.1.2.3    # for="1.1.1.1\\, for="198.51.100.1"                    # 198.51.100.1        # false
            """)
    void elements_of_forwarded_are_read_as_proxies_append_them(
            String peer, String forwarded, String client, boolean secure) {
        MultiMap headers = headers("Forwarded", forwarded);
        assertThat(byForwarded.of(peer, headers)).isEqualTo(client);
        assertThat(byForwarded.isSecure(peer, headers)).isEqualTo(secure);
    }

    @Test
    void headers_of_the_other_family_do_not_count() {
        MultiMap both = headers("Forwarded", "for=198.51.100.1;proto=https")
                .add("X-Forwarded-For", "198.51.100.2")
                .add("X-Forwarded-Proto", "http")
                .add("X-Forwarded-Prefix", "/uptime");

        assertThat(byForwarded.of("10.1.2.3", both)).isEqualTo("198.51.100.1");
        assertThat(byForwarded.isSecure("10.1.2.3", both)).isTrue();
        assertThat(byForwarded.prefix("10.1.2.3", both)).isEmpty();
        assertThat(addresses.of("10.1.2.3", both)).isEqualTo("198.51.100.2");
        assertThat(addresses.isSecure("10.1.2.3", both)).isFalse();
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(delimiter = ';', emptyValue = "", textBlock = """
            10.1.2.3;     '/uptime';       /uptime
            10.1.2.3;     '/mine|/uptime'; /uptime
            10.1.2.3;     '/mine, /uptime';/uptime
            10.1.2.3;     '';              ''
            203.0.113.9;  '/uptime';       ''
            """)
    void the_nearest_trusted_proxy_tells_the_prefix(String peer, String header, String prefix) {
        assertThat(addresses.prefix(peer, headers("X-Forwarded-Prefix", header)))
                .isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "::/129", "10.0.0/8", "10.0.0.0/", "1.2.3.4/-1", "12345", "::1/1x", ""})
    void a_bad_block_is_refused_by_name(String block) {
        assertThatThrownBy(() -> new TrustedProxies(List.of(block)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("http.trustedProxies: must be addresses or CIDR blocks, not \"" + block + "\"");
    }

    @Test
    void a_block_of_no_bits_is_every_address_of_its_family() {
        ClientAddress all = new ClientAddress(new TrustedProxies(List.of("0.0.0.0/0")), new XForwarded());
        assertThat(all.of("203.0.113.9", headers("X-Forwarded-For", "198.51.100.1")))
                .isEqualTo("198.51.100.1");
        assertThat(all.of("2001:db8::1", headers("X-Forwarded-For", "198.51.100.1")))
                .isEqualTo("20010db800000000/64");
    }
}
