package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.StatusChanged;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.testing.ManualClock;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Polls with {@code since} report services that became stale or fresh, although there is no event. */
class StaleChangesTest {

    private static final int SERVICES = 6;
    private static final Duration TOO_LONG = Duration.ofHours(3);

    private final ManualClock clock = new ManualClock(1_700_000_000_000L);
    private final LargeBoard server = new LargeBoard(SERVICES, clock);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        server.close();
    }

    private CompletableFuture<JsonObject> later(String query) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/api/status?" + query))
                .timeout(Duration.ofMinutes(2))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(answer -> new JsonObject(answer.body()));
    }

    private JsonObject get(String query) {
        return later(query).join();
    }

    private static List<String> told(JsonObject answer, String member) {
        assertThat(answer.getBoolean("reset")).isFalse();
        return answer.getJsonArray(member).stream()
                .map(JsonObject.class::cast)
                .map(service -> service.getString("name") + (service.getBoolean("stale", false) ? " stale" : ""))
                .toList();
    }

    private void checkAgain(int from, int to) {
        List<ServiceStatus> found = IntStream.range(from, to)
                .mapToObj(i -> Samples.up("id" + i, clock.millis()))
                .toList();
        server.bus().publish(EventMessage.STATUS_CHANGED, new StatusChanged(found));
    }

    private static String sinceEvent(JsonObject answer) {
        return "since=" + answer.getString("event");
    }

    @Test
    void whoWaitsIsWokenUp() {
        JsonObject start = get("limit=1");
        JsonObject nothing = get("wait=1&" + sinceEvent(start));
        assertThat(told(nothing, "services")).isEmpty();
        assertThat(nothing.getString("event")).isEqualTo(start.getString("event"));

        CompletableFuture<JsonObject> waiting = later("wait=60&" + sinceEvent(start));
        clock.advance(TOO_LONG.toMillis());

        JsonObject stale = waiting.join();
        assertThat(told(stale, "services"))
                .containsExactlyElementsOf(IntStream.range(0, SERVICES)
                        .mapToObj(i -> "service-" + i + " stale")
                        .toList());
        assertThat(stale.getJsonObject("counts").getInteger("stale")).isEqualTo(SERVICES);
        JsonObject idle = get("wait=1&" + sinceEvent(stale));
        assertThat(told(idle, "services")).isEmpty();
        assertThat(idle.getString("event")).isEqualTo(stale.getString("event"));

        CompletableFuture<JsonObject> again = later("wait=60&" + sinceEvent(idle));
        checkAgain(3, 5);

        JsonObject fresh = again.join();
        assertThat(told(fresh, "services")).containsExactly("service-3", "service-4");
        assertThat(told(get("wait=1&" + sinceEvent(fresh)), "services")).isEmpty();
    }

    @Test
    void aListOfTheStaleOrTheOthersChangesWithThem() {
        JsonObject start = get("limit=1");
        clock.advance(TOO_LONG.toMillis());
        JsonObject stale = get("stale=true&wait=60&" + sinceEvent(start));
        assertThat(told(stale, "services")).hasSize(SERVICES);
        JsonObject up = get("status=up&wait=60&" + sinceEvent(start));
        assertThat(told(up, "services")).isEmpty();
        assertThat(told(up, "removed")).hasSize(SERVICES);
        JsonObject page = get("limit=2&stale=true");
        assertThat(told(get(sinceEvent(page)), "services")).isEmpty();

        CompletableFuture<JsonObject> waiting = later("stale=true&wait=60&" + sinceEvent(page));
        checkAgain(1, 2);

        JsonObject fresh = waiting.join();
        assertThat(told(fresh, "services")).isEmpty();
        assertThat(told(fresh, "removed")).containsExactly("service-1");
    }
}
