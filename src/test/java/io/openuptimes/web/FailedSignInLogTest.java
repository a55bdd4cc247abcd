package io.openuptimes.web;

import static io.openuptimes.web.AccessServer.CONFIGURED_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.LogCapture;
import io.openuptimes.web.access.PasswordAttempts;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailedSignInLogTest {

    private static final int FAILURES_A_MINUTE = 30;
    private static final int LINES_A_MINUTE = 10;

    private final AccessServer server = new AccessServer(0);
    private final LogCapture log = LogCapture.of(PasswordAttempts.class);

    @BeforeEach
    void setPassword() {
        server.call("POST", "/api/setup/complete")
                .key(CONFIGURED_KEY)
                .json("{\"password\":\"correct horse\"}")
                .send();
    }

    @AfterEach
    void stop() {
        log.close();
        server.stop();
    }

    private int signIn(String address, String password) {
        return server.call("POST", "/api/auth/login")
                .from(address)
                .json("{\"password\":\"" + password + "\"}")
                .status();
    }

    @Test
    void a_wrong_password_is_logged_with_the_address_and_never_with_the_password() {
        assertThat(signIn("203.0.113.200", "wr0ng-password")).isEqualTo(401);
        assertThat(signIn("203.0.113.200", "correct horse")).isEqualTo(200);
        assertThat(log.lines())
                .containsExactly("failed sign-in from 203.0.113.200: wrong password. Block this address if you do not"
                        + " recognize it");
    }

    @Test
    void a_wrong_current_password_of_a_signed_in_admin_is_no_reason_to_block() {
        int status = server.call("PUT", "/api/auth/password")
                .from("203.0.113.200")
                .key(CONFIGURED_KEY)
                .json("{\"currentPassword\":\"wr0ng-password\",\"newPassword\":\"battery staple\"}")
                .status();
        assertThat(status).isEqualTo(401);
        assertThat(log.lines()).containsExactly("failed password change from 203.0.113.200: wrong current password");
    }

    @Test
    void an_attack_costs_ten_lines_a_minute_and_the_next_line_counts_the_others() {
        for (int i = 0; i < LINES_A_MINUTE + 5; i++) {
            assertThat(signIn("203.0.113." + i, "wr0ng-password")).isEqualTo(401);
        }
        assertThat(log.lines()).hasSize(LINES_A_MINUTE);
        server.passes(Duration.ofMinutes(1));
        signIn("203.0.113.200", "wr0ng-password");
        assertThat(log.lines().get(LINES_A_MINUTE))
                .isEqualTo("failed sign-in from 203.0.113.200: wrong password; 5 more since the last such line. Block"
                        + " this address if you do not recognize it");
    }

    @Test
    void a_sign_in_that_is_refused_for_too_many_failures_is_logged_with_its_wait() {
        signIn("203.0.113.1", "wr0ng-password");
        server.passes(Duration.ofSeconds(30));
        for (int i = 0; i < FAILURES_A_MINUTE; i++) {
            assertThat(signIn("203.0.113.2", "wr0ng-password")).isEqualTo(401);
        }
        server.passes(Duration.ofSeconds(30)); // log lines are allowed again, attempts are not
        assertThat(signIn("203.0.113.2", "wr0ng-password")).isEqualTo(429);
        assertThat(log.lines().get(LINES_A_MINUTE))
                .isEqualTo(
                        "failed sign-in from 203.0.113.2: too many failures, refused for the next 30 s; 21 more since"
                                + " the last such line. Block this address if you do not recognize it");
    }
}
