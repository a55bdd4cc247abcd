package io.openuptimes.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SetupTokenTest {

    private final SetupToken token = SetupToken.create();

    @Test
    void is_256_random_bits_and_another_each_time() {
        assertThat(token.forTheLog()).matches("[A-Za-z0-9_-]{43}");
        assertThat(SetupToken.create().forTheLog()).isNotEqualTo(token.forTheLog());
    }

    @Test
    void matches_itself_alone() {
        assertThat(token.matches(token.forTheLog())).isTrue();
        assertThat(token.matches(token.forTheLog() + " ")).isFalse();
        assertThat(token.matches(token.forTheLog().substring(1))).isFalse();
        assertThat(token.matches("")).isFalse();
    }

    @Test
    void matches_nothing_once_it_has_ended() {
        token.end();
        assertThat(token.matches(token.forTheLog())).isFalse();
    }
}
