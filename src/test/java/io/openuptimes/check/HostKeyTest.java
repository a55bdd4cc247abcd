package io.openuptimes.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostKeyTest {

    @ParameterizedTest
    @CsvSource({
        "https://a.test/x, https://A.test:443/y?z",
        "http://a.test, http://a.test:80/",
        "https://a.test/, tcp://a.test:443",
        "https://[::1]/, tcp://[::1]:443",
        "tcp://a.test:22, ssh://someone@A.test:22/path",
        "postgresql://user:p@ss@a.test:5432/one, postgresql://a.test:5432/two?x=y",
        "dns:a.test?type=A, dns://a.test/?type=MX",
        "ping://a.test, ping://a.test/",
    })
    void checks_of_one_host_and_port_share_a_key_whatever_their_type(String one, String other) {
        assertThat(HostKey.of(one)).isEqualTo(HostKey.of(other));
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.test/, https://b.test/",
        "https://a.test/, http://a.test/",
        "tcp://a.test:22, tcp://a.test:23",
        "tcp://a.test:22, tcp://b.test:22",
        "dns:a.test, dns:b.test",
        "no url, another",
    })
    void other_hosts_and_ports_have_keys_of_their_own(String one, String other) {
        assertThat(HostKey.of(one)).isNotEqualTo(HostKey.of(other));
    }

    @Test
    void a_text_without_a_host_has_a_key() {
        assertThat(HostKey.of("")).isNotEqualTo(HostKey.of("tcp://"));
    }
}
