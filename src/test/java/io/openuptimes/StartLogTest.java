package io.openuptimes;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.openuptimes.testing.LogCapture;
import io.openuptimes.testing.RawServer;
import io.openuptimes.testing.RunningApp;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The log at startup. */
class StartLogTest {

    @Test
    void an_ipv6_address_stands_in_brackets_and_a_short_key_is_warned_of() throws Exception {
        try (LogCapture log = LogCapture.of(App.class);
                RunningApp app =
                        RunningApp.start(Map.of("OPENUPTIMES_HTTP_HOST", "::\r", "OPENUPTIMES_API_KEY", "S3CRET"))) {
            String token = app.setupToken();
            eventually(() -> assertThat(log.lines())
                    .contains("listening on http://[::]:" + app.port())
                    .contains("set it up at http://localhost:" + app.port() + "/setup#token=" + token));
            assertThat(log.lines())
                    .anyMatch(
                            line -> line.startsWith("access.apiKey (OPENUPTIMES_API_KEY) has fewer than 16 characters"))
                    .noneMatch(line -> line.contains("S3CRET"));
        }
    }

    @Test
    void the_loopback_of_ipv6_stands_in_brackets() throws Exception {
        assumeTrue(RawServer.canListenOn("::1"), "no ::1 here");
        try (LogCapture log = LogCapture.of(App.class);
                RunningApp app = RunningApp.start(Map.of("OPENUPTIMES_HTTP_HOST", "::1"))) {
            eventually(() -> assertThat(log.lines()).contains("listening on http://[::1]:" + app.port()));
        }
    }
}
