package io.openuptimes.faults;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Redis behind a line that is slow, breaks in the middle of answers, falls silent, or is gone for a while. */
class BadLineTest {

    private static final int SERVICES = 100;
    /** Of the script that writes results. */
    private static final Pattern RECORD = Pattern.compile("evalsha.*\\{ou:\\d+}:status\r\n", Pattern.DOTALL);

    private Monitored monitored;

    @BeforeEach
    void start() throws Exception {
        monitored = new Monitored(Map.of("OPENUPTIMES_STORE_BATCH", "10"));
        monitored.services(SERVICES);
    }

    @AfterEach
    void stop() throws IOException {
        monitored.close();
    }

    @Test
    void answersAreCutInTheMiddle() throws Exception {
        for (int bytes : new int[] {0, 1, 5, 20}) {
            for (int i = 0; i < 3; i++) {
                monitored.line.cutAnswer(RECORD, bytes);
                monitored.target.down("/s" + i);
                monitored.goOnChecking(SERVICES, 1);
                monitored.target.up("/s" + i);
            }
            eventually(() -> assertThat(monitored.line.isSprung()).isTrue());
        }
        monitored.everyCheckIsInHistoryOnce(SERVICES);
    }

    /** Ten results a batch, one batch each half second, would be a fifth of what comes. */
    @Test
    void halfASecondOfDelayCostsNoThroughput() throws Exception {
        monitored.line.slowDown(500);

        monitored.goOnChecking(SERVICES, 5);

        // it would grow without an end
        eventually(() ->
                assertThat(monitored.json("/api/store").getInteger("queued")).isLessThan(3 * SERVICES));
        assertThat(monitored.storeReachable()).isTrue();
        monitored.done("PATCH", "/api/site", "{\"siteName\":\"Slow\"}");
        monitored.line.slowDown(0);
        monitored.everyCheckIsInHistoryOnce(SERVICES);
    }

    @Test
    void aSilentLineAndOneThatIsGone() throws Exception {
        monitored.line.fallSilent();
        monitored.unreachable();
        monitored.line.cut();
        monitored.goOnChecking(SERVICES, 2);
        monitored.line.mend();

        monitored.reachable();
        monitored.everyCheckIsInHistoryOnce(SERVICES);
    }
}
