package io.openuptimes.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieNameTest {

    @ParameterizedTest
    @CsvSource({
        "false, /,        openuptimes_session",
        "false, /uptimes, openuptimes_session",
        "true,  /,        __Host-openuptimes_session",
        "true,  /uptimes, __Secure-openuptimes_session"
    })
    void a_prefix_says_what_browsers_hold_it_to(boolean secure, String basePath, String name) {
        assertThat(CookieName.of("openuptimes_session", secure, basePath)).isEqualTo(name);
    }
}
