package io.openuptimes.web.intake;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.RawClient;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that never end, over real sockets. */
class IntakeTest {

    private static final int KB = 1024;
    /** Short limits only for answered requests. */
    static final IntakeLimits PATIENT = new IntakeLimits(
            Duration.ofMinutes(1), Duration.ofMinutes(1), 1_000, 100, Duration.ofMillis(300), Duration.ofMillis(50));

    private final List<RawClient> clients = new ArrayList<>();
    private IntakeServer server = new IntakeServer(BodyBudget.of(1L << 30), IntakeServer.SHORT);

    private void serve(BodyBudget budget, IntakeLimits limits) {
        server.close();
        server = new IntakeServer(budget, limits);
    }

    private RawClient post(String path, String caller, int announced, int sent) throws IOException {
        RawClient client = server.post(path, caller, announced, sent);
        clients.add(client);
        return client;
    }

    private void eventuallyHeld(long bytes) throws Exception {
        eventually(() -> assertThat(server.budget.held()).isEqualTo(bytes));
    }

    @AfterEach
    void close() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        server.close();
    }

    @Test
    void oneCallerHoldsItsShareAndOthersFindRoom() throws Exception {
        serve(new BodyBudget(400 * KB, 200 * KB, 100 * KB, 50 * KB), PATIENT);
        post("/whole", "a", 200 * KB, 128 * KB);
        eventuallyHeld(128 * KB);

        RawClient second = post("/whole", "a", 200 * KB, 128 * KB);

        assertThat(second.answer())
                .startsWith("HTTP/1.1 429")
                .contains("Retry-After: 5", "onnection: close", "\"status\":429");
        assertThat(second.awaitEnd()).isFalse();
        eventuallyHeld(128 * KB);
        assertThat(post("/whole", "b", 128 * KB, 128 * KB).answer()).contains(128 * KB + " bytes");
        assertThat(server.refused(Refusal.CALLER)).isEqualTo(1);
    }

    @Test
    void allCallersHoldWhatTheProcessHasRoomFor() throws Exception {
        serve(new BodyBudget(400 * KB, 200 * KB, 100 * KB, 50 * KB), PATIENT);
        post("/whole", "a", 150 * KB, 128 * KB);
        post("/whole", "b", 150 * KB, 128 * KB);
        eventuallyHeld(256 * KB);

        assertThat(post("/whole", "c", 200 * KB, 190 * KB).answer())
                .startsWith("HTTP/1.1 503")
                .contains("Retry-After: 5");
        assertThat(server.refused(Refusal.PROCESS)).isEqualTo(1);
    }

    @Test
    void callersWithoutCredentialsLeaveRoomForThoseWithThem() throws Exception {
        serve(new BodyBudget(400 * KB, 200 * KB, 32 * KB, 32 * KB), PATIENT);
        post("/whole", "", 100 * KB, 32 * KB);
        eventuallyHeld(32 * KB);

        assertThat(post("/whole", "", 1, 1).answer()).startsWith("HTTP/1.1 429");
        assertThat(post("/whole", "key", 190 * KB, 190 * KB).answer()).contains(190 * KB + " bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/whole", "/streamed", "/kept"})
    void whateverEndsARequestGivesItsBytesBack(String path) throws Exception {
        serve(BodyBudget.of(1L << 30), PATIENT);
        RawClient closed = post(path, "a", 200 * KB, 100 * KB);
        RawClient reset = post(path, "a", 200 * KB, 100 * KB);
        eventually(() -> assertThat(server.budget.held()).isGreaterThanOrEqualTo(200 * KB));
        closed.close();
        reset.reset();
        eventuallyHeld(0);

        RawClient complete = post(path, "a", 100 * KB, 100 * KB);
        if (path.equals("/kept")) {
            eventually(() -> assertThat(server.budget.held()).isGreaterThanOrEqualTo(100 * KB));
            RawClient gone = post(path, "a", 100 * KB, 100 * KB);
            eventually(() -> assertThat(server.budget.held()).isGreaterThanOrEqualTo(200 * KB));
            gone.reset();
            eventually(() -> assertThat(server.budget.held()).isLessThan(200 * KB));
            server.answer.complete();
        }
        assertThat(complete.answer()).startsWith("HTTP/1.1 200");
        eventuallyHeld(0);
    }

    @Test
    void chunksOfOneByteHoldAsMuchAsOneChunkOfAll() throws Exception {
        serve(BodyBudget.of(1L << 30), PATIENT);
        RawClient client = server.connect()
                .send("POST /whole HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
                .send("1\r\nx\r\n".repeat(20_000));
        clients.add(client);

        eventuallyHeld(32 * KB);
        assertThat(client.send("0\r\n\r\n").answer()).contains("20000 bytes");
    }

    @ParameterizedTest
    @CsvSource({"/whole, 2000000, 0", "/whole, 2000000, 1500000", "/streamed, 20000000, 300000"})
    void aBodyThatIsTooLargeIsAnsweredAndItsConnectionEnds(String path, int announced, int sent) throws Exception {
        RawClient client = post(path, "a", announced, sent);

        assertThat(client.answer()).startsWith("HTTP/1.1 413").contains("onnection: close", "\"status\":413");
        assertThat(client.awaitEnd()).isFalse();
    }

    @Test
    void aClientThatSendsEverythingFirstReadsTheAnswerAndAnEnd() throws Exception {
        RawClient client = post("/whole", "a", 5_000_000, 5_000_000);

        assertThat(client.answer()).startsWith("HTTP/1.1 413");
        assertThat(client.awaitEnd()).isFalse();
        assertThat(server.refused(Refusal.UNREAD)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/whole", "/streamed"})
    void aBodyThatStopsIsAnsweredAndItsConnectionEnds(String path) throws Exception {
        RawClient client = post(path, "a", 100 * KB, 50 * KB);

        assertThat(client.answer())
                .startsWith("HTTP/1.1 408")
                .contains("onnection: close", "body: must arrive at 1000 bytes per second or more");
        assertThat(client.awaitEnd()).isFalse();
        eventuallyHeld(0);
        assertThat(server.refused(Refusal.SLOW_BODY)).isEqualTo(1);
    }

    @Test
    void theTimeThatWeTakeOverAPieceIsNotTheClients() throws Exception {
        Promise<Void> worked = Promise.promise();
        server.pieces.set(worked.future());
        RawClient streaming = post("/streamed", "a", 600 * KB, 300 * KB);
        eventually(() -> assertThat(server.budget.held()).isGreaterThanOrEqualTo(256 * KB));

        assertThat(post("/whole", "b", 100, 50).answer()).startsWith("HTTP/1.1 408"); // after a whole window
        worked.complete();

        assertThat(streaming.send(new byte[300 * KB]).answer()).startsWith("HTTP/1.1 200");
    }

    @Test
    void whatIsAnsweredBeforeItsBodyIsReadForAWhileOnly() throws Exception {
        RawClient small = post("/refused", "a", 1_000, 0);
        assertThat(small.answer()).startsWith("HTTP/1.1 401");
        small.send(new byte[1_000]);
        assertThat(small.send("GET /refused HTTP/1.1\r\nHost: a\r\n\r\n").answer())
                .as("the connection goes on")
                .startsWith("HTTP/1.1 401");

        RawClient endless = post("/refused", "a", 1_000_000_000, 1_000);
        assertThat(endless.answer()).startsWith("HTTP/1.1 401");
        assertThat(endless.awaitEnd()).isFalse();
        assertThat(server.refused(Refusal.UNREAD)).isEqualTo(1);
        assertThat(server.budget.held()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "G",
                "GET /whole HTTP/1.1\r\nHost: a\r\n",
                "GET /refused HTTP/1.1\r\nHost: a\r\n\r\n\r\n",
            })
    void aHeadThatDoesNotArriveEndsTheConnection(String begun) throws Exception {
        RawClient client = server.connect();
        clients.add(client);
        if (begun.endsWith("\r\n\r\n\r\n")) { // the second request on a connection
            assertThat(client.send(begun.substring(0, begun.length() - 2)).answer())
                    .startsWith("HTTP/1.1 401");
            client.send("PO");
        } else {
            client.send(begun);
        }
        client.awaitEnd();
        assertThat(server.refused(Refusal.SLOW_HEAD)).isEqualTo(1);
    }

    @Test
    void aConnectionBetweenRequestsMayBeIdle() throws Exception {
        RawClient idle = server.connect();
        clients.add(idle);
        assertThat(idle.send("GET /refused HTTP/1.1\r\nHost: a\r\n\r\n").answer())
                .startsWith("HTTP/1.1 401");

        for (int i = 0; i < 3; i++) {
            RawClient silent = server.connect();
            clients.add(silent);
            silent.awaitEnd(); // after the time limit for headers
        }
        assertThat(idle.send("GET /refused HTTP/1.1\r\nHost: a\r\n\r\n").answer())
                .startsWith("HTTP/1.1 401");
    }
}
