package io.openuptimes;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.testing.InTime.inTime;
import static io.openuptimes.testing.NodeGroup.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.EventReader;
import io.openuptimes.testing.EventReader.Event;
import io.openuptimes.testing.NodeGroup;
import io.openuptimes.testing.RunningApp;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event streams resumed across restarts and nodes of the service, on one Redis. */
class EventResumeTest {

    @TempDir
    private Path dir;

    private final TargetServer target = TargetServer.start();
    private NodeGroup group;

    @BeforeEach
    void startRedis() throws Exception {
        group = new NodeGroup(dir);
    }

    @AfterEach
    void stop() throws Exception {
        group.close();
        target.close();
    }

    private RunningApp app() throws Exception {
        return group.start(Map.of("OPENUPTIMES_HTTP_INSTANCES", "2", "OPENUPTIMES_CHECK_INTERVAL", "86400"));
    }

    private void create(RunningApp app, String name, boolean visible) throws Exception {
        call(
                app,
                "POST",
                "/api/services",
                new JsonObject()
                        .put("name", name)
                        .put("url", target.url("/" + name))
                        .put("visible", visible)
                        .encode());
    }

    private static String status(RunningApp app, String name) throws Exception {
        return call(app, "GET", "/api/status?service=" + name, "")
                .getJsonArray("services")
                .getJsonObject(0)
                .getString("status");
    }

    private static EventReader stream(RunningApp app, String query, boolean withKey, String... more) {
        List<String> headers = new ArrayList<>(List.of(more));
        if (withKey) {
            headers.addAll(List.of("Authorization", "Bearer " + NodeGroup.KEY));
        }
        return new EventReader(
                "http://127.0.0.1:" + app.port() + "/api/events" + query, headers.toArray(new String[0]));
    }

    private static List<String> told(List<Event> events) {
        return events.stream()
                .filter(event -> List.of("transition", "saved", "removed").contains(event.name()))
                .map(event -> event.id() + " " + event.name())
                .toList();
    }

    @Test
    void aStreamGoesOnOverARestartAndMissesNothing() throws Exception {
        RunningApp first = app();
        String begin = call(first, "GET", "/api/status?limit=1", "").getString("event");
        EventReader whole = stream(first, "", true);
        EventReader reader = stream(first, "", true);
        create(first, "a", true);
        create(first, "gone", true);
        reader.awaitService("transition", "a");
        reader.awaitService("transition", "gone");
        String known = reader.lastId();
        reader.close();
        target.down("/a");
        call(first, "GET", "/api/ping?service=a", "");
        call(first, "DELETE", "/api/services?name=gone", "");
        create(first, "b", false);
        whole.awaitService("transition", "b");
        group.stop(first);
        RunningApp second = app();

        EventReader resumed = stream(second, "", true, "Last-Event-ID", known);
        EventReader fromTheBeginning = stream(second, "?after=" + begin, true);

        Event down = resumed.awaitService("transition", "a");
        assertThat(down.data().getString("to")).isEqualTo("down");
        assertThat(down.data().getJsonObject("service").getJsonObject("error").getString("class"))
                .isEqualTo("status");
        resumed.awaitService("transition", "b");
        List<String> all = told(whole.events());
        assertThat(told(resumed.events()))
                .isEqualTo(all.stream()
                        .filter(line -> line.compareTo(known + " zzz") > 0)
                        .toList());
        fromTheBeginning.awaitService("transition", "b");
        assertThat(resumed.events("reset")).isEmpty();
        assertThat(fromTheBeginning.events("reset")).isEmpty();
        create(second, "c", true);
        Event next = resumed.awaitService("transition", "c");
        assertThat(next.id()).isGreaterThan(all.get(all.size() - 1));
        assertThat(fromTheBeginning
                        .awaitService("saved", "a")
                        .data()
                        .getJsonObject("service")
                        .getString("status"))
                .isEqualTo("unknown"); // the state before the next event
    }

    @Test
    void whoHasNoKeyIsNotToldOfWhatIsHiddenOrWasThen() throws Exception {
        RunningApp first = app();
        String begin = call(first, "GET", "/api/status?limit=1", "").getString("event");
        create(first, "hidden", false);
        create(first, "concealed", true);
        create(first, "revealed", false);
        create(first, "open", true);
        for (String name : List.of("hidden", "concealed", "revealed", "open")) {
            eventually(() -> assertThat(status(first, name)).isEqualTo("up"));
        }
        call(first, "PATCH", "/api/services?name=concealed", "{\"visible\": false}");
        call(first, "PATCH", "/api/services?name=revealed", "{\"visible\": true}");
        target.down("/open");
        call(first, "GET", "/api/ping?service=open", "");
        group.stop(first);

        EventReader everybody = stream(app(), "?after=" + begin, false);

        everybody.await("transition", data -> data.getString("to").equals("down"));
        assertThat(everybody.events("reset")).isEmpty();
        assertThat(everybody.events("transition"))
                .extracting(event -> event.data().getJsonObject("service").getString("name"))
                .containsExactly("open", "open");
        assertThat(everybody.events("removed"))
                .extracting(event -> event.data().getString("name"))
                .containsExactly("concealed");
        assertThat(everybody.events("saved"))
                .extracting(event -> event.data().getJsonObject("service").getString("name"))
                .containsExactly("open", "revealed");
    }

    @Test
    void twoNodesTellTheSame() throws Exception {
        RunningApp here = app();
        RunningApp there = app();
        EventReader near = stream(here, "", true);
        EventReader far = stream(there, "", true);
        for (EventReader reader : List.of(near, far)) {
            eventually(() -> assertThat(reader.events()).isNotEmpty());
        }
        create(here, "a", true);
        near.awaitService("transition", "a");
        far.awaitService("transition", "a");
        // each web instance and the schedule learn of it separately
        eventually(() -> assertThat(status(there, "a")).isEqualTo("up"));
        eventually(() -> assertThat(call(there, "GET", "/api/schedule", "").getInteger("services"))
                .isEqualTo(1));

        target.down("/a");
        call(here, "GET", "/api/ping?service=a", "");
        call(here, "DELETE", "/api/services?name=a", "");

        far.await("removed", data -> data.getString("name").equals("a"));
        near.await("removed", data -> data.getString("name").equals("a"));
        assertThat(told(far.events())).isEqualTo(told(near.events()));
        eventually(() -> assertThat(call(there, "GET", "/api/services", "").getJsonArray("services"))
                .isEmpty());
        eventually(() -> assertThat(call(there, "GET", "/api/schedule", "").getInteger("services"))
                .isZero());
        String known = near.events("saved").get(0).id();
        EventReader moved = stream(there, "?after=" + known, true); // moves to the other node
        moved.await("removed", data -> data.getString("name").equals("a"));
        assertThat(moved.events("reset")).isEmpty();

        inTime(1_000, () -> {
            String name = "b" + System.nanoTime();
            create(here, name, true);
            return Math.abs(far.awaitService("saved", name).receivedAt()
                    - near.awaitService("saved", name).receivedAt());
        });
    }
}
