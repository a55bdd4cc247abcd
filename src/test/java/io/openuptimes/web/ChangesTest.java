package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.web.ApiServer.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code GET /api/status} and {@code /api/services} with {@code since} and {@code wait}, and {@code /api/transitions}.
 */
class ChangesTest {

    private static final int MAX_WAITING = 3;

    @RegisterExtension
    static final ApiServer api = new ApiServer().with("OPENUPTIMES_HTTP_MAX_EVENT_STREAMS", "" + 10 * MAX_WAITING);

    @AfterEach
    void clear() throws Exception {
        api.deleteAll();
        eventually(() -> assertThat(api.get("/metrics").text()).containsPattern("openuptimes_event_streams 0"));
    }

    private static void create(String name, int status, boolean visible, String group) {
        api.create(new JsonObject()
                .put("name", name)
                .put("url", api.url(status))
                .put("visible", visible)
                .put("group", group));
    }

    /** Creates a service and waits until its first check has ended and responses include its transition. */
    private static void checked(String name, int status) throws Exception {
        create(name, status, true, "");
        settled(name, status == 200 ? "up" : "down");
    }

    private static void settled(String name, String status) throws Exception {
        api.settled(name, status);
    }

    private static String event() {
        return api.getWithKey("/api/status?limit=1").json().getString("event");
    }

    private static JsonObject since(String event, String more) {
        return api.get("/api/status?since=" + event + more).json();
    }

    private static List<String> names(JsonObject changes, String member) {
        List<String> names = new ArrayList<>();
        changes.getJsonArray(member).forEach(entry -> names.add(((JsonObject) entry).getString("name")));
        return names;
    }

    private static void patch(String name, String fields) {
        assertThat(api.call("PATCH", "/api/services?name=" + encoded(name), fields)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void onlyWhatHasChangedIsThereAsItIsNow() throws Exception {
        checked("a", 200);
        checked("b", 200);
        checked("c", 200);
        String start = event();
        assertThat(names(since(start, ""), "services")).isEmpty();
        api.getWithKey("/api/ping"); // same results as the previous checks

        patch("b", "{\"description\": \"one\"}");
        patch("a", "{\"expectedStatus\": 404}");
        settled("a", "down");
        patch("b", "{\"description\": \"two\"}");
        api.call("DELETE", "/api/services?name=c", (String) null);
        eventually(() -> assertThat(names(since(start, ""), "removed")).containsExactly("c"));

        JsonObject changes = since(start, "");
        assertThat(names(changes, "services")).containsExactly("b", "a");
        assertThat(changes.getJsonArray("services").getJsonObject(0).getString("description"))
                .isEqualTo("two");
        assertThat(changes.getJsonArray("services").getJsonObject(1))
                .isEqualTo(api.get("/api/status?service=a")
                        .json()
                        .getJsonArray("services")
                        .getJsonObject(0));
        assertThat(changes.getString("overall")).isEqualTo("degraded");
        assertThat(changes.getJsonObject("counts").getInteger("total")).isEqualTo(2);
        assertThat(changes.getBoolean("reset")).isFalse();
        assertThat(changes.getBoolean("more")).isFalse();
        assertThat(since(changes.getString("event"), "").getJsonArray("services"))
                .isEmpty();
    }

    @Test
    void thePlainFormSaysInAHeaderWhereToGoOn() throws Exception {
        checked("a", 200);
        Answer plain = api.get("/api/status");
        String event = String.valueOf(plain.header("OpenUptimes-Event"));
        assertThat(plain.json().fieldNames()).containsExactlyInAnyOrder("overall", "updated", "services");
        patch("a", "{\"description\": \"changed\"}");

        eventually(() -> assertThat(names(since(event, ""), "services")).containsExactly("a"));
        assertThat(api.get("/api/status", "If-None-Match", String.valueOf(plain.header("ETag")))
                        .header("OpenUptimes-Event"))
                .isNotEqualTo(event);
        Answer services = api.getWithKey("/api/services");
        JsonObject changes = api.getWithKey("/api/services?since=" + event).json();
        assertThat(changes.getJsonArray("services").getJsonObject(0).getString("url"))
                .isEqualTo(api.url(200));
        assertThat(api.getWithKey("/api/services?since=" + services.header("OpenUptimes-Event"))
                        .json()
                        .getJsonArray("services"))
                .isEmpty();
    }

    @Test
    void whatIsHiddenIsToldToThoseWithAKey() throws Exception {
        checked("seen", 200);
        String start = event();
        create("hidden", 200, false, "");
        settled("hidden", "up");
        patch("seen", "{\"visible\": false}");

        eventually(() -> assertThat(names(since(start, ""), "removed")).containsExactly("seen"));
        assertThat(since(start, "").encode()).doesNotContain("hidden");
        assertThat(names(api.getWithKey("/api/status?since=" + start).json(), "services"))
                .containsExactly("hidden", "seen");
    }

    @Test
    void whatIsNotOnTheListAnyMoreIsRemovedFromIt() throws Exception {
        create("in", 200, true, "G");
        create("out", 200, true, "H");
        settled("in", "up");
        settled("out", "up");
        String start = event();
        patch("out", "{\"expectedStatus\": 404}");
        settled("out", "down");
        JsonObject ofGroup = since(start, "&group=G&status=up");
        assertThat(names(ofGroup, "services")).isEmpty();
        patch("in", "{\"expectedStatus\": 404}");
        settled("in", "down");

        JsonObject up = since(start, "&group=G&status=up");
        assertThat(names(up, "services")).isEmpty();
        assertThat(names(up, "removed")).contains("in");
        assertThat(names(since(start, "&status=down"), "services")).containsExactly("out", "in");
    }

    @Test
    void moreThanTheLimitComesInTheNextAnswers() throws Exception {
        checked("before", 200); // by then, removals by earlier tests have been reported
        String start = event();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add("s" + i);
            checked("s" + i, 200);
        }

        List<String> told = new ArrayList<>();
        JsonObject page = since(start, "&limit=2");
        while (page.getBoolean("more")) {
            assertThat(page.getJsonArray("services")).hasSize(2);
            told.addAll(names(page, "services"));
            page = since(page.getString("event"), "&limit=2");
        }
        told.addAll(names(page, "services"));
        assertThat(told).containsExactlyElementsOf(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-1", "k3j5-17", "nonsense", "", "9999999999999-0"})
    void whatIsNotKnownIsAReset(String since) throws Exception {
        checked("a", 200);
        for (String path : List.of("/api/status?wait=60&since=", "/api/services?since=", "/api/transitions?since=")) {
            if (path.contains("transitions") && since.startsWith("9")) {
                continue; // nothing follows it
            }
            JsonObject answer = api.getWithKey(path + since).json();
            assertThat(answer.getBoolean("reset")).as(path).isTrue();
            assertThat(answer.encode()).doesNotContain("lastChecked", "serviceId");
        }
    }

    private static CompletableFuture<Answer> later(String path) {
        // the common pool may have fewer threads than there are waiting requests
        return CompletableFuture.supplyAsync(() -> api.getWithKey(path), task -> new Thread(task, "waiting").start());
    }

    private static void waiting(int count) throws Exception {
        eventually(() -> assertThat(api.get("/metrics").text()).containsPattern("openuptimes_event_streams " + count));
    }

    @Test
    void whoWaitsIsAnsweredWhenSomethingChanges() throws Exception {
        checked("a", 200);
        create("b", 200, true, "B");
        settled("b", "up");
        String start = event();
        CompletableFuture<Answer> status = later("/api/status?wait=60&group=B&since=" + start);
        CompletableFuture<Answer> services = later("/api/services?wait=60&since=" + start);
        CompletableFuture<Answer> transitions = later("/api/transitions?wait=60&service=b&since=" + start);
        waiting(3);

        patch("a", "{\"expectedStatus\": 404}");
        JsonObject first = services.get(60, TimeUnit.SECONDS).json();
        assertThat(names(first, "services")).containsExactly("a");
        patch("b", "{\"expectedStatus\": 404}");

        JsonObject turned = transitions.get(60, TimeUnit.SECONDS).json();
        assertThat(turned.getJsonArray("transitions")).hasSize(1);
        assertThat(turned.getJsonArray("transitions").getJsonObject(0).getString("service"))
                .isEqualTo("b");
        assertThat(status.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(api.getWithKey("/api/status?wait=60&since=" + start).status())
                .isEqualTo(200); // immediately, since there is a change
    }

    @Test
    void whoWaitsInVainIsAnsweredAllTheSame() throws Exception {
        checked("a", 200);
        String start = event();
        JsonObject changes = since(start, "&wait=1");
        assertThat(changes.getJsonArray("services")).isEmpty();
        assertThat(changes.getString("event")).isEqualTo(start);
        JsonObject transitions =
                api.get("/api/transitions?wait=1&since=" + start).json();
        assertThat(transitions.getJsonArray("transitions")).isEmpty();
        assertThat(transitions.getString("cursor")).isEqualTo(start);
    }

    @Test
    void soManyWaitAndWhoIsGoneWaitsNoMore() throws Exception {
        checked("a", 200);
        String path = "/api/status?wait=60&since=" + event();
        List<CompletableFuture<Answer>> waiting = new ArrayList<>();
        for (int i = 0; i < MAX_WAITING; i++) {
            waiting.add(later(path));
        }
        waiting(MAX_WAITING);

        Answer refused = api.getWithKey(path);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.message()).contains("from this caller");
        assertThat(refused.header("Retry-After")).isNotNull();
        assertThat(api.getWithKey("/api/transitions?wait=60&since=" + event()).status())
                .isEqualTo(429);
        patch("a", "{\"description\": \"b\"}");
        for (CompletableFuture<Answer> answer : waiting) {
            assertThat(answer.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.getOutputStream()
                    .write(("GET /api/status?wait=60&since=" + event() + " HTTP/1.1\r\nHost: a\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            waiting(1);
        }
        waiting(0);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/status?wait=5, wait: requires since",
        "/api/status?since=1-1&wait=61, wait: must be a whole number from 1 to 60",
        "/api/status?since=1-1&sort=-name, sort: cannot be combined with since",
        "/api/status?since=1-1&cursor=a, 'cursor: is not valid; use the one from the previous page'",
        "/api/status?since=1-1&since=2-2, since: must be given only once",
        "/api/status?since=1-1&limit=0, limit: must be a whole number from 1 to 1000",
        "/api/services?wait=5, wait: requires since",
        "/api/transitions?wait=5, wait: requires since",
        "/api/transitions?limit=1001, limit: must be a whole number from 1 to 1000",
        "/api/transitions?since=1-1&wait=0, wait: must be a whole number from 1 to 60"
    })
    void whatIsWrongIsNamed(String path, String message) {
        Answer answer = api.getWithKey(path);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo(message);
    }

    @Test
    void transitionsAreListedOldestFirst() throws Exception {
        String start = event();
        checked("a", 200);
        create("secret", 200, false, "");
        settled("secret", "up");
        patch("a", "{\"name\": \"renamed\", \"expectedStatus\": 404}");
        settled("renamed", "down");

        JsonObject all = api.get("/api/transitions?since=" + start).json();
        assertThat(all.getJsonArray("transitions")).hasSize(2);
        JsonObject up = all.getJsonArray("transitions").getJsonObject(0);
        JsonObject down = all.getJsonArray("transitions").getJsonObject(1);
        assertThat(up.getString("from") + up.getString("to") + up.getString("service"))
                .isEqualTo("unknownuprenamed");
        assertThat(up.containsKey("error")).isFalse();
        assertThat(down.getJsonObject("error"))
                .isEqualTo(new JsonObject().put("class", "status").put("text", "expected 404, got 200"));
        assertThat(down.getLong("at"))
                .isEqualTo(api.get("/api/status?service=renamed")
                        .json()
                        .getJsonArray("services")
                        .getJsonObject(0)
                        .getLong("since"));
        assertThat(api.get("/api/transitions?since=" + all.getString("cursor"))
                        .json()
                        .getJsonArray("transitions"))
                .isEmpty();

        JsonObject withKey = api.getWithKey("/api/transitions?limit=2").json();
        assertThat(withKey.encode()).contains("secret");
        JsonObject downWithKey = withKey.getJsonArray("transitions").getJsonObject(1);
        assertThat(downWithKey.getString("address")).startsWith("127.0.0.1:");
        List.of("address", "protocol", "tlsVersion").forEach(downWithKey::remove);
        assertThat(downWithKey).isEqualTo(down);
        assertThat(api.get("/api/transitions?limit=2").json().getJsonArray("transitions"))
                .isEqualTo(all.getJsonArray("transitions"));
        assertThat(api.get("/api/transitions?service=secret").status()).isEqualTo(404);

        JsonObject one = api.get("/api/transitions?limit=1&since=" + start).json();
        assertThat(one.getJsonArray("transitions").getJsonObject(0)).isEqualTo(up);
        assertThat(one.getBoolean("more")).isTrue();
        assertThat(api.get("/api/transitions?limit=1&since=" + one.getString("cursor"))
                        .json()
                        .getJsonArray("transitions")
                        .getJsonObject(0))
                .isEqualTo(down);
    }
}
