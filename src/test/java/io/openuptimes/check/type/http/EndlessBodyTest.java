package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.testing.RawServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses whose body never ends. */
@Timeout(180)
class EndlessBodyTest extends ProberTestBase {

    private static final int TIMEOUT = 2_000;

    /** A timeout that no test reaches. */
    private static final int LONG_TIMEOUT = 100_000;

    private static RawServer sending(String head, String piece) {
        return RawServer.of(conversation -> {
            conversation.awaitHead();
            conversation.send("HTTP/1.1 " + head + "\r\n\r\n");
            while (!piece.isEmpty()) {
                conversation.send(piece);
                Thread.sleep(20);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/event-stream",
                "Text/Event-Stream; charset=utf-8",
                "multipart/x-mixed-replace; boundary=frame",
                " multipart/x-mixed-replace;boundary=\"a b\""
            })
    void aStreamIsJudgedByItsHead(String type) throws Exception {
        try (RawServer server = sending("200 OK\r\nContent-Type: " + type, "")) {
            CheckResult result = probe(server.url(), Map.of("timeout", LONG_TIMEOUT));
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
            server.next().awaitClosedByPeer();
        }
    }

    @Test
    void aStreamOfAnotherStatusIsDown() throws Exception {
        try (RawServer server = sending("500 No\r\nContent-Type: text/event-stream", "")) {
            CheckResult result = probe(server.url(), Map.of("timeout", LONG_TIMEOUT));
            assertThat(result.outcome()).isEqualTo(Outcome.STATUS);
            assertThat(result.error()).isEqualTo("expected 200, got 500");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'200 OK\r\nTransfer-Encoding: chunked', '1\r\na\r\n', UP, ''",
        "'200 OK', 'a', UP, ''",
        "'503 No', 'a', STATUS, 'expected 200, got 503'"
    })
    void aBodyThatStillComesAtTheDeadlineIsJudgedByItsStatus(String head, String piece, Outcome outcome, String error)
            throws Exception {
        try (RawServer server = sending(head, piece)) {
            CheckResult result = probe(server.url(), Map.of("timeout", TIMEOUT));
            for (int i = 0; i < 10 && result.outcome() == Outcome.TIMEOUT; i++) {
                result = probe(server.url(), Map.of("timeout", TIMEOUT)); // a busy machine sent nothing for a second
            }
            assertThat(result.outcome()).as(result.error()).isEqualTo(outcome);
            assertThat(result.error()).isEqualTo(error);
            assertThat(result.responseTime()).isGreaterThanOrEqualTo(TIMEOUT);
            server.next().awaitClosedByPeer();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'200 OK\r\nContent-Length: 1000000', 'a'", // it promised an end
        "'200 OK\r\nTransfer-Encoding: chunked', ''", // nothing comes any more
        "'200 OK', ''"
    })
    void aBodyThatBreaksItsPromiseOrStopsIsTimedOut(String head, String piece) throws Exception {
        try (RawServer server = sending(head, piece)) {
            CheckResult result = probe(server.url(), Map.of("timeout", TIMEOUT));
            assertThat(result.outcome()).isEqualTo(Outcome.TIMEOUT);
            assertThat(result.error())
                    .isEqualTo("the response started with status 200 but did not complete within 2000 ms");
            assertThat(result.statusCode()).isEqualTo(200);
            server.next().awaitClosedByPeer();
        }
    }

    @Test
    void aBodyOfWhichNothingHasComeIsTimedOut() throws Exception {
        try (RawServer server = RawServer.of(conversation -> {
            conversation.awaitHead();
            Thread.sleep(1_700); // the head is younger than a second at the deadline
            conversation.send("HTTP/1.1 200 OK\r\n\r\n");
        })) {
            CheckResult result = probe(server.url(), Map.of("timeout", TIMEOUT));
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.TIMEOUT);
        }
    }

    @Test
    void theBodyOfARedirectThatIsFollowedIsNotWaitedFor() throws Exception {
        try (RawServer server = RawServer.of(conversation -> {
            if (conversation.awaitHead().startsWith("GET / ")) {
                conversation.send("HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 9\r\n\r\n");
            } else {
                conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        })) {
            CheckResult result = probe(server.url(), Map.of("timeout", LONG_TIMEOUT));
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
        }
    }
}
