package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.testing.Probes;
import io.openuptimes.testing.RawServer;
import io.openuptimes.testing.Services;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Checks during which the event loop really is blocked. */
class StandstillRepeatTest extends ProberTestBase {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    /** The server's handling of a received request, while the check's event loop is blocked. */
    private interface Meanwhile {
        void answer(RawServer.Conversation conversation) throws IOException;
    }

    /** Blocks the event loop for this long upon each of the first requests; others are answered. */
    private static RawServer holdingUp(int requests, long millis, Meanwhile meanwhile) {
        AtomicInteger asked = new AtomicInteger();
        return RawServer.of(conversation -> {
            conversation.awaitHead();
            if (asked.incrementAndGet() > requests) {
                conversation.send(OK);
                return;
            }
            CountDownLatch held = new CountDownLatch(1);
            context.runOnContext(run -> {
                held.countDown();
                hold(millis);
            });
            held.await();
            meanwhile.answer(conversation);
        });
    }

    private static void hold(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aDeadlineThatPassedMeanwhileIsNoTimeout() throws Exception {
        long before = prober.repeated();
        try (RawServer server = holdingUp(1, 2_500, silent -> {})) {
            CheckResult result = probe(server.url(), Map.of("timeout", 2_000));
            assertThat(result.outcome()).isEqualTo(Outcome.UP);
            assertThat(result.responseTime()).isLessThan(2_000);
        }
        assertThat(prober.repeated() - before).isEqualTo(1);
    }

    @Test
    void anAnswerThatLayThereMeanwhileGivesNoResponseTime() throws Exception {
        long before = prober.repeated();
        try (RawServer server = holdingUp(1, 1_500, conversation -> conversation.send(OK))) {
            CheckResult result = probe(server.url());
            assertThat(result.outcome()).isEqualTo(Outcome.UP);
            assertThat(result.responseTime()).isLessThan(1_500);
        }
        assertThat(prober.repeated() - before).isEqualTo(1);
    }

    @Test
    void aServerThatGaveUpMeanwhileIsAskedAgain() throws Exception {
        long before = prober.repeated();
        try (RawServer server = holdingUp(1, 1_500, RawServer.Conversation::close)) {
            assertThat(probe(server.url()).outcome()).isEqualTo(Outcome.UP);
        }
        assertThat(prober.repeated() - before).isEqualTo(1);
    }

    @Test
    void whereItHappensTwiceNothingIsSaidOfTheTarget() throws Exception {
        long before = prober.repeated();
        try (RawServer server = holdingUp(2, 1_500, silent -> {})) {
            CheckResult result = Probes.await(context, prober, Services.of(server.url(), Map.of("timeout", 1_000)));
            assertThat(result.outcome()).isEqualTo(Outcome.RESOURCE);
            assertThat(result.error()).isEqualTo("this machine was stalled");
            server.next().awaitClosedByPeer();
            server.next().awaitClosedByPeer();
        }
        assertThat(prober.repeated() - before).isEqualTo(1);
    }
}
