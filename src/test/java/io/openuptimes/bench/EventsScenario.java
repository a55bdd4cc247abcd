package io.openuptimes.bench;

import static io.openuptimes.testing.Eventually.eventually;

import io.openuptimes.testing.ServiceProcess;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** 1,000 event streams with checks running: the latency of a transition, and the handling of a slow reader. */
final class EventsScenario implements Scenario {

    private static final Stock STOCK =
            new Stock(1_000, 1, Stock.Kind.FLIPPING, Map.of("OPENUPTIMES_HTTP_MAX_EVENT_STREAMS", "20000"));
    private static final int STREAMS = 1_000;
    private static final int ROUNDS = 10;
    private static final double MOST_MS = 1_000;
    private static final double MOST_GROWN_MIB = 64;
    private static final String STALLED = "openuptimes_event_streams_ended_total{reason=\"stalled\"}";

    @Override
    public String name() {
        return "events";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Stock quiet = new Stock(1_000, 10, Stock.Kind.HTTP, STOCK.settings());
        try (EventFanout streams = new EventFanout(bench.subject(quiet), STREAMS)) {
            double most = 0;
            for (int round = 0; round < ROUNDS; round++) {
                most = Math.max(most, flip(bench.subject(quiet), streams, round));
            }
            bench.report.add(Row.of(
                    "a transition on 1,000 event streams",
                    "≤ 1 s until all have it",
                    String.format(
                            Locale.ROOT,
                            "at most %.0f ms from the request that made the check fail to the last stream, %d rounds; %s",
                            most,
                            ROUNDS,
                            Window.memory(
                                    bench.subject(quiet).own(),
                                    bench.subject(quiet).redis())),
                    most <= MOST_MS));
        }
        slowReader(bench);
        bench.end();
    }

    /** Changes the outcome of a check; returns the milliseconds until all streams have received it. */
    private static double flip(Subject subject, EventFanout streams, int round) throws Exception {
        String name = String.format(Locale.ROOT, "service-%07d", round);
        streams.expect(name);
        long begun = System.nanoTime();
        int status = subject.service
                .send(
                        "PATCH",
                        "/api/services?name=" + name,
                        new JsonObject().put("expectedStatus", 204).encode())
                .statusCode();
        if (status != 200) {
            throw new IllegalStateException("PATCH was answered with " + status);
        }
        return (streams.awaitAll(Duration.ofSeconds(30)) - begun) / 1e6;
    }

    /** 1,000 transitions per second, and one stream that is never read. */
    private static void slowReader(Bench bench) throws Exception {
        Subject subject = bench.subject(STOCK);
        Thread.sleep(10_000);
        double before = subject.own().residentMiB();
        double stalledBefore = subject.metric(STALLED);
        long begun = System.nanoTime();
        try (SlowReader reader = new SlowReader(subject.service.url(), ServiceProcess.KEY)) {
            eventually(() -> expect(subject.metric("openuptimes_event_streams") == 1, "its stream is not open"));
            eventually(
                    Duration.ofMinutes(2),
                    () -> expect(subject.metric("openuptimes_event_streams") == 0, "it was not dropped"));
            double seconds = (System.nanoTime() - begun) / 1e9;
            double grown = subject.own().residentMiB() - before;
            double stalled = subject.metric(STALLED) - stalledBefore;
            String last = reader.lastWords();
            bench.report.add(Row.of(
                    "an event stream that is not read",
                    "dropped with a reason, bounded",
                    String.format(
                            Locale.ROOT,
                            "dropped after %.0f s, %.0f counted as stalled, memory %+.0f MiB, its last words: %s",
                            seconds,
                            stalled,
                            grown,
                            last.isEmpty() ? "none" : last),
                    stalled == 1 && grown <= MOST_GROWN_MIB));
        }
    }

    private static void expect(boolean true_, String otherwise) {
        if (!true_) {
            throw new IllegalStateException(otherwise);
        }
    }
}
