package io.openuptimes.hidden;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.testing.NodeGroup.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.hidden.HiddenChange.Caller;
import io.openuptimes.hidden.HiddenChange.Public;
import io.openuptimes.testing.EventReader;
import io.openuptimes.testing.NodeGroup;
import io.openuptimes.testing.RunningApp;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each change of a hidden service through each way to read it: on the node that made the change, on another node, and
 * on one started afterwards that only knows Redis' data.
 */
class HiddenServicesTest {

    /** A node as seen by its callers. */
    private record Place(String name, RunningApp app) {}

    /** What one caller saw of one change on one node. */
    private record Seen(Map<String, String> channels, List<EventReader.Event> events) {}

    @TempDir
    private Path dir;

    private final TargetServer target = TargetServer.start();
    private NodeGroup group;
    private RunningApp near;
    private RunningApp far;

    @BeforeEach
    void start() throws Exception {
        group = new NodeGroup(dir);
        near = app();
        far = app();
    }

    @AfterEach
    void stop() throws Exception {
        group.close();
        target.close();
    }

    private RunningApp app() throws Exception {
        return group.start(Map.of("OPENUPTIMES_HTTP_INSTANCES", "1", "OPENUPTIMES_CHECK_INTERVAL", "86400"));
    }

    @TestFactory
    Stream<DynamicContainer> thePublicLearnsOnlyWhatItMayKnow() throws Exception {
        List<DynamicContainer> changes = new ArrayList<>();
        Map<HiddenChange, String> begins = new LinkedHashMap<>();
        Map<HiddenChange, Caller> callers = new LinkedHashMap<>();
        for (HiddenChange change : HiddenChange.values()) {
            changes.add(DynamicContainer.dynamicContainer(change + " as it happens", live(change, begins, callers)));
        }
        group.stop(near);
        group.stop(far);
        Place again = new Place("after a restart", app());
        for (HiddenChange change : HiddenChange.values()) {
            String since = begins.get(change);
            Seen all;
            Seen open;
            try (EventReader keyed = stream(again.app(), since, true);
                    EventReader stranger = stream(again.app(), since, false)) {
                String last = mark(again.app(), "again after " + change);
                all = seen(change, again, since, true, keyed, last);
                open = seen(change, again, since, false, stranger, last);
            }
            // covers all changes since this one
            changes.add(DynamicContainer.dynamicContainer(
                    change + " " + again.name(), tests(change, callers.get(change), again, all, open)));
        }
        return changes.stream();
    }

    private List<DynamicTest> live(
            HiddenChange change, Map<HiddenChange, String> begins, Map<HiddenChange, Caller> callers) throws Exception {
        Caller caller = change.begin(near, target);
        mark(near, "before " + change);
        settle(far, "before " + change);
        String since = call(near, "GET", "/api/status?limit=1", "").getString("event");
        begins.put(change, since);
        callers.put(change, caller);
        String tag = tag(near);
        List<DynamicTest> tests = new ArrayList<>();
        List<Place> places = List.of(new Place("here", near), new Place("there", far));
        List<EventReader> readers = new ArrayList<>();
        for (Place place : places) {
            readers.add(stream(place.app(), since, true));
            readers.add(stream(place.app(), since, false));
        }
        change.make(caller);
        String tagAfter = tag(near);
        caller.fail();
        String last = mark(near, "after " + change);
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            settle(place.app(), "after " + change);
            Seen all = seen(change, place, since, true, readers.get(2 * i), last);
            Seen open = seen(change, place, since, false, readers.get(2 * i + 1), last);
            tests.addAll(tests(change, caller, place, all, open));
        }
        readers.forEach(EventReader::close);
        tests.add(DynamicTest.dynamicTest("ETag", () -> {
            if (change.effect() == Public.SEES_NOTHING) {
                assertThat(tagAfter).isEqualTo(tag);
            } else {
                assertThat(tagAfter).isNotEqualTo(tag);
            }
        }));
        return tests;
    }

    private List<DynamicTest> tests(HiddenChange change, Caller caller, Place place, Seen all, Seen open) {
        List<DynamicTest> tests = new ArrayList<>();
        open.channels()
                .forEach((channel, text) -> tests.add(
                        DynamicTest.dynamicTest(channel + " " + place.name(), () -> assertThat(withoutQueries(text))
                                .doesNotContain("secret"))));
        tests.add(DynamicTest.dynamicTest("the effect " + place.name(), () -> effect(change, caller, open)));
        String asked = Channel.byName(place.app(), caller.secret());
        String ofNobody = Channel.byName(place.app(), "nobody");
        tests.add(DynamicTest.dynamicTest(
                "by name " + place.name(), () -> assertThat(asked).isEqualTo(ofNobody)));
        if (change != HiddenChange.SHOW_UNDER_ANOTHER_NAME) {
            tests.add(DynamicTest.dynamicTest("with a key " + place.name(), () -> {
                boolean gone = change == HiddenChange.HIDE_RENAME_THEN_DELETE || change == HiddenChange.DELETE;
                boolean reset = change.effect() == Public.LOADS_EVERYTHING_AGAIN;
                assertThat(withoutQueries(all.channels().get(reset ? Channel.PAGES.name() : "STREAM")))
                        .contains("secret");
                assertThat(all.channels().get(Channel.TRANSITIONS.name()).contains(caller.id()))
                        .isEqualTo(!gone);
            }));
        }
        return tests;
    }

    private static void effect(HiddenChange change, Caller caller, Seen open) {
        List<JsonObject> removed = open.events().stream()
                .filter(event -> event.name().equals("removed"))
                .map(EventReader.Event::data)
                .filter(data -> data.getString("id").equals(caller.id()))
                .toList();
        String since = open.channels().get(Channel.SINCE.name());
        switch (change.effect()) {
            case SEES_IT_GO -> {
                assertThat(removed)
                        .containsExactly(new JsonObject().put("id", caller.id()).put("name", caller.publicName()));
                assertThat(since).contains("{\"id\":\"" + caller.id() + "\",\"name\":\"" + caller.publicName() + "\"}");
                assertThat(open.channels().get(Channel.PAGES.name())).doesNotContain(caller.publicName());
            }
            case SEES_IT_COME -> {
                assertThat(removed).isEmpty();
                assertThat(open.channels().get("STREAM")).contains(caller.publicName());
                assertThat(since).contains(caller.publicName());
                // both lists contain the transition since then and none from before
                Pattern own = Pattern.compile("\"serviceId\":\"" + caller.id());
                assertThat(own.matcher(open.channels().get(Channel.TRANSITIONS.name()))
                                .results())
                        .hasSize(2);
            }
            case SEES_NOTHING -> assertThat(open.channels().toString()).doesNotContain(caller.id());
            case LOADS_EVERYTHING_AGAIN -> {
                assertThat(open.events()).extracting(EventReader.Event::name).contains("reset");
                assertThat(since).contains("\"reset\":true");
            }
        }
    }

    /** Removes the echoed query parameters. */
    private static String withoutQueries(String text) {
        return text.replaceAll("(?m)^/\\S+ -> ", "");
    }

    private static Seen seen(
            HiddenChange change, Place place, String since, boolean withKey, EventReader reader, String last)
            throws Exception {
        if (change.effect() == Public.LOADS_EVERYTHING_AGAIN) {
            reader.await("reset", any -> true); // may arrive after the last change and replace its event
        } else {
            reader.awaitService("saved", last);
        }
        // by now all other channels have the change
        Map<String, String> channels = new LinkedHashMap<>();
        for (Channel channel : Channel.values()) {
            channels.put(channel.name(), channel.look(place.app(), withKey, since));
        }
        List<EventReader.Event> events = reader.events();
        channels.put(
                "STREAM",
                events.stream()
                        .map(event -> event.name() + " " + event.data().encode())
                        .collect(Collectors.joining("\n")));
        return new Seen(channels, events);
    }

    private static EventReader stream(RunningApp app, String after, boolean withKey) {
        String url = "http://127.0.0.1:" + app.port() + "/api/events?after=" + after;
        return withKey ? new EventReader(url, "Authorization", "Bearer " + NodeGroup.KEY) : new EventReader(url);
    }

    private static String tag(RunningApp app) {
        return Channel.get(app, "/api/status", false)
                .headers()
                .firstValue("ETag")
                .orElseThrow();
    }

    /** Creates a visible service that is never checked, as a marker. */
    private static String mark(RunningApp app, String name) throws Exception {
        call(
                app,
                "POST",
                "/api/services",
                new JsonObject()
                        .put("name", name)
                        .put("url", "http://127.0.0.1:9/")
                        .put("paused", true)
                        .encode());
        return name;
    }

    private static void settle(RunningApp app, String name) throws Exception {
        eventually(
                () -> assertThat(Channel.get(app, "/api/status", false).body()).contains('"' + name + '"'));
    }
}
