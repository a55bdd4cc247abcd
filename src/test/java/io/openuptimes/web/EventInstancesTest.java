package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.EventReader;
import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Event streams of several instances of the web verticle, and their common limit. */
class EventInstancesTest {

    private static final int MAX_OF_ONE_ADDRESS = 9;

    @RegisterExtension
    static final ApiServer api = new ApiServer()
            .with("OPENUPTIMES_HTTP_INSTANCES", "3")
            .with("OPENUPTIMES_HTTP_MAX_EVENT_STREAMS", "" + 10 * MAX_OF_ONE_ADDRESS);

    private final List<EventReader> readers = new ArrayList<>();

    @AfterEach
    void clear() throws Exception {
        readers.forEach(EventReader::close);
        api.deleteAll();
        eventually(() -> assertThat(api.get("/metrics").text()).containsPattern("openuptimes_event_streams 0"));
    }

    private EventReader open(String query) {
        EventReader reader = new EventReader("http://127.0.0.1:" + api.port() + "/api/events" + query);
        readers.add(reader);
        return reader;
    }

    private static List<String> told(EventReader reader) {
        return reader.events().stream()
                .filter(event ->
                        event.name().equals("transition") || event.name().equals("saved"))
                .map(event -> event.id() + " " + event.name() + " " + event.data())
                .toList();
    }

    @Test
    void allInstancesMeanTheSameByAnId() throws Exception {
        for (int i = 0; i < MAX_OF_ONE_ADDRESS - 3; i++) {
            open("");
        }
        for (EventReader reader : readers) {
            eventually(() -> assertThat(reader.events()).isNotEmpty());
        }
        for (int i = 0; i < 5; i++) {
            api.create(new JsonObject().put("name", "s" + i).put("url", api.url(200)));
        }
        EventReader first = readers.get(0);
        eventually(() -> assertThat(first.events("transition")).hasSize(5));
        for (EventReader reader : readers) {
            eventually(() -> assertThat(told(reader)).isEqualTo(told(first)));
        }

        // a stream resumed on any instance continues in the same way
        String middle = first.events("saved").get(2).id();
        int known = told(first)
                        .indexOf(told(first).stream()
                                .filter(told -> told.startsWith(middle + " "))
                                .findFirst()
                                .orElseThrow())
                + 1;
        for (int i = 0; i < 3; i++) {
            EventReader resumed = open("?after=" + middle);
            eventually(() -> assertThat(told(resumed))
                    .isEqualTo(told(first).subList(known, told(first).size())));
            assertThat(resumed.events("reset")).isEmpty();
        }
    }

    @Test
    void oneAddressHasATenthOfTheStreams() throws Exception {
        for (int i = 0; i < MAX_OF_ONE_ADDRESS; i++) {
            assertThat(open("").status()).isEqualTo(200);
        }

        Answer refused = api.get("/api/events");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(refused.message()).isEqualTo("Too many event streams at once from this caller");
        readers.remove(0).close();
        eventually(() -> {
            EventReader again = open("");
            assertThat(again.status()).isEqualTo(200);
        });
    }
}
