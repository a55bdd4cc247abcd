package io.openuptimes.faults;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis over a connection that is slow, breaks within responses, falls silent, or is down for a while. */
class BadLineTest {

    private static final int SERVICES = 100;
    /** The call of the script that writes results. */
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

    /** Ten results per batch and one batch per half second would be a fifth of the incoming rate. */
    @Test
    void halfASecondOfDelayCostsNoThroughput() throws Exception {
        monitored.line.slowDown(500);

        monitored.goOnChecking(SERVICES, 5);

        // otherwise the queue would grow without bound
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
