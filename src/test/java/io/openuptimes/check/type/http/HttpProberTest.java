package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.openuptimes.config.Version;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.testing.FreePorts;
import io.openuptimes.testing.RawServer;
import io.openuptimes.testing.RawServer.Conversation;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The request of a check, and its verdict on servers that follow the protocol. */
class HttpProberTest extends ProberTestBase {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfine\n";
    private static final String OK_EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    @Test
    void isUpWithTheExpectedStatus() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            CheckResult result = probe(server.url());
            assertThat(result.outcome()).isEqualTo(Outcome.UP);
            assertThat(result.statusCode()).isEqualTo(200);
            assertThat(result.error()).isEmpty();
            assertThat(result.serviceId()).isEqualTo("id");
            assertThat(result.timestamp()).isEqualTo(NOW);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "503, 200, STATUS, 'expected 200, got 503'",
        "404, 404, UP, ''",
        "204, 200, STATUS, 'expected 200, got 204'",
        "301, 301, UP, ''",
        "304, 304, UP, ''"
    })
    void judgesByTheStatus(int answered, int expected, Outcome outcome, String error) throws Exception {
        String head = "HTTP/1.1 " + answered + " X\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n";
        try (RawServer server = RawServer.answering(head)) {
            CheckResult result = probe(server.url(), Map.of("expectedStatus", expected));
            assertThat(result.outcome()).isEqualTo(outcome);
            assertThat(result.statusCode()).isEqualTo(answered);
            assertThat(result.error()).isEqualTo(error);
        }
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void sendsMethodHeadersAndBody(Method method) throws Exception {
        String answer = method == Method.HEAD ? "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" : OK;
        try (RawServer server = RawServer.of(conversation -> {
            conversation.awaitHead();
            conversation.send(answer);
        })) {
            CheckResult result = probe(
                    server.url() + "a%20b?q=1&r=%2F",
                    Map.of("method", method.name(), "headers", Map.of("X-Token", "s3cret"), "body", "{\"ü\":1}"));
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
            Conversation seen = server.next();
            seen.awaitClosedByPeer();
            assertThat(seen.awaitHead().lines())
                    .contains(
                            method + " /a%20b?q=1&r=%2F HTTP/1.1",
                            "host: 127.0.0.1:" + server.port(),
                            "user-agent: OpenUptimes/" + Version.CURRENT,
                            "accept: */*",
                            "connection: close",
                            "content-length: 8",
                            "X-Token: s3cret");
            assertThat(seen.received()).endsWith("\r\n\r\n{\"Ã¼\":1}"); // UTF-8, read as Latin-1
        }
    }

    @Test
    void saysThatAPostWithoutABodyIsEmpty() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            probe(server.url(), Map.of("method", "POST"));
            assertThat(server.next().awaitHead().lines()).contains("content-length: 0");
        }
    }

    @Test
    void asksForNoCompression() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            probe(server.url());
            assertThat(server.next().awaitHead().toLowerCase(Locale.ROOT)).doesNotContain("accept-encoding");
        }
    }

    @Test
    void letsTheServiceSetHostUserAgentAndAccept() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            probe(
                    server.url(),
                    Map.of("headers", Map.of("Host", "www.example.org", "user-agent", "me", "Accept", "text/html")));
            String head = server.next().awaitHead().toLowerCase(Locale.ROOT);
            assertThat(head.lines()).contains("host: www.example.org", "user-agent: me", "accept: text/html");
            assertThat(head)
                    .containsOnlyOnce("host:")
                    .containsOnlyOnce("user-agent:")
                    .doesNotContain("openuptimes");
        }
    }

    @Test
    void opensAConnectionForEachCheck() throws Exception {
        try (RawServer server = RawServer.of(conversation -> {
            conversation.awaitHead();
            conversation.send("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n");
        })) {
            probe(server.url());
            server.next().awaitClosedByPeer();
            probe(server.url());
            server.next().awaitClosedByPeer();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\n\r\nuntil the end",
                "HTTP/1.1 200 OK\r\n\r\nuntil the end",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Trailer: 1\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"
            })
    void understandsEveryFormOfAnswer(String answer) throws Exception {
        try (RawServer server = RawServer.answering(answer)) {
            CheckResult result = probe(server.url());
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
        }
    }

    @Test
    void resolvesNames() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            CheckResult result = probe("http://localhost:" + server.port() + "/");
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
            assertThat(server.next().awaitHead().lines()).contains("host: localhost:" + server.port());
        }
    }

    @Test
    void reachesIpv6Addresses() throws Exception {
        assumeTrue(RawServer.canListenOn("::1"), "no IPv6 here");
        try (RawServer server = RawServer.on("::1", conversation -> {
            conversation.awaitHead();
            conversation.send(OK_EMPTY);
        })) {
            CheckResult result = probe("http://[::1]:" + server.port() + "/");
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
            assertThat(server.next().awaitHead().lines()).contains("host: [::1]:" + server.port());
        }
    }

    @Test
    void tellsARefusedConnection() throws Exception {
        CheckResult result = probe("http://127.0.0.1:" + FreePorts.one() + "/");
        assertThat(result.outcome()).isEqualTo(Outcome.CONNECT);
        assertThat(result.error()).isEqualTo("connection refused");
    }

    @Test
    void measuresThePhases() throws Exception {
        try (RawServer server = RawServer.of(conversation -> {
            conversation.awaitHead();
            Thread.sleep(800);
            conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n");
            Thread.sleep(800);
            conversation.send("x");
        })) {
            CheckResult result = probe(server.url());
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
            // less than it was, as far as the machine is late to notice what comes
            assertThat(result.phases().firstByte()).isGreaterThanOrEqualTo(400);
            assertThat(result.phases().transfer()).isGreaterThanOrEqualTo(400);
            assertThat(result.phases().dns()).isZero();
            assertThat(result.phases().tls()).isZero();
            assertThat(result.phases().connect()
                            + result.phases().firstByte()
                            + result.phases().transfer())
                    .isCloseTo(result.responseTime(), within(300));
        }
    }
}
