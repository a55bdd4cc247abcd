package io.openuptimes.web.events;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.web.Samples.down;
import static io.openuptimes.web.Samples.event;
import static io.openuptimes.web.Samples.service;
import static io.openuptimes.web.Samples.up;
import static io.openuptimes.web.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.bus.Event;
import io.openuptimes.bus.EventId;
import io.openuptimes.model.KeyLimits;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Scope;
import io.openuptimes.model.Service;
import io.openuptimes.model.Status;
import io.openuptimes.model.Transition;
import io.openuptimes.testing.EventReader;
import io.openuptimes.web.access.Caller;
import io.openuptimes.web.access.Sight;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.StatusBoard;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An event stream over a real connection, with simulated store events and time. */
class EventStreamTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final StatusBoard board = new StatusBoard();
    private final EventStreams streams = new EventStreams(vertx, board, 60, new StreamMetrics(registry));
    private final AtomicReference<EventStream> opened = new AtomicReference<>();
    private final Service service = with(service("a", "a"), Map.of("description", "x".repeat(2_000)));
    private Set<String> subscribed = Set.of();
    private @Nullable EventId known;
    private Caller.Kind caller = Caller.Kind.ANONYMOUS;
    private int port;
    private long number;

    @BeforeEach
    void start() {
        Promise<HttpServer> listening = Promise.promise();
        loop.runOnContext(run -> {
            board.load(List.of(service), List.of());
            board.progress().upTo(event(0));
            streams.restart();
            vertx.createHttpServer()
                    .requestHandler(request -> {
                        request.response().setChunked(true);
                        EventStream stream = new EventStream(
                                streams.source(Sight.EVERYTHING, () -> Future.succeededFuture(board.counts(true))),
                                request.response(),
                                new Caller(caller, "a", "a", "a", Scope.READ, KeyLimits.NONE),
                                streams::remove);
                        streams.add(stream, subscribed, Set.of());
                        stream.open(known, true);
                        opened.set(stream);
                    })
                    .listen(0, "127.0.0.1")
                    .onComplete(listening);
        });
        port = await(listening.future()).actualPort();
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private void inLoop(Runnable work) {
        Promise<Void> done = Promise.promise();
        loop.runOnContext(run -> {
            work.run();
            done.complete();
        });
        await(done.future());
    }

    private EventReader open() throws Exception {
        EventReader reader = new EventReader("http://127.0.0.1:" + port + "/");
        eventually(() -> assertThat(reader.events()).isNotEmpty());
        return reader;
    }

    private void transitions(int count) {
        inLoop(() -> {
            for (int i = 0; i < count; i++) {
                number++;
                Transition transition =
                        new Transition("a", Status.UP, Status.DOWN, number, Outcome.TIMEOUT, "no answer", null);
                board.results().update(List.of(down("a", number)));
                board.progress().upTo(event(number));
                streams.happened(
                        new Event.Turned(event(number), transition, down("a", number), Event.Visibility.PUBLIC));
            }
        });
    }

    private void tick(long seconds) {
        inLoop(() -> opened.get().tick(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds)));
    }

    @Test
    void aQuietStreamSaysThatItIsThereAndWhereItIs() throws Exception {
        try (EventReader reader = open()) {
            reader.await("summary", summary -> true);
            tick(8);
            inLoop(() -> {
                board.progress().upTo(event(7)); // an event not visible to this audience
                opened.get().tick(System.nanoTime() + TimeUnit.SECONDS.toNanos(16));
            });

            eventually(() -> assertThat(reader.lastId()).isEqualTo("7-0"));
            eventually(() -> assertThat(reader.events("summary")).hasSize(2));
        }
    }

    @Test
    void aStreamByCredentialsEndsAfterFiveMinutes() throws Exception {
        caller = Caller.Kind.CONFIGURED_KEY;
        try (EventReader reader = open()) {
            tick(240);
            assertThat(reader.isEnded()).isFalse();
            tick(301);
            eventually(() -> assertThat(reader.isEnded()).isTrue());
            reader.await("dropped", data -> data.getString("reason").equals("credentials"));
        }
    }

    @Test
    void anAnonymousStreamLasts() throws Exception {
        try (EventReader reader = open()) {
            tick(3_600);
            transitions(1);
            eventually(() -> assertThat(reader.events("transition")).hasSize(1));
        }
    }

    @Test
    void allEndWhenTheServiceStops() throws Exception {
        try (EventReader one = open();
                EventReader two = open()) {
            inLoop(streams::stop);
            eventually(() -> assertThat(List.of(one.isEnded(), two.isEnded())).containsOnly(true));
            one.await("dropped", data -> data.getString("reason").equals("stopping"));
        }
    }

    @Test
    void aLoadThatBringsSomethingElseMakesEverybodyLoadAgain() throws Exception {
        try (EventReader reader = open()) {
            transitions(1);
            eventually(() -> assertThat(reader.events("transition")).hasSize(1));
            assertThat(reader.events("reset")).isEmpty();

            inLoop(streams::restart);

            eventually(() -> assertThat(reader.events("reset")).hasSize(1));
        }
    }

    /** Must run on the event loop. */
    private void checked(long at) {
        board.results().update(List.of(up("a", at)));
        streams.checked(List.of(up("a", at)));
    }

    /** Must run on the event loop. */
    private void paused(boolean paused) {
        number++;
        board.services().save(with(service, Map.of("paused", paused)));
        board.progress().upTo(event(number));
        BoardEntry entry = Objects.requireNonNull(board.findById("a"));
        streams.happened(new Event.Saved(
                event(number), "a", true, true, entry.service().name(), null, entry.service(), entry.status()));
    }

    @Test
    void nothingThatIsToldLaterIsOlder() throws Exception {
        subscribed = Set.of("a");
        try (EventReader reader = open()) {
            inLoop(() -> {
                checked(1_000);
                paused(true);
                checked(2_000);
                checked(3_000);
                paused(false);
                checked(4_000);
            });

            eventually(() -> assertThat(reader.events("result")).hasSize(4));
            assertThat(reader.events().stream()
                            .filter(event -> !event.name().equals("summary"))
                            .map(event -> event.name() + " "
                                    + event.data().getJsonObject("service").getLong("lastChecked") + " "
                                    + event.data().getJsonObject("service").getBoolean("paused")))
                    .containsExactly(
                            "result 1000 false",
                            "saved 1000 true",
                            "result 2000 true",
                            "result 3000 true",
                            "saved 3000 false",
                            "result 4000 false");
        }
    }

    @Test
    void whoKnowsMoreThanThisInstanceIsNotToldWhatWasBefore() throws Exception {
        subscribed = Set.of("a");
        known = event(2); // another instance has delivered both changes
        try (EventReader reader = open()) {
            inLoop(() -> {
                checked(1_000);
                paused(true);
                checked(2_000);
                paused(false);
                checked(3_000);
            });

            eventually(() -> assertThat(reader.events("result")).isNotEmpty());
            assertThat(reader.events())
                    .filteredOn(event -> !event.name().equals("summary"))
                    .extracting(event -> event.data().getJsonObject("service").getLong("lastChecked"))
                    .containsExactly(3_000L);
        }
    }

    /** An open connection that is not read, like that of a suspended client. */
    private Socket openWithoutReading() throws Exception {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        eventually(() -> assertThat(opened.get()).isNotNull());
        return socket;
    }

    @Test
    void whoReadsLateMissesNothingThatTheLogHolds() throws Exception {
        try (Socket late = openWithoutReading()) {
            for (int i = 0; i < 8; i++) {
                transitions(EventLog.CAPACITY / 10); // 20 MB: more than any socket buffer holds
            }

            String text = readUntil(late, "id: " + number + "-0\n");

            assertThat(text).doesNotContain("event: reset");
            assertThat(text.lines()
                            .filter(line -> line.startsWith("id: "))
                            .map(line -> Long.parseLong(
                                    line.substring("id: ".length()).replace("-0", "")))
                            .toList())
                    .endsWith(LongStream.rangeClosed(1, number).boxed().toArray(Long[]::new));
            assertThat(text.lines().filter(line -> line.equals("event: transition")))
                    .hasSize((int) number);
        }
    }

    @Test
    void whoDoesNotReadIsToldToLoadAgainAndNothingIsKeptForIt() throws Exception {
        try (Socket late = openWithoutReading();
                EventReader prompt = open()) {
            for (int i = 0; i < 14; i++) {
                transitions(EventLog.CAPACITY / 10);
                long told = number;
                eventually(() -> assertThat(prompt.lastId()).isEqualTo(told + "-0"));
            }
            assertThat(prompt.events("transition")).hasSize((int) number);
            assertThat(prompt.events("reset")).isEmpty();

            String text = readUntil(late, "event: reset\n");

            // out of 30 MB
            assertThat(text.length()).isLessThan(8_000_000);
            transitions(1);
            assertThat(readUntil(late, "id: " + number + "-0\n")).contains("event: transition");
        }
    }

    @Test
    void whoDoesNotReadForAMinuteIsLetGo() throws Exception {
        try (Socket late = openWithoutReading()) {
            EventStream stream = opened.get();
            for (int i = 0; i < 8; i++) {
                transitions(EventLog.CAPACITY / 10);
            }
            // the first flush must fill the socket buffer
            eventually(() -> {
                inLoop(() -> stream.tick(System.nanoTime() + TimeUnit.SECONDS.toNanos(61)));
                assertThat(stream.isClosed()).isTrue();
            });
            assertThat(registry.get("openuptimes.event.streams.ended")
                            .tag("reason", "stalled")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertEnds(late);
        }
    }

    private static void assertEnds(Socket socket) throws IOException {
        socket.setSoTimeout(60_000);
        try {
            InputStream in = socket.getInputStream();
            assertThat(in.transferTo(OutputStream.nullOutputStream())).isPositive();
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    private static String readUntil(Socket socket, String end) throws Exception {
        socket.setSoTimeout(60_000);
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[65_536];
        while (text.indexOf(end, Math.max(0, text.length() - buffer.length - end.length())) < 0) {
            int read = socket.getInputStream().read(buffer);
            if (read < 0) {
                throw new AssertionError("ended before " + end);
            }
            text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }
}
