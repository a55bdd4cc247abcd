package io.openuptimes.web.intake;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.RawClient;
import io.openuptimes.testing.RawHttp2;
import io.vertx.core.net.PfxOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Abusive HTTP/2 frames, over TLS. */
class Http2IntakeTest {

    private static final int KB = 1024;
    /** Client-initiated streams have odd ids. */
    private static final int FIRST = 1;

    @TempDir
    private static Path dir;

    private static PfxOptions certificate;

    private final List<RawHttp2> clients = new ArrayList<>();
    private IntakeServer server;

    @BeforeAll
    static void certify() throws Exception {
        certificate = new PfxOptions()
                .setPath(Certificates.in(dir)
                        .selfSigned("server", "dns:localhost")
                        .store()
                        .toString())
                .setAlias("server")
                .setPassword(Certificates.PASSWORD);
        // the first TLS handshake of a process may exceed short limits on a busy machine
        try (IntakeServer patient = new IntakeServer(BodyBudget.of(1L << 30), IntakeTest.PATIENT, certificate);
                RawHttp2 first = RawHttp2.begin(patient.port())) {
            byte[] request = RawHttp2.request("GET", "/refused");
            first.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, FIRST, request);
            assertThat(first.status().code()).isEqualTo(401);
        }
    }

    private RawHttp2 begin(BodyBudget budget, IntakeLimits limits) throws IOException {
        server = new IntakeServer(budget, limits, certificate);
        return begin();
    }

    private RawHttp2 begin() throws IOException {
        RawHttp2 client = RawHttp2.begin(server.port());
        clients.add(client);
        return client;
    }

    /** Performs only the TLS handshake. */
    private RawHttp2 connect() throws IOException {
        RawHttp2 client = RawHttp2.connect(server.port());
        clients.add(client);
        return client;
    }

    private static void post(RawHttp2 client, int stream, int sent) throws IOException {
        client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, RawHttp2.request("POST", "/whole", "caller", "a"));
        for (int i = 0; i < sent; i += 8 * KB) {
            client.frame(RawHttp2.DATA, 0, stream, new byte[8 * KB]);
        }
    }

    @AfterEach
    void close() throws IOException {
        for (RawHttp2 client : clients) {
            client.close();
        }
        server.close();
    }

    private static byte[] resetRequest(int i) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        int stream = FIRST + 2 * i;
        byte[] request = RawHttp2.request("POST", "/kept", "caller", "a");
        frames.writeBytes(RawHttp2.bytes(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, request));
        frames.writeBytes(RawHttp2.bytes(RawHttp2.RST_STREAM, 0, stream, new byte[4]));
        return frames.toByteArray();
    }

    private interface Flood {
        byte[] frame(int i);
    }

    private static Arguments flood(String name, Flood flood) {
        return arguments(name, flood);
    }

    static Stream<Arguments> floods() {
        byte[] open = RawHttp2.request("POST", "/kept", "caller", "a");
        return Stream.of(
                flood("settings", i -> RawHttp2.bytes(RawHttp2.SETTINGS, 0, 0, new byte[0])),
                flood("pings", i -> RawHttp2.bytes(RawHttp2.PING, 0, 0, new byte[8])),
                flood("priorities", i -> RawHttp2.bytes(RawHttp2.PRIORITY, 0, 3 + 2 * i, new byte[5])),
                flood("requests that are reset", Http2IntakeTest::resetRequest),
                flood("unknown frames", i -> RawHttp2.bytes(0x42, 0, 0, new byte[4])),
                flood(
                        "empty data",
                        i -> i == 0
                                ? RawHttp2.bytes(RawHttp2.HEADERS, RawHttp2.END_HEADERS, FIRST, open)
                                : RawHttp2.bytes(RawHttp2.DATA, 0, FIRST, new byte[0])),
                flood(
                        "continuations",
                        i -> i == 0
                                ? RawHttp2.bytes(RawHttp2.HEADERS, 0, FIRST, open)
                                : RawHttp2.bytes(RawHttp2.CONTINUATION, 0, FIRST, new byte[0])),
                flood(
                        "continuations that carry something",
                        i -> i == 0
                                ? RawHttp2.bytes(RawHttp2.HEADERS, 0, FIRST, open)
                                : RawHttp2.bytes(
                                        RawHttp2.CONTINUATION, 0, FIRST, RawHttp2.fields("x-" + i, "x".repeat(100)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void aFloodEndsItsConnection(String name, Flood flood) throws Exception {
        RawHttp2 client = begin(BodyBudget.of(1L << 30), IntakeTest.PATIENT);
        int sent = 0;
        try {
            while (sent < 200_000) {
                client.send(flood.frame(sent++));
            }
        } catch (IOException e) {
            // the connection has ended
        }
        assertThat(sent).isLessThan(200_000);
        assertThat(server.budget.held()).isZero();

        RawHttp2 another = begin();
        another.frame(
                RawHttp2.HEADERS,
                RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                FIRST,
                RawHttp2.request("GET", "/refused"));
        assertThat(another.status().code()).isEqualTo(401);
    }

    @Test
    void streamsShareTheBudgetOfTheirCaller() throws Exception {
        RawHttp2 client = begin(new BodyBudget(400 * KB, 100 * KB, 50 * KB, 50 * KB), IntakeTest.PATIENT);
        for (int i = 0; i < 3; i++) {
            post(client, FIRST + 2 * i, 32 * KB);
        }
        eventually(() -> assertThat(server.budget.held()).isEqualTo(96 * KB));

        post(client, 7, 8 * KB);

        assertThat(client.status()).isEqualTo(new RawHttp2.Status(7, 429));
        client.frame(RawHttp2.RST_STREAM, 0, FIRST, new byte[4]);
        eventually(() -> assertThat(server.budget.held()).isEqualTo(64 * KB));
        post(client, 9, 8 * KB);
        client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 9, new byte[0]);
        assertThat(client.status()).isEqualTo(new RawHttp2.Status(9, 200));
        client.close();
        eventually(() -> assertThat(server.budget.held()).isZero());
    }

    @Test
    void aBodyThatStopsIsAnsweredAndTheOthersGoOn() throws Exception {
        RawHttp2 client = begin(BodyBudget.of(1L << 30), IntakeServer.SHORT);
        post(client, 1, 8 * KB);

        assertThat(client.status()).isEqualTo(new RawHttp2.Status(1, 408));

        post(client, 3, 8 * KB);
        client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 3, new byte[0]);
        assertThat(client.status()).isEqualTo(new RawHttp2.Status(3, 200));
        eventually(() -> assertThat(server.budget.held()).isZero());
    }

    static Stream<Arguments> beginnings() {
        byte[] preface = RawHttp2.PREFACE.getBytes(StandardCharsets.US_ASCII);
        byte[] settings = RawHttp2.bytes(RawHttp2.SETTINGS, 0, 0, new byte[0]);
        return Stream.of(
                arguments("nothing", new byte[0]),
                arguments("a part of the preface", Arrays.copyOf(preface, preface.length / 2)),
                arguments("no settings", preface),
                arguments(
                        "a part of the settings",
                        ByteBuffer.allocate(preface.length + 5)
                                .put(preface)
                                .put(settings, 0, 5)
                                .array()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("beginnings")
    void aConnectionThatDoesNotBeginEndsAndOthersGoOn(String name, byte[] sent) throws Exception {
        RawHttp2 begun = begin(BodyBudget.of(1L << 30), IntakeServer.SHORT);
        RawHttp2 client = connect();

        client.send(sent);

        client.awaitEnd(); // the other connection is idle in the meantime
        post(begun, FIRST, 8 * KB);
        begun.frame(RawHttp2.DATA, RawHttp2.END_STREAM, FIRST, new byte[0]);
        assertThat(begun.status()).isEqualTo(new RawHttp2.Status(FIRST, 200));
    }

    @Test
    void settingsThatTrickleInEndTheConnection() throws Exception {
        server = new IntakeServer(BodyBudget.of(1L << 30), IntakeServer.SHORT, certificate);
        RawHttp2 client = connect();
        client.send(RawHttp2.PREFACE.getBytes(StandardCharsets.US_ASCII));
        byte[] settings = RawHttp2.bytes(RawHttp2.SETTINGS, 0, 0, new byte[600]);
        int sent = 0;
        try {
            while (sent < settings.length) {
                client.send(new byte[] {settings[sent++]});
                Thread.sleep(50); // paces the client
            }
        } catch (IOException e) {
            // the connection has ended
        }

        assertThat(sent).isLessThan(settings.length);
    }

    @Test
    void aHandshakeThatStopsEndsTheConnection() throws Exception {
        server = new IntakeServer(BodyBudget.of(1L << 30), IntakeServer.SHORT, certificate);
        try (RawClient silent = server.connect();
                RawClient partial = server.connect()) {
            partial.send(new byte[] {22, 3, 1, 2, 0, 1, 0}); // start of a ClientHello of 512 bytes

            silent.awaitEnd();
            partial.awaitEnd();
        }
        eventually(() -> assertThat(server.refused(Refusal.SLOW_HANDSHAKE)).isEqualTo(2));
    }

    @Test
    void aHeaderBlockThatDoesNotArriveEndsTheConnection() throws Exception {
        RawHttp2 client = begin(BodyBudget.of(1L << 30), IntakeServer.SHORT);
        client.frame(RawHttp2.HEADERS, 0, FIRST, RawHttp2.request("GET", "/refused"));

        client.awaitEnd();
        assertThat(server.refused(Refusal.SLOW_HEAD)).isEqualTo(1);

        RawHttp2 part = begin();
        byte[] frame =
                RawHttp2.bytes(RawHttp2.HEADERS, RawHttp2.END_HEADERS, FIRST, RawHttp2.request("GET", "/refused"));
        part.send(Arrays.copyOf(frame, frame.length - 1));
        part.awaitEnd();
        assertThat(server.refused(Refusal.SLOW_HEAD)).isEqualTo(2);
    }
}
