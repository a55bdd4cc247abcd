package io.openuptimes.faults;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.faults.ConfigurationWrites.Write;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A change whose response is lost: it was applied, the service cannot know, and it must be undone. */
class LostAnswerTest {

    private static Monitored monitored;
    private static List<Write> writes;

    @BeforeAll
    static void start() throws Exception {
        monitored = new Monitored(Map.of("OPENUPTIMES_CHECK_INTERVAL", "3600"));
        writes = ConfigurationWrites.on(monitored);
    }

    @AfterAll
    static void stop() throws IOException {
        monitored.close();
    }

    static List<Write> writes() {
        return writes;
    }

    @ParameterizedTest
    @MethodSource("writes")
    void isAnsweredWith503AndUndone(Write listed) throws Exception {
        Write write = ConfigurationWrites.now(monitored, listed);
        SortedMap<String, String> before = ConfigurationWrites.stored(monitored);
        trap(write.commits());

        HttpResponse<String> answer = ConfigurationWrites.send(monitored, write);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).contains("\"error\":true").contains("\"message\":\"");
        assertThat(monitored.line.isSprung()).isTrue();
        monitored.reachable();
        eventually(() -> assertThat(ConfigurationWrites.stored(monitored)).isEqualTo(before));
    }

    /** Cuts off the response to the command that commits the next change. */
    private static void trap(int commits) {
        if (commits == 1) {
            monitored.line.cutAnswer(ConfigurationWrites.COMMIT, 2);
        } else {
            monitored.line.before(ConfigurationWrites.COMMIT, () -> trap(commits - 1));
        }
    }

    @Test
    void whatCountsAlreadyIsAnsweredAsSuch() throws Exception {
        monitored.done("POST", "/api/services", "{\"name\":\"r\",\"url\":\"http://127.0.0.1:9/\"}");
        monitored.line.before(ConfigurationWrites.COMMIT, () -> trap(2));

        HttpResponse<String> renamed =
                monitored.send("PUT", "/api/services?name=r", "{\"name\":\"r2\",\"url\":\"http://127.0.0.1:9/\"}");

        assertThat(renamed.statusCode()).as(renamed.body()).isEqualTo(200);
        assertThat(monitored.line.isSprung()).isTrue();
        monitored.reachable();
        assertThat(monitored.json("/api/services").encode())
                .contains("\"name\":\"r2\"")
                .doesNotContain("\"name\":\"r\"");
        monitored.done("POST", "/api/services", "{\"name\":\"r\",\"url\":\"http://127.0.0.1:9/\"}");
        monitored.done("DELETE", "/api/services?name=r", null);
        monitored.done("DELETE", "/api/services?name=r2", null);
    }

    @Test
    void whatIsInterruptedAfterItCountsIsDoneLater() throws Exception {
        monitored.line.before(
                ConfigurationWrites.COMMIT,
                () -> monitored.line.cutAnswer(Pattern.compile("evalsha.*:services", Pattern.DOTALL), 0));

        HttpResponse<String> answer =
                monitored.send("PATCH", "/api/services?label=kind=test", "{\"description\":\"done later\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        eventually(() -> assertThat(monitored.line.isSprung()).isTrue());
        eventually(() ->
                assertThat(monitored.json("/api/services?name=a").encode()).contains("\"description\":\"done later\""));
    }
}
