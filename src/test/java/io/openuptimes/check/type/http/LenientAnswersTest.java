package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.testing.CurlProgram;
import io.openuptimes.testing.RawServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Responses that violate HTTP but are accepted by browsers and curl. */
@Timeout(120)
class LenientAnswersTest extends ProberTestBase {

    /** A response with status 200. */
    record Odd(String name, String answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Odd> answers() {
        String ok = "HTTP/1.1 200 OK\r\n";
        String chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
        return Stream.of(
                new Odd("lines end in LF alone", "HTTP/1.1 200 OK\nServer: x\nContent-Length: 2\n\nok"),
                new Odd("some lines end in LF alone", "HTTP/1.1 200 OK\r\nServer: x\nContent-Length: 2\r\n\nok"),
                new Odd("control character in a value", ok + "X-Id: a\u0001b\u007f\r\nContent-Length: 2\r\n\r\nok"),
                new Odd("bytes of UTF-8 in a value", ok + "X-Id: \u00c3\u00bc\r\nContent-Length: 2\r\n\r\nok"),
                new Odd(
                        "length beside chunked",
                        ok + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
                new Odd(
                        "chunked beside a length of 0",
                        ok + "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
                new Odd("the same length twice", ok + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nok"),
                new Odd("odd header names", ok + "X@(Y): 1\r\n\u00e9: 2\r\nX Y: 3\r\nContent-Length: 2\r\n\r\nok"),
                new Odd("space before the colon", ok + "Content-Length : 2\r\n\r\nok"),
                new Odd("padded chunk sizes", chunked + "2  \r\nok\r\n000000  \r\n\r\n"),
                new Odd("chunks in lines that end in LF alone", chunked + "2\nok\n0\n\n"),
                new Odd("chunk extensions", chunked + "2;a=\"b;c\";d\r\nok\r\n0;x\r\nX-Trailer: 1\r\n\r\n"),
                new Odd("chunked, chunked", ok + "Transfer-Encoding: chunked, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
                new Odd(
                        "chunked twice",
                        ok + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
                new Odd("chunked in HTTP/1.0", chunked.replace("1.1", "1.0") + "2\r\nok\r\n0\r\n\r\n"),
                new Odd("identity", ok + "Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nok"),
                new Odd("no reason", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok"),
                new Odd("a folded header", ok + "X-A: b\r\n\tc\r\nContent-Length: 2\r\n\r\nok"),
                new Odd("a long header", ok + "Link: " + "x".repeat(90_000) + "\r\nContent-Length: 2\r\n\r\nok"),
                new Odd("a head of 250 kB", ok + "X: 12345678\r\n".repeat(19_000) + "Content-Length: 2\r\n\r\nok"),
                new Odd("a switch that nobody asked for after 100", "HTTP/1.1 100 Continue\n\n" + ok + "\r\nok"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void isUp(Odd odd) throws Exception {
        try (RawServer server = RawServer.answering(odd.answer)) {
            CheckResult result = probe(server.url());
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
            assertThat(result.statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void isReadByCurlToo(Odd odd) throws Exception {
        assumeTrue(CurlProgram.isThere(), "no curl here");
        try (RawServer server = RawServer.answering(odd.answer)) {
            assertThat(CurlProgram.status(server.url())).isEqualTo("200, exit 0");
        }
    }
}
