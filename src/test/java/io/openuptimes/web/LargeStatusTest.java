package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.ServiceRemoved;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.bus.EventMessage.StatusChanged;
import io.openuptimes.bus.EventMessage.StoreReachable;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.web.board.ByName;
import io.openuptimes.web.http.Outflow;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The complete list of a board too large to be rendered in one go. */
class LargeStatusTest {

    private static final int SERVICES = 20_000;

    /** The defaults for a heap of one gigabyte, but slow clients are never disconnected. */
    private static final Outflow.Limits PATIENT = new Outflow.Limits(1L << 27, 1L << 25, TimeUnit.HOURS.toMillis(1));

    private static LargeBoard server;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        server = new LargeBoard(SERVICES, Clock.systemUTC(), PATIENT, "service-");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private HttpResponse<byte[]> get(String path, String... headers) {
        return getLater(path, headers).join();
    }

    private CompletableFuture<HttpResponse<byte[]>> getLater(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        request.header("Authorization", "Bearer " + LargeBoard.KEY);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static JsonObject json(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return new JsonObject(new String(response.body(), StandardCharsets.UTF_8));
    }

    private static List<String> texts(JsonObject answer, String field) {
        JsonArray services = answer.getJsonArray("services");
        return IntStream.range(0, services.size())
                .mapToObj(i -> services.getJsonObject(i).getString(field))
                .toList();
    }

    @Test
    void theWholeAnswerHoldsEveryServiceOnceInOrder() {
        HttpResponse<byte[]> response = get("/api/status");

        JsonObject status = json(response);
        List<String> names = texts(status, "name");
        assertThat(names).hasSizeGreaterThanOrEqualTo(SERVICES).doesNotHaveDuplicates();
        assertThat(names).isSortedAccordingTo(ByName.INSTANCE);
        assertThat(status.getString("overall")).isEqualTo("degraded");
        assertThat(response.headers().firstValue("Content-Length")).contains(String.valueOf(response.body().length));
        // the pages add up to the same list
        List<String> paged = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonObject page = json(get("/api/status?limit=1000&fields=name" + cursor));
            paged.addAll(texts(page, "name"));
            cursor = page.getString("cursor") == null ? null : "&cursor=" + page.getString("cursor");
        }
        assertThat(paged).isEqualTo(names);
    }

    @Test
    void theCompressedFormIsTheSameAndTheTagHolds() throws Exception {
        eventually(
                () -> { // changes by earlier tests have been reported
                    HttpResponse<byte[]> plain = get("/api/status");
                    HttpResponse<byte[]> zipped = get("/api/status", "Accept-Encoding", "gzip");

                    assertThat(zipped.headers().firstValue("Content-Encoding")).contains("gzip");
                    boolean same = Arrays.equals(
                            new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes(), plain.body());
                    assertThat(same).isTrue();
                    assertThat(zipped.body().length).isLessThan(plain.body().length / 6);
                    String tag = plain.headers().firstValue("ETag").orElseThrow();
                    HttpResponse<byte[]> known = get("/api/status", "If-None-Match", tag);
                    assertThat(known.statusCode()).isEqualTo(304);
                    assertThat(known.body()).isEmpty();
                    assertThat(known.headers().firstValue("ETag")).contains(tag);
                });
    }

    @Test
    void aChangeIsSeenAndWhatIsAroundItStays() throws Exception {
        List<String> before = texts(json(get("/api/status")), "name");
        Service added = LargeBoard.service("added", "service-1 and more", 1);

        server.bus().publish(EventMessage.SERVICE_SAVED, new ServiceSaved(added, null, null));
        eventually(() -> assertThat(texts(json(get("/api/status")), "name")).contains(added.name()));
        server.bus().publish(EventMessage.SERVICE_REMOVED, new ServiceRemoved("added"));

        eventually(() -> assertThat(texts(json(get("/api/status")), "name")).isEqualTo(before));
    }

    @Test
    void thatTheStoreIsAwayIsSaid() throws Exception {
        server.bus().publish(EventMessage.STORE_REACHABLE, new StoreReachable(false));
        try {
            eventually(() -> assertThat(json(get("/api/status")).getBoolean("storeReachable"))
                    .isFalse());
        } finally {
            server.bus().publish(EventMessage.STORE_REACHABLE, new StoreReachable(true));
        }
        eventually(() -> assertThat(json(get("/api/status")).containsKey("storeReachable"))
                .isFalse());
    }

    @Test
    void theListOfServicesIsWholeToo() throws Exception {
        HttpResponse<byte[]> plain = get("/api/services");
        JsonObject services = json(plain);

        assertThat(texts(services, "id")).hasSizeGreaterThanOrEqualTo(SERVICES).doesNotHaveDuplicates();
        assertThat(services.getJsonArray("services").getJsonObject(0).getMap())
                .containsKeys("url", "labels", "timeout");
        HttpResponse<byte[]> zipped = get("/api/services", "Accept-Encoding", "gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes())
                .isEqualTo(plain.body());
        String tag = zipped.headers().firstValue("ETag").orElseThrow();
        assertThat(get("/api/services", "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void metricsHaveAllOfThem() {
        String metrics = new String(get("/metrics").body(), StandardCharsets.UTF_8);

        assertThat(metrics.lines().filter(line -> line.startsWith("openuptimes_service_up{")))
                .hasSizeGreaterThanOrEqualTo(SERVICES);
        assertThat(metrics).contains("openuptimes_services{state=\"down\"} ", "openuptimes_services_stale 0");
    }

    /** Services are checked and renamed back and forth during responses: each is valid and lists no service twice. */
    @Test
    void whateverChangesMeanwhileNoServiceIsThereTwice() {
        Random random = new Random(5);
        for (int round = 0; round < 5; round++) {
            List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                answers.add(getLater("/api/status"));
                answers.add(getLater("/api/services"));
                answers.add(getLater("/api/status?sort=-lastChecked&limit=1000&fields=name,id"));
                for (int j = 0; j < 50; j++) {
                    int number = random.nextInt(SERVICES);
                    String name = (random.nextBoolean() ? "a" : "z") + "-renamed-" + number;
                    Service renamed = LargeBoard.service("id" + number, name, number);
                    server.bus().publish(EventMessage.SERVICE_SAVED, new ServiceSaved(renamed, null, null));
                }
                List<ServiceStatus> checked = random.ints(2_000, 0, SERVICES)
                        .mapToObj(number -> Samples.up("id" + number, System.currentTimeMillis()))
                        .toList();
                server.bus().publish(EventMessage.STATUS_CHANGED, new StatusChanged(checked));
            }
            for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
                JsonObject json = json(answer.join());
                List<String> names = texts(json, "name");
                assertThat(names).hasSizeGreaterThanOrEqualTo(990);
                Set<String> services = new HashSet<>();
                for (String name : names) {
                    assertThat(services.add(name.substring(name.lastIndexOf('-') + 1)))
                            .as(name)
                            .isTrue();
                }
            }
        }
    }

    private static Socket silent() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        String request = "GET /api/services HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer "
                + LargeBoard.KEY + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo('H'); // the response has started
        return socket;
    }

    private String text(String path) {
        return new String(get(path).body(), StandardCharsets.UTF_8);
    }

    private double brokenOff() {
        return text("/metrics")
                .lines()
                .filter(line -> line.startsWith("openuptimes_http_answers_broken_off_total{reason=\"slow\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    /** If clients that do not read pin the maximum number of versions, those of the oldest version are disconnected. */
    @Test
    void whoDoesNotReadKeepsNobodyFromSeeingWhatIsUrgent() throws Exception {
        double before = brokenOff();
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                Service renamed = LargeBoard.service("urgent", "urgent " + i, i);
                server.bus().publish(EventMessage.SERVICE_SAVED, new ServiceSaved(renamed, null, null));
                eventually(Duration.ofSeconds(40), () -> assertThat(
                                text("/api/services").contains('"' + renamed.name() + '"'))
                        .isTrue());
                silent.add(silent());
            }
            assertThat(brokenOff()).isEqualTo(before + 1);
            int whole = get("/api/services").body().length;
            assertThat(rest(silent.get(0))).isLessThan(whole);
            assertThat(rest(silent.get(9))).isGreaterThan(whole);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
            server.bus().publish(EventMessage.SERVICE_REMOVED, new ServiceRemoved("urgent"));
            eventually(() ->
                    assertThat(text("/api/services").contains("\"urgent ")).isFalse());
        }
    }

    /** Number of bytes until the end of the connection, by close or reset. */
    private static long rest(Socket socket) throws IOException {
        long bytes = 0;
        byte[] buffer = new byte[64 * 1024];
        try {
            for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
                bytes += read;
            }
        } catch (SocketException reset) {
            return bytes;
        }
        return bytes;
    }

    /** A client that stops reading delays no other, and receives the rest when it resumes. */
    @Test
    void aClientThatReadsSlowlyGetsAllOfIt() throws Exception {
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(8 * 1024);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            OutputStream out = slow.getOutputStream();
            out.write("GET /api/status HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = slow.getInputStream();
            int first = in.read();

            for (int i = 0; i < 5; i++) {
                assertThat(json(get("/api/status?limit=10")).getJsonArray("services"))
                        .hasSize(10);
                assertThat(get("/api/status").statusCode()).isEqualTo(200);
            }

            String answer = (char) first + new String(in.readAllBytes(), StandardCharsets.UTF_8);
            JsonObject status = new JsonObject(answer.substring(answer.indexOf("\r\n\r\n") + 4));
            assertThat(status.getJsonArray("services")).hasSizeGreaterThanOrEqualTo(SERVICES);
        }
    }
}
