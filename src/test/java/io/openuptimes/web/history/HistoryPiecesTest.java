package io.openuptimes.web.history;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.History;
import io.openuptimes.bus.StoreMessage.ReadHistory;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Uptime;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.Outflow;
import io.openuptimes.web.http.PieceStream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real connections, from a store with a check for every millisecond. */
class HistoryPiecesTest {

    private static final long NOW = 1_700_000_000_000L;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicBoolean away = new AtomicBoolean();
    private final List<HistoryPieces> opened = new CopyOnWriteArrayList<>();
    private final List<PieceStream> streams = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @BeforeEach
    void start() {
        // clients left unread by a test are not disconnected
        Outflow.install(vertx, new Outflow.Limits(100_000_000, 20_000_000, TimeUnit.HOURS.toMillis(1)));
        Bus.install(vertx);
        Bus bus = Bus.of(vertx);
        await(bus.serve(StoreMessage.READ_HISTORY, this::read));
        Router router = Router.router(vertx);
        router.route().handler(context -> {
            long limit = Long.parseLong(context.request().path().substring(1));
            HistoryPieces pieces = new HistoryPieces(bus, new Ndjson(false), new ReadHistory("a", 0, NOW, 1), limit);
            opened.add(pieces);
            pieces.open()
                    .onSuccess(open -> streams.add(Answers.stream(context, pieces, HistoryPieces.MEMORY)))
                    .onFailure(failure -> context.response()
                            .setStatusCode(Failures.codeOf(failure))
                            .end());
        });
        port = await(vertx.createHttpServer(new HttpServerOptions().setSendBufferSize(32 * 1024))
                        .requestHandler(router)
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private Future<History> read(ReadHistory wanted) {
        if (away.get()) {
            return Future.failedFuture(Refused.unreachable());
        }
        reads.incrementAndGet();
        List<HistoryEntry> page = LongStream.range(0, wanted.limit())
                .mapToObj(i -> new HistoryEntry(wanted.to() - i, Outcome.UP, 12, 200, ""))
                .toList();
        return Future.succeededFuture(new History(page, true, new Uptime(1.0, 1.0, 1.0)));
    }

    private HttpRequest request(long limit) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + limit))
                .build();
    }

    private String get(long limit) throws Exception {
        return client.send(request(limit), BodyHandlers.ofString()).body();
    }

    /** Requests everything and reads next to nothing. */
    private Socket slowClient() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(("GET /" + Long.MAX_VALUE + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
        return socket;
    }

    @Test
    void pagesJoinUpToTheLimit() throws Exception {
        List<String> lines = get(9_001).lines().toList();

        assertThat(lines).hasSize(9_001);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).startsWith("{\"timestamp\":" + (NOW - i) + ",");
        }
        assertThat(reads).hasValue(3);
    }

    @Test
    void aClientThatDoesNotReadCostsAPageOrTwo() throws Exception {
        try (Socket slow = slowClient()) {
            int ofSlow = reads.get();
            int ofFast = 0;
            for (int i = 0; i < 5; i++) {
                get(20_000); // concurrently
                ofFast += 5;
            }

            assertThat(slow.isClosed()).isFalse();
            assertThat(opened.get(0).closed().isComplete()).isFalse();
            assertThat(reads.get() - ofFast).isLessThanOrEqualTo(ofSlow + 2).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void whoGoesIsReadForNoMore() throws Exception {
        slowClient().close();

        eventually(() -> assertThat(opened.get(0).closed().isComplete()).isTrue());
    }

    @Test
    void whatFailsOnTheWayBreaksOff() throws Exception {
        try (Socket slow = slowClient()) {
            away.set(true);
            InputStream rest = slow.getInputStream();
            byte[] last = readToTheEnd(rest);

            assertThat(new String(last, StandardCharsets.US_ASCII)).doesNotEndWith("0\r\n\r\n");
        }
        away.set(false);
        var unfinished = client.send(request(Long.MAX_VALUE), BodyHandlers.ofInputStream());
        away.set(true);
        assertThatThrownBy(() -> unfinished.body().readAllBytes()).isInstanceOf(IOException.class);
        eventually(() -> assertThat(opened)
                .allSatisfy(stream -> assertThat(stream.closed().isComplete()).isTrue()));
    }

    private static byte[] readToTheEnd(InputStream in) {
        byte[] last = new byte[0];
        try {
            for (byte[] piece = in.readNBytes(64 * 1024); piece.length > 0; piece = in.readNBytes(64 * 1024)) {
                last = piece;
            }
        } catch (IOException e) {
            return last; // a reset is fine, too
        }
        return last;
    }

    @Test
    void oneThatIsBrokenOffDoesNotLookComplete() throws Exception {
        var unfinished = client.send(request(Long.MAX_VALUE), BodyHandlers.ofInputStream());
        eventually(() -> assertThat(streams).hasSize(1)); // the headers are sent before the stream is registered
        vertx.runOnContext(loop -> streams.get(0).abort(Outflow.Break.CREDENTIALS));

        assertThatThrownBy(() -> unfinished.body().readAllBytes()).isInstanceOf(IOException.class);
        eventually(() -> assertThat(opened.get(0).closed().isComplete()).isTrue());
    }

    @Test
    void whatCannotBeReadAtAllIsAnOrdinaryError() throws Exception {
        away.set(true);

        assertThat(client.send(request(10), BodyHandlers.ofString()).statusCode())
                .isEqualTo(Failures.STORE_UNREACHABLE);
        eventually(() -> assertThat(opened.get(0).closed().isComplete()).isTrue());
    }
}
