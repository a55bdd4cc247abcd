package io.openuptimes.check.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Target;
import io.openuptimes.testing.ManualClock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EnginePreferenceTest {

    private final ManualClock clock = new ManualClock(0);
    private final EnginePreference preference = new EnginePreference(clock);

    private static Target server(String host, int port) {
        return new Target(true, host, port, "/");
    }

    @Test
    void a_server_is_remembered_for_six_hours_after_two_cures_in_a_row() {
        preference.cured(server("a.test", 443));
        assertThat(preference.isJdk(server("a.test", 443))).isFalse();
        assertThat(preference.isSuspect(server("a.test", 443))).isTrue();
        preference.cured(server("a.test", 443));
        clock.advance(EnginePreference.MILLIS - 1);
        assertThat(preference.isJdk(server("a.test", 443))).isTrue();
        assertThat(preference.isJdk(server("a.test", 444))).isFalse();
        assertThat(preference.isJdk(server("b.test", 443))).isFalse();
        clock.advance(1);
        assertThat(preference.isJdk(server("a.test", 443))).isFalse();
        preference.cured(server("a.test", 443));
        assertThat(preference.isJdk(server("a.test", 443))).isFalse();
    }

    @Test
    void a_server_is_forgotten_when_the_jdk_does_no_better() {
        for (int i = 0; i < 2; i++) {
            preference.cured(server("a.test", 443));
            preference.forget(server("a.test", 443));
        }
        assertThat(preference.isJdk(server("a.test", 443))).isFalse();
        preference.cured(server("a.test", 443));
        preference.cured(server("a.test", 443));
        preference.forget(server("a.test", 443));
        assertThat(preference.isJdk(server("a.test", 443))).isFalse();
        assertThat(preference.isSuspect(server("a.test", 443))).isFalse();
    }

    @Test
    void only_so_many_servers_are_remembered() {
        int servers = EnginePreference.MOST_SERVERS + 100;
        for (int i = 0; i < servers; i++) {
            preference.cured(server(i + ".test", 443));
        }
        assertThat(IntStream.range(0, servers).filter(i -> preference.isSuspect(server(i + ".test", 443))))
                .hasSize(EnginePreference.MOST_SERVERS);
    }
}
