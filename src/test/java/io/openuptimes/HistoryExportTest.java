package io.openuptimes;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.testing.Curl;
import io.openuptimes.testing.Curl.Answer;
import io.openuptimes.testing.RunningApp;
import io.openuptimes.testing.Unjudged;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A long history exported as a whole by the whole service. */
class HistoryExportTest {

    private static final String KEY = "a-key-for-tests-0123456789";
    private static final int CHECKS = 25_000;
    private static final int LARGEST_PAGE = 10_000;

    private static RunningApp start() throws Exception {
        RunningApp app = RunningApp.start(Map.of("OPENUPTIMES_API_KEY", KEY, "OPENUPTIMES_RATE_LIMIT", "0"));
        Curl curl = new Curl(app.port());
        assertThat(curl.call("PATCH", "/api/ping-history/ttl")
                        .key(KEY)
                        .json("{\"ttl\": 0}")
                        .status())
                .isEqualTo(200);
        // paused, since a service that has been checked rejects older results
        Map<String, Object> fields = Map.of("name", "a", "url", "http://127.0.0.1:9/", "paused", true);
        String id = await(app.bus().request(StoreMessage.CREATE_SERVICE, new CreateService(fields)))
                .service()
                .id();
        long first = System.currentTimeMillis() - CHECKS * 2L;
        List<CheckResult> results = new ArrayList<>();
        for (int i = 0; i < CHECKS; i++) {
            results.add(new CheckResult(
                    id, first + i, Outcome.TIMEOUT, 0, i, Phases.NONE, "no answer, " + "x".repeat(180)));
        }
        app.bus().send(StoreMessage.RECORD_ALL, Unjudged.results(results));
        eventually(Duration.ofMinutes(2), () -> assertThat(newest(curl)).isEqualTo(first + CHECKS - 1));
        return app;
    }

    private static long newest(Curl curl) {
        JsonArray history = curl.get("/api/history/a?limit=1").send().json().getJsonArray("history");
        return history.isEmpty() ? 0 : history.getJsonObject(0).getLong("timestamp");
    }

    @Test
    void allOfItComesAndWhatIsCutShortByTheEndOfTheServiceLooksSo() throws Exception {
        try (RunningApp app = start()) {
            Curl curl = new Curl(app.port());
            Answer ndjson = curl.get("/api/history/a")
                    .with("Accept", "application/x-ndjson")
                    .send();
            List<JsonObject> paged = pages(curl);

            assertThat(paged).hasSize(CHECKS);
            assertThat(ndjson.text().lines().map(JsonObject::new)).isEqualTo(paged);
            assertThat(curl.get("/api/history/a")
                            .with("Accept", "text/csv")
                            .send()
                            .text())
                    .hasLineCount(CHECKS + 1);
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                slow.add(slowClient(app));
            }
            Answer another =
                    curl.get("/api/history/a").with("Accept", "text/csv").send();
            assertThat(another.status()).isEqualTo(429);
            assertThat(another.message()).isEqualTo("Too many history downloads at once from this caller");
            assertThat(curl.get("/api/history/a?limit=1").status()).isEqualTo(200);
            assertThat(curl.get("/api/history/a")
                            .key(KEY)
                            .with("Accept", "text/csv")
                            .status())
                    .isEqualTo(200);

            app.close();
            for (Socket socket : slow) {
                assertThat(tail(socket)).doesNotEndWith("0\r\n\r\n");
            }
        }
    }

    private static List<JsonObject> pages(Curl curl) {
        List<JsonObject> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page = curl.get("/api/history/a?limit=" + LARGEST_PAGE + cursor)
                    .send()
                    .json();
            page.getJsonArray("history").forEach(entry -> all.add((JsonObject) entry));
            cursor = page.getString("cursor") == null ? null : "&cursor=" + page.getString("cursor");
        } while (cursor != null);
        return all;
    }

    /** Requests everything and reads next to nothing. */
    private static Socket slowClient(RunningApp app) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), app.port()));
        socket.getOutputStream()
                .write("GET /api/history/a HTTP/1.1\r\nHost: localhost\r\nAccept: application/x-ndjson\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().readNBytes(12))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("HTTP/1.1 200");
        return socket;
    }

    /** Reads to the end; returns the last part. */
    private static String tail(Socket socket) throws IOException {
        byte[] last = new byte[0];
        try (socket) {
            InputStream in = socket.getInputStream();
            for (byte[] piece = in.readNBytes(1_000); piece.length > 0; piece = in.readNBytes(1_000)) {
                last = piece;
            }
        } catch (SocketException e) {
            return ""; // a reset is fine, too
        }
        return new String(last, StandardCharsets.US_ASCII);
    }
}
