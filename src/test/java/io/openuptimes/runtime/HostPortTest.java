package io.openuptimes.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPortTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1:80",
        "example.com, example.com:80",
        "::1, [::1]:80",
        "::, [::]:80",
        "[::1], [::1]:80",
        "fe80::1%eth0, [fe80::1%eth0]:80"
    })
    void an_ipv6_address_stands_in_brackets(String host, String shown) {
        assertThat(HostPort.of(host, 80)).isEqualTo(shown);
    }
}
