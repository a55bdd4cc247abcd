package io.openuptimes.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggedServiceTest {

    @Test
    void is_its_name_and_its_id() {
        assertThat(new LoggedService("Shop API", "4f3a")).hasToString("Shop API (4f3a)");
        assertThat(new LoggedService("Ärzte 👩‍⚕️ مرحبا", "4f3a")).hasToString("Ärzte 👩‍⚕️ مرحبا (4f3a)");
    }

    @Test
    void is_its_id_where_the_name_is_not_known() {
        assertThat(LoggedService.ofId("4f3a")).hasToString("service 4f3a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n", "\r", "\u0000", "\u001b", "\u007f", "\u0085", "\u2028", "\u2029", "\u202e", "\u2066", "\ud800"
            })
    void nothing_in_a_name_breaks_or_disguises_the_line(String character) {
        assertThat(new LoggedService("a" + character + "WARN b", "1")).hasToString("a?WARN b (1)");
    }

    @Test
    void a_long_name_is_cut() {
        assertThat(new LoggedService("x".repeat(200), "1")).hasToString("x".repeat(60) + "… (1)");
    }
}
