package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.testing.InTime.inTime;
import static io.openuptimes.web.ApiServer.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.EventReader;
import io.openuptimes.testing.EventReader.Event;
import io.openuptimes.testing.TargetServer;
import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest {

    private static final String PASSWORD = "correct horse battery";

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    private final List<EventReader> readers = new ArrayList<>();

    @AfterEach
    void clear() {
        readers.forEach(EventReader::close);
        api.deleteAll();
    }

    private EventReader open(String query, String... headers) {
        EventReader reader = new EventReader("http://127.0.0.1:" + api.port() + "/api/events" + query, headers);
        readers.add(reader);
        return reader;
    }

    private EventReader openWithKey(String query) {
        return open(query, "Authorization", "Bearer " + ApiServer.KEY);
    }

    /** Creates a service and waits until its first check has ended and responses include its transition. */
    private JsonObject checked(String name, boolean visible) throws Exception {
        JsonObject made = api.create(
                new JsonObject().put("name", name).put("url", api.url(200)).put("visible", visible));
        api.settled(name, "up");
        return made;
    }

    private static JsonObject status(String name) {
        return api.getWithKey("/api/status?service=" + encoded(name))
                .json()
                .getJsonArray("services")
                .getJsonObject(0);
    }

    private static String event() {
        return api.get("/api/status?limit=1").json().getString("event");
    }

    @Test
    void aStreamBeginsWithASummary() throws Exception {
        checked("a", true);
        EventReader reader = open("");

        assertThat(reader.status()).isEqualTo(200);
        assertThat(reader.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(reader.header("Cache-Control")).isEqualTo("no-store");
        eventually(() -> assertThat(reader.events()).isNotEmpty());
        Event first = reader.events().get(0);
        assertThat(first.name()).isEqualTo("summary");
        assertThat(first.data().fieldNames())
                .containsExactlyInAnyOrder("overall", "updated", "storeReachable", "event", "counts");
        assertThat(first.data().getBoolean("storeReachable")).isTrue();
        reader.await("summary", data -> data.getJsonObject("counts").getInteger("up") == 1);
    }

    @Test
    void aServerThatGoesDownIsToldOfWithinASecond() throws Exception {
        try (TargetServer target = TargetServer.start()) {
            EventReader reader = open("");
            api.create(new JsonObject().put("name", "real").put("url", target.url("/")));
            reader.awaitService("transition", "real");
            inTime(1_000, () -> {
                int before = reader.events("transition").size();
                target.down("/");
                api.getWithKey("/api/ping?service=real");
                long known = System.currentTimeMillis();

                Event down = next(reader, before);

                assertThat(down.ownId()).isTrue();
                assertThat(down.data().getString("from")).isEqualTo("up");
                assertThat(down.data().getString("to")).isEqualTo("down");
                JsonObject entry = asEverybodySees(status("real"));
                entry.remove("certificate"); // transitions contain only the status
                entry.remove("warnings");
                assertThat(down.data().getJsonObject("service")).isEqualTo(entry);
                assertThat(down.data().getLong("at"))
                        .isEqualTo(down.data().getJsonObject("service").getLong("since"));
                reader.await("summary", data -> data.getString("overall").equals("down"));
                target.up("/");
                api.getWithKey("/api/ping?service=real");
                next(reader, before + 1);
                return down.receivedAt() - known;
            });
        }
    }

    /** The transition after the first {@code told}. */
    private static Event next(EventReader reader, int told) throws Exception {
        eventually(() -> assertThat(reader.events("transition")).hasSize(told + 1));
        return reader.events("transition").get(told);
    }

    private static JsonObject asEverybodySees(JsonObject entry) {
        JsonObject copy = entry.copy();
        copy.remove("visible");
        copy.remove("labels");
        return copy;
    }

    @Test
    void whatIsSavedAndRemovedIsToldToThoseWhoSeeIt() throws Exception {
        EventReader everybody = open("");
        EventReader keyed = openWithKey("");
        String hidden = checked("hidden", false).getString("id");
        String seen = checked("seen", true).getString("id");

        assertThat(keyed.awaitService("saved", "hidden")
                        .data()
                        .getJsonObject("service")
                        .getBoolean("visible"))
                .isFalse();
        assertThat(everybody
                        .awaitService("saved", "seen")
                        .data()
                        .getJsonObject("service")
                        .fieldNames())
                .doesNotContain("visible");
        everybody.awaitService("transition", "seen");
        api.call("PATCH", "/api/services?name=hidden", "{\"name\": \"still hidden\"}");
        api.call("PATCH", "/api/services?name=seen", "{\"visible\": false}");
        everybody.await(
                "removed", data -> data.equals(new JsonObject().put("id", seen).put("name", "seen")));
        api.call("PATCH", "/api/services?name=seen", "{\"visible\": true}");
        eventually(() -> assertThat(everybody.events("saved")).hasSize(2));
        api.call("DELETE", "/api/services?name=still%20hidden", (String) null);
        api.call("DELETE", "/api/services?name=seen", (String) null);

        eventually(() -> assertThat(everybody.events("removed")).hasSize(2));
        keyed.await("removed", data -> data.getString("id").equals(hidden));
        assertThat(everybody.events().toString()).doesNotContain("hidden");
    }

    @Test
    void aStreamGoesOnWhereItEnded() throws Exception {
        EventReader whole = openWithKey("");
        EventReader first = openWithKey("");
        checked("a", true);
        first.awaitService("transition", "a");
        first.close();
        checked("b", true);
        checked("c", true);
        EventReader second = openWithKey("?after=nonsense"); // the header takes precedence
        readers.remove(second);
        second.close();
        EventReader resumed =
                open("?after=nonsense", "Authorization", "Bearer " + ApiServer.KEY, "Last-Event-ID", first.lastId());
        resumed.awaitService("transition", "c");
        whole.awaitService("transition", "c");

        assertThat(told(first, resumed)).isEqualTo(told(whole));
        assertThat(resumed.events("reset")).isEmpty();
    }

    @Test
    void whoResumesIsNotToldOfWhatIsHiddenSince() throws Exception {
        checked("first", true); // by then, removals by earlier tests have been reported
        String before = event();
        JsonObject made = checked("secret", true);
        api.call("PATCH", "/api/services?name=secret", "{\"visible\": false}");
        checked("last", true);

        EventReader resumed = open("?after=" + before);
        resumed.awaitService("transition", "last");

        assertThat(resumed.events("removed")).hasSize(1);
        assertThat(resumed.events().toString().replaceFirst("secret", "")) // named by the removal
                .doesNotContain("secret");
        assertThat(resumed.events("saved"))
                .noneMatch(saved ->
                        saved.data().getJsonObject("service").getString("id").equals(made.getString("id")));
        EventReader keyed = openWithKey("?after=" + before);
        assertThat(keyed.awaitService("transition", "secret").data().getString("to"))
                .isEqualTo("up");
    }

    private static List<String> told(EventReader... readers) {
        List<String> all = new ArrayList<>();
        for (EventReader reader : readers) {
            reader.events().stream()
                    .filter(event -> List.of("transition", "saved", "removed").contains(event.name()))
                    .forEach(event -> all.add(event.id() + " " + event.name() + " " + event.data()));
        }
        return all;
    }

    @Test
    void aPagedStatusSaysWhereToGoOn() throws Exception {
        checked("a", true);
        String event = event();
        checked("b", true);

        EventReader reader = open("?after=" + event);

        reader.awaitService("transition", "b");
        assertThat(reader.events("saved"))
                .extracting(saved -> saved.data().getJsonObject("service").getString("name"))
                .containsExactly("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k3j5-17", "nonsense", "%20", "1-0", "9999999999999-0"})
    void whoeverKnowsSomethingElseLoadsEverythingAgain(String after) throws Exception {
        checked("a", true);
        EventReader reader = open("?after=" + after);

        assertThat(reader.await("reset", data -> data.isEmpty()).ownId()).isFalse();
        assertThat(reader.events().get(0).name()).isEqualTo("summary");
        eventually(() -> assertThat(reader.lastId()).isEqualTo(event()));
        checked("b", true);
        reader.awaitService("transition", "b");
        assertThat(reader.events("reset")).hasSize(1);
    }

    @Test
    void everyCheckOfAServiceIsToldToThoseWhoAskForIt() throws Exception {
        JsonObject seen = checked("a b", true);
        JsonObject hidden = checked("h", false);
        EventReader byName = open("?service=a%20b&service=nobody&service=h");
        EventReader byId = open("?id=" + seen.getString("id") + "&id=" + hidden.getString("id"));
        EventReader none = open("");
        for (int i = 1; i <= 3; i++) {
            api.getWithKey("/api/ping");
            int times = i;
            for (EventReader reader : List.of(byName, byId)) {
                eventually(() -> assertThat(reader.events("result")).hasSize(times));
            }
        }

        assertThat(byName.events("result")).allSatisfy(result -> {
            assertThat(result.ownId()).isFalse();
            assertThat(result.data().getJsonObject("service").getString("name")).isEqualTo("a b");
        });
        assertThat(byName.events("result").get(2).data().getJsonObject("service"))
                .isEqualTo(asEverybodySees(status("a b")));
        // the first summary may predate the service; hidden services do not appear in the last one either
        Long updated = status("a b").getLong("lastChecked");
        none.await("summary", data -> updated.equals(data.getLong("updated")));
        assertThat(none.events("result")).isEmpty();
    }

    @Test
    void whatIsPausedMakesNoTransitions() throws Exception {
        checked("a", true);
        EventReader reader = open("?service=a");
        api.call("PATCH", "/api/services?name=a", "{\"paused\": true, \"expectedStatus\": 404}");
        api.getWithKey("/api/ping?service=a");

        reader.awaitService("result", "a");
        assertThat(reader.awaitService("saved", "a")
                        .data()
                        .getJsonObject("service")
                        .getBoolean("paused"))
                .isTrue();
        assertThat(reader.events("transition")).isEmpty();
    }

    @Test
    void aServiceThatIsRestoredIsToldOfWithItsStatus() throws Exception {
        checked("a", true);
        EventReader reader = open("");
        String undo = api.call("DELETE", "/api/services?name=a", (String) null)
                .json()
                .getJsonObject("undo")
                .getString("id");
        reader.await("removed", data -> data.getString("name").equals("a"));

        api.call("POST", "/api/services/restore", new JsonObject().put("id", undo));

        assertThat(reader.awaitService("saved", "a")
                        .data()
                        .getJsonObject("service")
                        .getString("status"))
                .isEqualTo("up");
    }

    @Test
    void streamsEndWithTheCredentialsByWhichTheyWereOpened() throws Exception {
        JsonObject made =
                api.call("POST", "/api/keys", "{\"name\": \"reader\"}").json();
        EventReader anonymous = open("");
        EventReader configured = openWithKey("");
        EventReader keyed = open("", "Authorization", "Bearer " + made.getString("key"));
        eventually(() -> assertThat(keyed.events()).isNotEmpty());

        api.call("DELETE", "/api/keys/" + made.getJsonObject("apiKey").getString("id"), (String) null);
        eventually(() -> assertThat(keyed.isEnded()).isTrue());

        api.call("POST", "/api/setup/complete", "{\"password\": \"" + PASSWORD + "\"}");
        Answer signedIn = api.send(
                "POST", "/api/auth/login", "{\"password\": \"" + PASSWORD + "\"}", "Content-Type", "application/json");
        String cookie = String.valueOf(signedIn.header("Set-Cookie")).replaceAll(";.*", "");
        EventReader signed = open("", "Cookie", cookie);
        eventually(() -> assertThat(signed.events()).isNotEmpty());
        api.send(
                "POST",
                "/api/auth/logout",
                null,
                "Cookie",
                cookie,
                "X-CSRF-Token",
                signedIn.json().getString("csrfToken"));
        eventually(() -> assertThat(signed.isEnded()).isTrue());

        assertThat(anonymous.isEnded()).isFalse();
        assertThat(configured.isEnded()).isFalse();
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThat(api.get("/api/events?_" + "&id=1".repeat(101)).message())
                .isEqualTo("id: must be given at most 100 times");
        assertThat(api.get("/api/events?after=a&after=b").message()).isEqualTo("after: must be given only once");
        assertThat(api.get("/api/events", "Authorization", "Bearer wrong").status())
                .isEqualTo(401);
        assertThat(api.send("HEAD", "/api/events", null).header("Content-Type")).isEqualTo("text/event-stream");
    }

    @Test
    void whoIsGoneBeforeTheKeyIsFoundLeavesNoStreamBehind() throws Exception {
        String key =
                api.call("POST", "/api/keys", "{\"name\": \"reader\"}").json().getString("key");
        String request = "GET /api/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + key + "\r\n\r\n";
        for (int i = 0; i < 50; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
                socket.setSoLinger(true, 0);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            }
        }
        EventReader last = open("", "Authorization", "Bearer " + key); // all previous streams have been counted
        eventually(() -> assertThat(last.events()).isNotEmpty());

        eventually(() -> assertThat(api.get("/metrics").text()).containsPattern("openuptimes_event_streams 1"));
    }

    @Test
    void openStreamsAreCounted() throws Exception {
        EventReader reader = open("");
        eventually(() -> assertThat(reader.events()).isNotEmpty());

        assertThat(api.getWithKey("/metrics").text()).containsPattern("openuptimes_event_streams [1-9]");
        reader.close();
        readers.remove(reader);
        eventually(() -> assertThat(api.get("/metrics").text()).containsPattern("openuptimes_event_streams 0"));
    }

    /** The session lookup for an invalid cookie is asynchronous; the client disconnects in the meantime. */
    @Test
    void aStreamWhoseClientIsGoneBeforeItBeginsIsNotKept() throws Exception {
        EventReader first = open("");
        eventually(() -> assertThat(first.events()).isNotEmpty());
        for (int i = 0; i < 50; i++) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
                client.setSoLinger(true, 0);
                String cookie = "openuptimes_session=" + "a".repeat(41) + (i + 10);
                client.getOutputStream()
                        .write(("GET /api/events HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            }
        }
        EventReader last = open("", "Cookie", "openuptimes_session=" + "z".repeat(43));
        eventually(() -> assertThat(last.events()).isNotEmpty());

        eventually(() -> assertThat(api.get("/metrics").text()).containsPattern("openuptimes_event_streams 2"));
    }
}
