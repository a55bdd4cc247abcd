package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenFailureTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0.0.0.0   | 8080 | bind(..) failed with error(-98): Address already in use     | Port 8080 is already in use. Stop the other program or set http.port (OPENUPTIMES_HTTP_PORT).
            0.0.0.0   | 80   | bind(..) failed with error(-13): Permission denied          | Port 80 is reserved for root. Set http.port (OPENUPTIMES_HTTP_PORT) to 1024 or more, and put a proxy in front of it if needed.
            192.0.2.7 | 8080 | bind(..) failed with error(-99): Cannot assign requested address | This machine does not have the address 192.0.2.7. Set http.host (OPENUPTIMES_HTTP_HOST).
            192.0.2.7 | 8080 | Can't assign requested address                              | This machine does not have the address 192.0.2.7. Set http.host (OPENUPTIMES_HTTP_HOST).
            ::1       | 8080 | Permission denied                                           | Cannot listen on [::1]:8080 (Permission denied). Set http.host (OPENUPTIMES_HTTP_HOST) or http.port (OPENUPTIMES_HTTP_PORT).
            """)
    void each_reason_names_the_setting_to_change(String host, int port, String reason, String text) {
        assertThat(ListenFailure.text(host, port, new BindException(reason))).isEqualTo(text);
    }

    @Test
    void a_name_that_does_not_resolve_is_the_hosts_fault() {
        assertThat(ListenFailure.text("no.invalid", 8080, new UnknownHostException("no.invalid")))
                .isEqualTo("The host name no.invalid cannot be resolved. Set http.host (OPENUPTIMES_HTTP_HOST) to an"
                        + " address of this machine.");
    }
}
