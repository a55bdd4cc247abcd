package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.Event;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.Corrected;
import io.openuptimes.bus.EventMessage.Correction;
import io.openuptimes.bus.EventMessage.Events;
import io.openuptimes.bus.EventMessage.Judged;
import io.openuptimes.bus.EventMessage.StoreReachable;
import io.openuptimes.bus.NodeMessage;
import io.openuptimes.bus.NodeMessage.Held;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Partition;
import io.openuptimes.model.Status;
import io.openuptimes.model.Transition;
import io.openuptimes.testing.EventReader;
import io.openuptimes.testing.ManualClock;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Polls and streams report this node's verdicts while the store does not confirm them. */
class ProvisionalChangesTest {

    private static final String ID = "id1";
    private static final String NAME = "service-1";

    private final ManualClock clock = new ManualClock(1_700_000_000_000L);
    private final LargeBoard server = new LargeBoard(3, clock);
    private final HttpClient client = HttpClient.newHttpClient();
    private long at;

    @BeforeEach
    void holdOneService() throws Exception {
        server.bus().publish(NodeMessage.HELD, new Held(Set.of(Partition.of(ID))));
        server.bus().publish(EventMessage.STORE_REACHABLE, new StoreReachable(false));
        eventually(() -> assertThat(get("limit=3").getJsonObject("counts").getInteger("blind"))
                .isEqualTo(2));
        at = clock.millis() + 10_000;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    private CompletableFuture<JsonObject> later(String query) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url("/api/status?" + query)))
                .timeout(Duration.ofMinutes(2))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(answer -> new JsonObject(answer.body()));
    }

    private JsonObject get(String query) {
        return later(query).join();
    }

    private static List<String> told(JsonObject answer) {
        assertThat(answer.getBoolean("reset")).as(answer.encode()).isFalse();
        return answer.getJsonArray("services").stream()
                .map(JsonObject.class::cast)
                .map(service -> service.getString("name") + " " + service.getString("status")
                        + (service.getBoolean("provisional", false) ? " provisional" : ""))
                .toList();
    }

    private static String sinceEvent(JsonObject answer) {
        return "since=" + answer.getString("event");
    }

    private void judgeDown() {
        server.bus().publish(EventMessage.JUDGED, new Judged(List.of(Samples.down(ID, at))));
    }

    private void storeTransition() {
        Transition transition =
                new Transition(ID, Status.UP, Status.DOWN, at, Outcome.TIMEOUT, "no response within 500 ms", null);
        server.bus()
                .publish(
                        EventMessage.EVENTS,
                        new Events(List.of(new Event.Turned(
                                Samples.event(7), transition, Samples.down(ID, at), Event.Visibility.PUBLIC))));
    }

    @Test
    void aWaitingPollIsAnsweredOnceForTheVerdictAndOnceForItsConfirmation() {
        JsonObject start = get("limit=1");
        CompletableFuture<JsonObject> waiting = later("wait=60&" + sinceEvent(start));
        judgeDown();

        JsonObject provisional = waiting.join();
        assertThat(told(provisional)).containsExactly(NAME + " down provisional");
        JsonObject idle = get("wait=1&" + sinceEvent(provisional));
        assertThat(told(idle)).isEmpty();
        assertThat(idle.getString("event")).isEqualTo(provisional.getString("event"));

        CompletableFuture<JsonObject> again = later("wait=60&" + sinceEvent(idle));
        storeTransition();

        JsonObject confirmed = again.join();
        assertThat(told(confirmed)).containsExactly(NAME + " down");
        JsonObject quiet = get("wait=1&" + sinceEvent(confirmed));
        assertThat(told(quiet)).isEmpty();
        assertThat(told(get("wait=1&" + sinceEvent(quiet)))).isEmpty();
    }

    @Test
    void aStreamGetsTheVerdictWithoutAnIdAndThenTheStoredEvent() throws Exception {
        try (EventReader stream = new EventReader(url("/api/events"))) {
            eventually(() -> assertThat(stream.events("summary")).isNotEmpty());
            judgeDown();

            EventReader.Event provisional = stream.awaitService("transition", NAME);
            assertThat(provisional.ownId()).isFalse();
            assertThat(provisional.data().getBoolean("provisional")).isTrue();
            assertThat(provisional.data().getLong("at")).isEqualTo(at);

            storeTransition();

            eventually(() -> assertThat(stream.events("transition")).hasSize(2));
            EventReader.Event stored = stream.events("transition").get(1);
            assertThat(stored.ownId()).isTrue();
            assertThat(stored.data().containsKey("provisional")).isFalse();
            assertThat(stored.data().getLong("at")).isEqualTo(at);
            assertThat(stream.events("reset")).isEmpty();
        }
    }

    @Test
    void aClientThatReconnectsGetsTheVerdictAgain() throws Exception {
        String known;
        try (EventReader stream = new EventReader(url("/api/events"))) {
            judgeDown();
            stream.awaitService("transition", NAME);
            known = stream.lastId();
        }
        try (EventReader stream = new EventReader(url("/api/events"), "Last-Event-ID", known)) {
            assertThat(stream.awaitService("transition", NAME).data().getBoolean("provisional"))
                    .isTrue();
        }
    }

    @Test
    void streamsStartOverIfAnAnnouncedVerdictWasNeverStored() throws Exception {
        try (EventReader stream = new EventReader(url("/api/events"))) {
            eventually(() -> assertThat(stream.events("summary")).isNotEmpty());
            judgeDown();
            stream.awaitService("transition", NAME);

            Correction stored = new Correction(Samples.up(ID, clock.millis()), at);
            server.bus().publish(EventMessage.CORRECTED, new Corrected(List.of(stored)));

            eventually(() -> assertThat(stream.events("reset")).hasSize(1));
            assertThat(get("limit=3").encode()).doesNotContain("provisional");
        }
    }

    @Test
    void onlyServicesThatThisNodeDoesNotCheckGiveTheStoreAsAReason() {
        assertThat(get("limit=3&fields=name,reason").getJsonArray("services").encode())
                .isEqualTo("[{\"name\":\"service-0\",\"reason\":\"store\"},{\"name\":\"service-1\"},"
                        + "{\"name\":\"service-2\",\"reason\":\"store\"}]");
    }
}
