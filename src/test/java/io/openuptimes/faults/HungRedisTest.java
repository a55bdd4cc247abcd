package io.openuptimes.faults;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.faults.ConfigurationWrites.Write;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Redis stopped by a signal: it accepts connections and commands, and responds once resumed. */
class HungRedisTest {

    private static final int SERVICES = 50;

    private Monitored monitored;

    @BeforeEach
    void start() throws Exception {
        monitored = new Monitored(Map.of());
    }

    @AfterEach
    void stop() throws IOException {
        monitored.close();
    }

    @Test
    void checksGoOnAndNothingIsLostOrChanged() throws Exception {
        monitored.services(SERVICES);
        List<Write> writes = ConfigurationWrites.on(monitored);
        SortedMap<String, String> before = ConfigurationWrites.stored(monitored);

        monitored.redis.pause();

        monitored.unreachable();
        for (Write write : writes) {
            HttpResponse<String> answer = ConfigurationWrites.send(monitored, write);
            assertThat(answer.statusCode()).as(write + ": " + answer.body()).isEqualTo(503);
        }
        monitored.goOnChecking(SERVICES, 2);
        assertThat(monitored.json("/api/status").getJsonArray("services")).hasSizeGreaterThanOrEqualTo(SERVICES);
        assertThat(monitored.json("/api/store").getInteger("queued")).isPositive();

        monitored.redis.goOn();

        monitored.reachable();
        assertThat(ConfigurationWrites.stored(monitored)).isEqualTo(before);
        monitored.everyCheckIsInHistoryOnce(SERVICES);
    }

    @Test
    void whatIsUnderWayWhenItStopsIsNotDoneWhenItGoesOn() throws Exception {
        SortedMap<String, String> before = ConfigurationWrites.stored(monitored);
        monitored.line.before(ConfigurationWrites.COMMIT, this::pause);

        HttpResponse<String> answer = monitored.send("PATCH", "/api/site", "{\"siteName\":\"Other\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(monitored.line.isSprung()).isTrue();
        monitored.redis.goOn();
        monitored.reachable();
        eventually(() -> monitored.done("PATCH", "/api/site", "{\"footer\":\"after it\"}"));
        assertThat(monitored.json("/api/site").getString("siteName")).isEqualTo("OpenUptimes");
        before.put("ou:settings footer", "after it");
        assertThat(ConfigurationWrites.stored(monitored)).isEqualTo(before);
    }

    /** The same if the process that sent the write is gone when Redis resumes, so that nothing can undo it. */
    @Test
    void nobodyNeedsToBeThereForThat() throws Exception {
        SortedMap<String, String> before = ConfigurationWrites.stored(monitored);
        monitored.line.before(ConfigurationWrites.COMMIT, this::pause);

        HttpResponse<String> answer = monitored.send("PATCH", "/api/site", "{\"siteName\":\"Other\"}");
        monitored.app.close();
        monitored.redis.goOn();

        assertThat(answer.statusCode()).isEqualTo(503);
        eventually(() -> assertThat(ConfigurationWrites.stored(monitored)).isEqualTo(before));
    }

    private void pause() {
        try {
            monitored.redis.pause();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
