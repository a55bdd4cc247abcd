package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Scope;
import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server that a check reached, and who may see it. */
class PeerTest {

    private static final String NDJSON = "application/x-ndjson";

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    private static String address() {
        return "127.0.0.1:" + URI.create(api.url(200)).getPort();
    }

    /** One that fails and one that is unreachable. */
    @BeforeEach
    void services() throws Exception {
        api.create(service("bad", api.url(500)).put("labels", new JsonObject().put("team", "shop")));
        api.create(service("gone", "http://127.0.0.1:9/"));
        for (String name : List.of("bad", "gone")) {
            eventually(() -> assertThat(history(name, api.getWithKey("/api/history/" + name)))
                    .isNotEmpty());
        }
    }

    @AfterEach
    void deleteAll() {
        api.deleteAll();
    }

    private static JsonObject service(String name, String url) {
        return new JsonObject().put("name", name).put("url", url);
    }

    private static List<JsonObject> history(String name, Answer answer) {
        assertThat(answer.status()).as(name + ": " + answer.text()).isEqualTo(200);
        return answer.json().getJsonArray("history").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static Answer get(String path, String key, String... headers) {
        return api.send(
                "GET",
                path,
                null,
                Stream.concat(Stream.of("Authorization", "Bearer " + key), Stream.of(headers))
                        .toArray(String[]::new));
    }

    private static Map<String, Object> peer(JsonObject entry) {
        JsonObject peer = new JsonObject();
        for (String member : List.of("address", "protocol", "tlsVersion")) {
            assertThat(entry.containsKey(member)).as(entry.encode()).isTrue();
            peer.put(member, entry.getValue(member));
        }
        return peer.getMap();
    }

    private static Map<String, Object> reached() {
        return new JsonObject()
                .put("address", address())
                .put("protocol", "HTTP/1.1")
                .putNull("tlsVersion")
                .getMap();
    }

    private static Map<String, Object> nobody() {
        return new JsonObject()
                .putNull("address")
                .putNull("protocol")
                .putNull("tlsVersion")
                .getMap();
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void keysOfEveryScopeAreTold(Scope scope) throws Exception {
        String key = new Callers(api).key(scope);

        assertThat(peer(history("bad", get("/api/history/bad?limit=1", key)).get(0)))
                .isEqualTo(reached());
        assertThat(peer(history("gone", get("/api/history?service=gone&status=down", key))
                        .get(0)))
                .isEqualTo(nobody());
        assertThat(get("/api/history/bad?limit=1", key, "Accept", NDJSON).text().lines())
                .singleElement()
                .satisfies(line -> assertThat(peer(new JsonObject(line))).isEqualTo(reached()));
        assertThat(get("/api/history/bad?limit=1", key, "Accept", "text/csv").text())
                .startsWith(
                        "timestamp,time,status,responseTime,statusCode,error,text,address,protocol,tlsVersion,attempts\r\n")
                .endsWith("," + address() + ",HTTP/1.1,,1\r\n");
        eventually(() -> {
            JsonArray transitions =
                    get("/api/transitions?service=bad", key).json().getJsonArray("transitions");
            assertThat(transitions).isNotEmpty();
            assertThat(peer(transitions.getJsonObject(0))).isEqualTo(reached());
        });
        JsonArray round = get("/api/ping?service=bad&service=gone", key).json().getJsonArray("services");
        assertThat(peer(round.getJsonObject(0))).isEqualTo(reached());
        assertThat(peer(round.getJsonObject(1))).isEqualTo(nobody());
    }

    @Test
    void aSessionIsTold() {
        List<String> session = new Callers(api).signIn();

        Answer answer = api.get("/api/history/bad?limit=1", session.get(0), session.get(1));

        assertThat(peer(history("bad", answer).get(0))).isEqualTo(reached());
    }

    @Test
    void aKeyLimitedByLabelsIsToldOfItsServicesOnly() throws Exception {
        JsonObject fields =
                new JsonObject().put("name", "shop").put("scope", "read").put("selector", "team=shop");
        String key = api.call("POST", "/api/keys", fields).json().getString("key");

        assertThat(peer(history("bad", get("/api/history/bad?limit=1", key)).get(0)))
                .isEqualTo(reached());
        assertThat(get("/api/history/gone", key).status()).isEqualTo(403);
        eventually(
                () -> assertThat(get("/api/transitions", key).text()).contains(address())); // written after the history
    }

    @Test
    void aServiceThatMovesKeepsWhatItsOlderFailuresTell() {
        Answer changed = api.call("PATCH", "/api/services?name=gone", "{\"url\":\"" + api.url(404) + "\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(api.getWithKey("/api/ping?service=gone").status()).isEqualTo(200);

        List<JsonObject> entries = history("gone", api.getWithKey("/api/history/gone"));
        assertThat(peer(entries.get(0))).isEqualTo(reached());
        assertThat(peer(entries.get(entries.size() - 1))).isEqualTo(nobody());
    }

    @Test
    void checksThatFoundItUpTellNothing() {
        api.create("good", api.url(200));
        assertThat(api.getWithKey("/api/ping?service=good").json().getJsonArray("services"))
                .singleElement()
                .satisfies(entry -> assertThat(peer((JsonObject) entry)).isEqualTo(reached()));

        assertThat(history("good", api.getWithKey("/api/history/good?limit=1"))
                        .get(0)
                        .fieldNames())
                .containsExactlyInAnyOrder("timestamp", "status", "responseTime", "statusCode");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/status",
                "/api/status?limit=10",
                "/api/status?since=0-1",
                "/api/history/bad",
                "/api/history/bad?limit=1",
                "/api/history?service=bad&status=down&error=status",
                "/api/transitions",
                "/api/transitions?service=bad",
                "/api/uptime?service=bad",
                "/api/response-times?service=bad",
                "/api/site",
                "/services/bad",
                "/"
            })
    void nobodyIsToldWithoutAKey(String path) {
        Answer answer = api.get(path);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text())
                .doesNotContain(address(), "127.0.0.1", "\"address\"", "\"protocol\"", "\"tlsVersion\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {NDJSON, "text/csv"})
    void norByAFileOfTheHistory(String type) {
        Answer answer = api.get("/api/history/bad", "Accept", type);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).contains("status").doesNotContain("127.0.0.1", "address", "HTTP/1.1");
    }
}
