package io.openuptimes.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserMarkTest {

    private static final long NOW = 1_700_000_000_000L;
    private static final String BROWSER = "0123456789abcdef";
    private static final String HASH = "$pbkdf2$it=1000$salt$hash";

    private final String mark = BrowserMark.issue(BROWSER, HASH, NOW);

    @Test
    void a_mark_names_its_browser_for_ninety_days() {
        long end = NOW + BrowserMark.SECONDS * 1000;

        assertThat(BrowserMark.verify(mark, HASH, NOW)).isEqualTo(BROWSER);
        assertThat(BrowserMark.verify(mark, HASH, end - 1)).isEqualTo(BROWSER);
        assertThat(BrowserMark.verify(mark, HASH, end)).isNull();
    }

    @Test
    void a_new_password_ends_it() {
        assertThat(BrowserMark.verify(mark, HASH + "2", NOW)).isNull();
    }

    @Test
    void it_does_not_show_the_hash() {
        assertThat(mark).doesNotContain(HASH).matches("[0-9a-f]{16}\\.1707776000\\.[A-Za-z0-9_-]{43}");
    }

    @Test
    void a_changed_one_is_none() {
        for (int i = 0; i < mark.length() - 1; i++) { // the last character has unused bits
            char other = mark.charAt(i) == '1' ? '2' : '1';
            assertThat(BrowserMark.verify(mark.substring(0, i) + other + mark.substring(i + 1), HASH, NOW))
                    .as("character " + i)
                    .isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "0123456789abcdef.9999999999.", "0123456789abcdef.9999999999999999999999.x"})
    void anything_else_is_none(String text) {
        assertThat(BrowserMark.verify(text, HASH, NOW)).isNull();
    }
}
