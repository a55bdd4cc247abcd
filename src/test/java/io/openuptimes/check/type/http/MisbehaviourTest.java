package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.testing.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that violate the protocol or never finish. */
@Timeout(180)
class MisbehaviourTest extends ProberTestBase {

    /** Long enough for a busy machine to get as far as the server allows. */
    private static final int TIMEOUT = 2_000;
    /** Allows for a busy machine; a check without a deadline would never end. */
    private static final int LATE = TIMEOUT + 30_000;

    private static final String NO_ANSWER = "no response within 2000 ms (waiting for the response)";
    private static final String NO_HANDSHAKE = "no response within 2000 ms (TLS handshake)";
    private static final String HEAD_BEGAN = "the response started, but its headers did not complete within 2000 ms";

    /** A server whose response never completes. */
    record Endless(String name, String scheme, String error, RawServer.Script script) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Endless> endless() {
        return Stream.of(
                new Endless("black hole", "http", NO_ANSWER, conversation -> {}),
                new Endless("stalled handshake", "https", NO_HANDSHAKE, conversation -> {}),
                new Endless(
                        "half a handshake",
                        "https",
                        NO_HANDSHAKE,
                        conversation -> conversation.send(new byte[] {22, 3, 3, 0, 80, 2})),
                new Endless("dripping head", "http", HEAD_BEGAN, conversation -> {
                    conversation.send("HTTP/1.1 200 OK\r\nX: ");
                    for (; ; ) {
                        conversation.send("a");
                        Thread.sleep(20);
                    }
                }),
                new Endless("headers for ever", "http", HEAD_BEGAN, conversation -> {
                    conversation.send("HTTP/1.1 200 OK\r\n");
                    for (int i = 0; ; i++) {
                        conversation.send("X-" + i + ": 1\r\n");
                        Thread.sleep(20);
                    }
                }),
                new Endless("continue for ever", "http", HEAD_BEGAN, conversation -> {
                    for (; ; ) {
                        conversation.send("HTTP/1.1 100 Continue\r\n\r\n");
                        Thread.sleep(50);
                    }
                }),
                new Endless("silent after redirect", "http", NO_ANSWER, conversation -> {
                    if (conversation.awaitHead().startsWith("GET / ")) {
                        conversation.send("HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n");
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("endless")
    void isTimedOutAndClosed(Endless endless) throws Exception {
        try (RawServer server = RawServer.of(endless.script)) {
            CheckResult result =
                    probe(endless.scheme + "://127.0.0.1:" + server.port() + "/", Map.of("timeout", TIMEOUT));
            assertThat(result.outcome()).isEqualTo(Outcome.TIMEOUT);
            assertThat(result.error()).isEqualTo(endless.error);
            assertThat(result.responseTime()).isBetween(TIMEOUT, LATE);
            server.next().awaitClosedByPeer();
            if (endless.name.equals("silent after redirect")) {
                server.next().awaitClosedByPeer();
            }
        }
    }

    @Test
    void isTimedOutWhileItDoesNotReadAndClosed() throws Exception {
        try (ServerSocket listener = new ServerSocket()) {
            listener.setReceiveBufferSize(4096);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
            CheckResult result = probe(
                    "http://127.0.0.1:" + listener.getLocalPort() + "/",
                    Map.of("timeout", TIMEOUT, "method", "POST", "body", "€".repeat(65_536)));
            assertThat(result.outcome()).isEqualTo(Outcome.TIMEOUT);
            try (Socket socket = listener.accept()) {
                socket.setSoTimeout(60_000);
                byte[] buffer = new byte[65_536];
                int n = 0;
                try {
                    while (n >= 0) {
                        n = socket.getInputStream().read(buffer);
                    }
                } catch (SocketTimeoutException e) {
                    throw new AssertionError("the connection is still open", e);
                } catch (IOException e) {
                    n = -1; // reset
                }
                assertThat(n).isNegative();
            }
        }
    }

    @Test
    void isTimedOutWhileConnecting() throws Exception {
        List<Socket> filling = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            boolean blackHole = false;
            for (int i = 0; i < 8 && !blackHole; i++) {
                Socket socket = new Socket();
                filling.add(socket);
                try {
                    socket.connect(full.getLocalSocketAddress(), 300);
                } catch (SocketTimeoutException e) {
                    blackHole = true;
                }
            }
            assumeTrue(blackHole, "this system accepts more than the backlog");
            CheckResult result = probe("http://127.0.0.1:" + full.getLocalPort() + "/", Map.of("timeout", TIMEOUT));
            assertThat(result.outcome()).isEqualTo(Outcome.TIMEOUT);
            assertThat(result.error()).isEqualTo("no response within " + TIMEOUT + " ms (connecting)");
            assertThat(result.responseTime()).isBetween(TIMEOUT, LATE);
        } finally {
            for (Socket socket : filling) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "garbage\\r\\n\\r\\n                                      | not a valid HTTP response: it has no HTTP status line",
                "SSH-2.0-OpenSSH_9.2p1\\r\\n                              | not a valid HTTP response: it has no HTTP status line",
                "HTTP/1.1 abc OK\\r\\n\\r\\n                              | not a valid HTTP response: it has no HTTP status line",
                "HTTP/2.0 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n       | not a valid HTTP response: its HTTP version was not requested",
                "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n | not a valid HTTP response: a chunk has no size",
                "HTTP/1.1 0 OK\\r\\n\\r\\n       | not a valid HTTP response: its status code does not have three digits",
                "HTTP/1.1 1000 OK\\r\\n\\r\\n    | not a valid HTTP response: its status code does not have three digits",
                "HTTP/1.1 200 OK\\r\\nnocolon\\r\\n\\r\\n | not a valid HTTP response: a header line has no colon",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\n | not a valid HTTP response: its Content-Length is invalid",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\nhalf   | connection closed before the response was complete",
                "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n5\\r\\nab | connection closed before the response was complete",
                "HTTP/1.1 200 OK\\r\\nContent-                            | connection closed within the response headers",
                "''                                                       | connection closed without a response"
            })
    void breaksTheProtocol(String answer, String error) throws Exception {
        String bytes = answer.replace("\\r", "\r").replace("\\n", "\n");
        try (RawServer server = RawServer.answering(bytes)) {
            CheckResult result = probe(server.url());
            assertThat(result.outcome()).isEqualTo(Outcome.PROTOCOL);
            assertThat(result.error()).isEqualTo(error);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, connection closed without a response",
        "'HTTP/1.1 200', 0, connection closed within the response headers",
        "'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', 200, connection closed before the response was complete"
    })
    void resetsTheConnection(String before, int status, String error) throws Exception {
        try (RawServer server = RawServer.of(conversation -> {
            conversation.awaitHead();
            conversation.send(before);
            awaitItsReading(); // what is not read when the reset comes is lost
            conversation.reset();
        })) {
            CheckResult result = probe(server.url());
            assertThat(result.outcome()).isEqualTo(Outcome.PROTOCOL);
            assertThat(result.error()).isEqualTo(error);
            assertThat(result.statusCode()).isEqualTo(status);
        }
    }

    @Test
    void answersInTls() throws Exception {
        try (RawServer server = RawServer.answering("\u0015\u0003\u0001\u0000\u0002\u0002(")) {
            CheckResult result = probe(server.url());
            assertThat(result.outcome()).isEqualTo(Outcome.PROTOCOL);
            assertThat(result.error()).isEqualTo("not a valid HTTP response: the server responded with TLS");
        }
    }

    /** The event loop of the check looks for what has arrived before each of its turns. */
    private static void awaitItsReading() throws InterruptedException {
        for (int turn = 0; turn < 4; turn++) {
            CountDownLatch turned = new CountDownLatch(1);
            context.runOnContext(run -> turned.countDown());
            turned.await();
            Thread.sleep(50); // so that the next one is another turn
        }
    }

    @Test
    void sendsAHeadWithoutEndAtFullSpeed() throws Exception {
        try (RawServer server = RawServer.of(conversation -> {
            conversation.send("HTTP/1.1 200 OK\r\n");
            for (int i = 0; ; i++) {
                conversation.send(("X-" + i + ": 1\r\n").repeat(100));
            }
        })) {
            CheckResult result = probe(server.url());
            assertThat(result.outcome()).isEqualTo(Outcome.PROTOCOL);
            assertThat(result.error()).isEqualTo("response headers are too large");
            server.next().awaitClosedByPeer();
        }
    }

    @Test
    void sendsInterimAnswersWithoutEndAtFullSpeed() throws Exception {
        try (RawServer server = RawServer.of(conversation -> {
            for (; ; ) {
                conversation.send("HTTP/1.1 100 Continue\r\n\r\n".repeat(100));
            }
        })) {
            CheckResult result = probe(server.url());
            assertThat(result.outcome()).isEqualTo(Outcome.PROTOCOL);
            server.next().awaitClosedByPeer();
        }
    }

    @ParameterizedTest
    @CsvSource({"200, UP", "500, STATUS"})
    void sendsMoreThanIsRead(int status, Outcome outcome) throws Exception {
        long all = 100L << 20;
        long[] sent = new long[1];
        try (RawServer server = RawServer.of(conversation -> {
            conversation.awaitHead();
            conversation.send("HTTP/1.1 " + status + " X\r\nContent-Length: " + all + "\r\n\r\n");
            byte[] block = new byte[65_536];
            for (sent[0] = 0; sent[0] < all; sent[0] += block.length) {
                conversation.send(block);
            }
        })) {
            CheckResult result = probe(server.url());
            assertThat(result.outcome()).as(result.error()).isEqualTo(outcome);
            server.next().awaitClosedByPeer();
            assertThat(sent[0]).isLessThan(all / 2);
        }
    }

    @Test
    void sendsAGzipBombThatIsNeverInflated() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 1024; i++) {
                gzip.write(zeros);
            }
        }
        try (RawServer server = RawServer.of(conversation -> {
            conversation.awaitHead();
            conversation.send(
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n\r\n");
            conversation.send(bomb.toByteArray());
        })) {
            long before = cpuOfTheEventLoop();
            CheckResult result = probe(server.url(), Map.of("headers", Map.of("Accept-Encoding", "gzip")));
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
            // 1 GiB takes more than a second of work to inflate; the bytes as they are take next to none
            assertThat(cpuOfTheEventLoop() - before).isLessThan(TimeUnit.MILLISECONDS.toNanos(500));
        }
    }

    private static long cpuOfTheEventLoop() throws Exception {
        CompletableFuture<Long> nanos = new CompletableFuture<>();
        context.runOnContext(
                run -> nanos.complete(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()));
        return nanos.get(60, TimeUnit.SECONDS);
    }
}
