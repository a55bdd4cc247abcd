package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.openuptimes.testing.SilentClient;
import io.openuptimes.web.http.Outflow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that request much and read nothing, or slowly. */
class UnreadAnswersTest {

    private static final String WITH_KEY = "Authorization: Bearer " + LargeBoard.KEY;

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)\r\n");

    /** Reserved by a response on its way to the socket. */
    private static final long COST = 96 * 1024;

    private static final Outflow.Limits IMPATIENT = new Outflow.Limits(100_000_000, 50_000_000, 3_000);

    /**
     * Room for one list of all services, read by many at once, and no second body; slow clients are never disconnected.
     */
    private static final Outflow.Limits NARROW = new Outflow.Limits(10_000_000, 8_000_000, TimeUnit.HOURS.toMillis(1));

    /** The part of {@link #NARROW} for callers without a key. */
    private static final double OF_STRANGERS = 9_000_000;

    /** Long enough that the buffers of a loopback connection, up to 4 MB, cannot hold a response. */
    private static final String NAME = "x".repeat(1_500);

    /** Up to 4,000 services, complete lists are cached as a whole; larger ones are sent in chunks. */
    private static final LargeBoard small = new LargeBoard(4_000, Clock.systemUTC(), IMPATIENT, NAME);

    private static final LargeBoard large = new LargeBoard(4_100, Clock.systemUTC(), IMPATIENT, NAME);
    private static final LargeBoard narrow = new LargeBoard(4_000, Clock.systemUTC(), NARROW, NAME);

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<SilentClient> silent = new ArrayList<>();

    @AfterAll
    static void stop() {
        small.close();
        large.close();
        narrow.close();
    }

    @BeforeEach
    void nothingIsUnderWay() throws Exception {
        for (LargeBoard server : List.of(small, large, narrow)) {
            eventually(() -> assertThat(reserved(server)).isZero());
        }
    }

    @AfterEach
    void leave() throws IOException {
        for (SilentClient each : silent) {
            each.close();
        }
    }

    private HttpResponse<String> get(LargeBoard server, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .header("Authorization", "Bearer " + LargeBoard.KEY)
                        .build(),
                BodyHandlers.ofString());
    }

    private SilentClient ask(String address, LargeBoard server, String path, String... headers) throws IOException {
        SilentClient asking = new SilentClient(address, server.port()).get(path, headers);
        silent.add(asking);
        return asking;
    }

    private static double broken(LargeBoard server, String reason) {
        return server.registry()
                .get("openuptimes.http.answers.broken.off")
                .tag("reason", reason)
                .functionCounter()
                .count();
    }

    private static double refused(LargeBoard server) {
        return server.registry()
                .get("openuptimes.http.answers.refused")
                .functionCounter()
                .count();
    }

    private static double reserved(LargeBoard server) {
        return server.registry().get("openuptimes.http.answers.bytes").gauge().value();
    }

    private static long length(String head) {
        Matcher length = LENGTH.matcher(head);
        assertThat(length.find()).as(head).isTrue();
        return Long.parseLong(length.group(1));
    }

    @ParameterizedTest
    @CsvSource({
        "small, /metrics",
        "large, /metrics",
        "small, /api/status",
        "large, /api/status",
        "small, /api/services",
        "large, /api/services",
        "large, /api/services/export"
    })
    void anAnswerThatIsNotReadIsReset(String board, String path) throws Exception {
        LargeBoard server = board.equals("small") ? small : large;
        int whole = get(server, path).body().length();
        double before = broken(server, "stalled");

        SilentClient unread = ask("127.0.0.1", server, path, WITH_KEY);

        eventually(() -> assertThat(broken(server, "stalled")).isEqualTo(before + 1));
        assertThat(reserved(server)).isZero();
        assertThat(unread.drain()).isLessThan(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/api/status", "/api/services"})
    void aSlowReaderGetsEverything(String path) throws Exception {
        double before = broken(large, "stalled");
        ask("127.0.0.1", large, path, WITH_KEY); // a clock: it is reset after the limit for reading nothing
        SilentClient slow = ask("127.0.0.1", large, path, WITH_KEY, "Connection: close");
        long whole = length(slow.readUntil("\r\n\r\n"));

        long bytes = 0;
        long begun = System.nanoTime();
        while (broken(large, "stalled") == before && bytes < whole) {
            long due = (System.nanoTime() - begun) / 625; // 1.6 MB per second, however busy the machine is
            bytes += slow.socket().getInputStream().readNBytes((int) Math.min(due, whole) - (int) bytes).length;
            Thread.sleep(10); // paces the reader
        }
        bytes += slow.drain();

        assertThat(bytes).isEqualTo(whole);
        eventually(() -> assertThat(broken(large, "stalled")).isEqualTo(before + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/status", "/api/services"})
    void readersShareABodyAndEachReservesItsWayToTheSocket(String path) throws Exception {
        long whole = length(ask("127.0.0.1", narrow, path, WITH_KEY).readUntil("\r\n\r\n"));
        assertThat(reserved(narrow)).isEqualTo((double) (whole + COST));

        assertThat(ask("127.0.0.1", narrow, path, WITH_KEY).status()).isEqualTo(200);
        assertThat(reserved(narrow)).isEqualTo((double) (whole + 2 * COST));
    }

    @Test
    void oneBodyMayExceedTheBoundOfACallerThatHasNothingElse() throws Exception {
        long whole = length(ask("127.0.0.2", narrow, "/metrics").readUntil("\r\n\r\n"));

        assertThat(whole).isGreaterThan(NARROW.bytes());
        assertThat(reserved(narrow)).isEqualTo((double) (whole + COST));
    }

    @Test
    void oneCallerHasSoManyUnderWayAndOthersGoOn() throws Exception {
        double before = refused(narrow);

        String last = askUntilRefused("127.0.0.2");

        assertThat(last).startsWith("HTTP/1.1 429 ").containsIgnoringCase("retry-after: ");
        assertThat(refused(narrow)).isEqualTo(before + 1);
        assertThat(reserved(narrow)).isBetween(NARROW.bytesOfOne() - (double) COST, (double) NARROW.bytesOfOne());
        assertThat(get(narrow, "/api/status").statusCode()).isEqualTo(200);
        assertThat(get(narrow, "/healthz").statusCode()).isEqualTo(200);
    }

    /** The headers of the rejecting response. */
    private String askUntilRefused(String address) throws IOException {
        String head;
        do {
            head = ask(address, narrow, "/api/status").readUntil("\r\n\r\n");
        } while (head.startsWith("HTTP/1.1 200 ") && silent.size() < 100);
        return head;
    }

    @Test
    void theCallerWithTheMostMakesRoomForOneWithLess() throws Exception {
        int whole = get(narrow, "/api/status").body().length();
        nothingIsUnderWay();
        double before = broken(narrow, "crowded");
        askUntilRefused("127.0.0.2");

        double last;
        do {
            last = reserved(narrow);
            assertThat(ask("127.0.0.3", narrow, "/api/status").status()).isEqualTo(200);
        } while (reserved(narrow) > last && silent.size() < 100);

        eventually(() -> assertThat(broken(narrow, "crowded")).isEqualTo(before + 1));
        assertThat(silent.get(0).drain()).isLessThan(whole);
        assertThat(reserved(narrow)).isLessThanOrEqualTo(OF_STRANGERS);
    }

    @ParameterizedTest(name = "its first reader has left: {0}")
    @ValueSource(booleans = {false, true})
    void whoLosesASharedBodyLosesItForItsOwnReadersOnly(boolean firstReaderLeft) throws Exception {
        int whole = get(narrow, "/api/status").body().length();
        nothingIsUnderWay();
        double before = broken(narrow, "crowded");
        SilentClient first = firstReaderLeft ? ask("127.0.0.5", narrow, "/api/status") : null;
        int readers = (int) ((NARROW.bytesOfOne() - whole) / COST);
        for (int i = 0; i < readers; i++) {
            assertThat(ask("127.0.0.2", narrow, "/api/status").status()).isEqualTo(200);
        }
        if (first != null) {
            first.readUntil("\r\n\r\n");
            first.close();
            eventually(() -> assertThat(reserved(narrow)).isEqualTo((double) (whole + readers * COST)));
        }
        SilentClient other = ask("127.0.0.3", narrow, "/api/status");
        assertThat(length(other.readUntil("\r\n\r\n"))).isEqualTo(whole);

        SilentClient another = ask("127.0.0.4", narrow, "/api/status?limit=1000"); // evicts the other body

        assertThat(another.status()).isEqualTo(200);
        eventually(() -> assertThat(broken(narrow, "crowded")).isGreaterThan(before));
        byte[] body = other.socket().getInputStream().readNBytes(whole);
        assertThat(body).hasSize(whole);
        assertThat(broken(narrow, "crowded")).isLessThanOrEqualTo(before + readers);
    }

    @Test
    void whatDoesNotFitBesideTheOthersIsRefusedAndFitsAlone() throws Exception {
        SilentClient other = ask("127.0.0.2", narrow, "/api/status");
        assertThat(other.status()).isEqualTo(200);

        SilentClient metrics = ask("127.0.0.3", narrow, "/metrics");
        assertThat(metrics.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 503 ").containsIgnoringCase("retry-after: ");
        other.close();
        eventually(() -> assertThat(reserved(narrow)).isZero());

        HttpResponse<String> whole = get(narrow, "/metrics");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).containsPattern("openuptimes_service_up\\{service=\"" + NAME + "3999\",.*} 1\n");
    }

    @Test
    void manyPipelinedRequestsDoNotPileUpAnswers() throws Exception {
        double before = answered();
        SilentClient unread = ask("127.0.0.1", small, "/api/status?limit=25", WITH_KEY);
        for (int i = 1; i < 2_000; i++) {
            unread.get("/api/status?limit=25", WITH_KEY);
        }
        eventually(() -> assertThat(answered()).isGreaterThan(before));
        double last = before;
        for (int unchanged = 0; unchanged < 50; ) {
            get(small, "/healthz"); // on the same event loop
            double now = answered();
            unchanged = now == last ? unchanged + 1 : 0;
            last = now;
        }

        assertThat(last - before).isLessThan(500); // the socket buffers' capacity, and a little more
    }

    private static double answered() {
        return small.registry().find("openuptimes.http.requests").tag("operation", "getStatus").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }
}
