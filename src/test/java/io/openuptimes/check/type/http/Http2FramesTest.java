package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.RawHttp2;
import io.openuptimes.testing.RawHttp2Server;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP/2 servers, frame by frame. */
@Timeout(120)
class Http2FramesTest extends ProberTestBase {

    private static final int GOAWAY = 7;
    private static final int REFUSED_STREAM = 7;
    private static final int TIMEOUT = 2_000;

    @TempDir
    static Path directory;

    private static Path keys;

    @BeforeAll
    static void makeCertificate() {
        keys = Certificates.in(directory).selfSigned("server", "ip:127.0.0.1").store();
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static CheckResult check(RawHttp2Server server) {
        return probe(server.url(), Map.of("ignoreTlsErrors", true, "timeout", 100_000));
    }

    @ParameterizedTest
    @CsvSource({"100", "102", "103", "199"})
    void interimAnswersAreNotTakenForTheFinalOne(String interim) throws Exception {
        try (RawHttp2Server server = RawHttp2Server.of(keys, (number, conversation) -> {
            conversation.status(interim, false);
            conversation.status(interim, false);
            conversation.status("200", true);
        })) {
            CheckResult result = check(server);
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
            assertThat(result.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void interimAnswersWithoutEndEndTheCheck() throws Exception {
        try (RawHttp2Server server = RawHttp2Server.of(keys, (number, conversation) -> {
            for (int i = 0; i < 10_000; i++) {
                conversation.status("103", false);
            }
        })) {
            assertThat(check(server).outcome()).isEqualTo(Outcome.PROTOCOL);
        }
    }

    @Test
    void aRefusedRequestIsSentOnceMore() throws Exception {
        try (RawHttp2Server server = RawHttp2Server.of(keys, (number, conversation) -> {
            if (number == 1) {
                conversation.frame(RawHttp2.RST_STREAM, 0, number(REFUSED_STREAM));
            } else {
                conversation.status("200", true);
            }
        })) {
            CheckResult result = check(server);
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
        }
    }

    @Test
    void aRequestThatIsRefusedTwiceIsDown() throws Exception {
        try (RawHttp2Server server = RawHttp2Server.of(
                keys, (number, conversation) -> conversation.frame(RawHttp2.RST_STREAM, 0, number(REFUSED_STREAM)))) {
            CheckResult result = check(server);
            assertThat(result.outcome()).isEqualTo(Outcome.PROTOCOL);
            assertThat(result.error()).isEqualTo("the server reset the HTTP/2 stream (REFUSED_STREAM)");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aServerThatGoesAwayStillAnswers() throws Exception {
        try (RawHttp2Server server = RawHttp2Server.of(keys, (number, conversation) -> {
            conversation.send(RawHttp2.bytes(
                    GOAWAY,
                    0,
                    0,
                    ByteBuffer.allocate(8).putInt(conversation.stream()).array()));
            conversation.status("200", true);
        })) {
            CheckResult result = check(server);
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
        }
    }

    @Test
    void aRequestThatAServerGoingAwayHasNotTakenIsSentOnceMore() throws Exception {
        try (RawHttp2Server server = RawHttp2Server.of(keys, (number, conversation) -> {
            if (number == 1) {
                conversation.send(RawHttp2.bytes(GOAWAY, 0, 0, new byte[8]));
            } else {
                conversation.status("200", true);
            }
        })) {
            CheckResult result = check(server);
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
        }
    }

    @Test
    void aStatusThatIsNoneIsNoAnswer() throws Exception {
        try (RawHttp2Server server =
                RawHttp2Server.of(keys, (number, conversation) -> conversation.status("ok", true))) {
            assertThat(check(server).outcome()).isEqualTo(Outcome.PROTOCOL);
        }
    }

    @Test
    void aBodyWithoutLengthThatStillComesAtTheDeadlineIsJudgedByItsStatus() throws Exception {
        try (RawHttp2Server server = RawHttp2Server.of(keys, (number, conversation) -> {
            conversation.status("200", false);
            for (; ; ) {
                conversation.frame(RawHttp2.DATA, 0, new byte[] {'a'});
                Thread.sleep(20);
            }
        })) {
            Map<String, Object> fields = Map.of("ignoreTlsErrors", true, "timeout", TIMEOUT);
            CheckResult result = probe(server.url(), fields);
            for (int i = 0; i < 10 && result.outcome() == Outcome.TIMEOUT; i++) {
                result = probe(server.url(), fields); // a busy machine sent nothing for a second
            }
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
        }
    }
}
