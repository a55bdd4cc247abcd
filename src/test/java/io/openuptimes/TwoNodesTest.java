package io.openuptimes;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Peer;
import io.openuptimes.model.Phases;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.testing.Curl;
import io.openuptimes.testing.Curl.Answer;
import io.openuptimes.testing.EventReader;
import io.openuptimes.testing.NodeGroup;
import io.openuptimes.testing.RunningApp;
import io.openuptimes.web.Samples;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two complete nodes on one Redis: changes on one apply to the other. See also {@link AccessIntegrationTest}. */
class TwoNodesTest {

    @TempDir
    private Path dir;

    private NodeGroup group;

    @BeforeEach
    void start() throws Exception {
        group = new NodeGroup(Files.createDirectory(dir.resolve("redis")));
    }

    @AfterEach
    void stop() throws Exception {
        group.close();
    }

    private Curl node(String... environment) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("OPENUPTIMES_SERVICES_FILE", ""));
        for (int i = 0; i < environment.length; i += 2) {
            all.put(environment[i], environment[i + 1]);
        }
        return new Curl(group.start(all).port());
    }

    private static Answer send(Curl node, String method, String path, String body, String... headers) {
        Curl.Call call = node.call(method, path).key(NodeGroup.KEY);
        for (int i = 0; i < headers.length; i += 2) {
            call = call.with(headers[i], headers[i + 1]);
        }
        return (body.isEmpty() ? call : call.json(body)).send();
    }

    private static String service(String name) {
        return new JsonObject()
                .put("name", name)
                .put("url", "http://127.0.0.1:9/")
                .put("paused", true)
                .encode();
    }

    @Test
    void aStreamEndsWithTheKeyOrTheSessionThatLetItInWhereverThatEnds() throws Exception {
        Curl one = node();
        Curl other = node();
        JsonObject made = send(one, "POST", "/api/keys", "{\"name\":\"k\",\"scope\":\"read\"}")
                .json();
        send(one, "POST", "/api/setup/complete", "{\"password\":\"correct horse\"}");
        Answer in = one.call("POST", "/api/auth/login")
                .json("{\"password\":\"correct horse\"}")
                .send();
        String events = other.url("/api/events");
        try (EventReader byKey = new EventReader(events, "Authorization", "Bearer " + made.getString("key"));
                EventReader bySession = new EventReader(events, "Cookie", Curl.COOKIE + "=" + in.token());
                EventReader byNobody = new EventReader(events)) {
            assertThat(List.of(byKey.status(), bySession.status(), byNobody.status()))
                    .containsOnly(200);

            send(one, "DELETE", "/api/keys/" + made.getJsonObject("apiKey").getString("id"), "");
            eventually(() -> assertThat(byKey.isEnded()).isTrue());
            assertThat(bySession.isEnded()).isFalse();

            one.call("POST", "/api/auth/logout")
                    .cookie(in.token())
                    .with("X-CSRF-Token", in.json().getString("csrfToken"))
                    .send();
            eventually(() -> assertThat(bySession.isEnded()).isTrue());

            send(one, "POST", "/api/services", service("a"));
            byNobody.awaitService("saved", "a");
        }
        eventually(() -> assertThat(other.get("/api/status").send().text()).contains("\"a\""));
    }

    @Test
    void aRequestWithAKeyOfItsOwnIsCarriedOutOnceWhicheverNodesItIsSentTo() throws Exception {
        Curl one = node();
        Curl other = node();
        for (int round = 0; round < 10; round++) {
            String name = "s" + round;
            CompletableFuture<Answer> first = CompletableFuture.supplyAsync(
                    () -> send(one, "POST", "/api/services", service(name), "Idempotency-Key", name));
            Answer second = send(other, "POST", "/api/services", service(name), "Idempotency-Key", name);
            List<Integer> both = List.of(first.join().status(), second.status());
            assertThat(both).contains(201).isSubsetOf(201, 409);

            Answer later =
                    send(round % 2 == 0 ? one : other, "POST", "/api/services", service(name), "Idempotency-Key", name);
            assertThat(later.status()).isEqualTo(201);
            assertThat(later.json()).isEqualTo((second.status() == 201 ? second : first.join()).json());
        }
        eventually(
                () -> assertThat(send(other, "GET", "/api/services", "").json().getJsonArray("services"))
                        .hasSize(10));
    }

    @Test
    void whatIsSetAtOneHoldsAtTheOther() throws Exception {
        Curl one = node();
        Curl other = node();
        Answer made = send(one, "POST", "/api/services", service("a"));

        eventually(
                () -> assertThat(send(other, "GET", "/api/services?name=a", "").header("ETag"))
                        .isEqualTo(made.header("ETag")));
        String tag = String.valueOf(made.header("ETag"));
        Answer changed = send(other, "PATCH", "/api/services?name=a", "{\"timeout\":700}", "If-Match", tag);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(send(one, "PATCH", "/api/services?name=a", "{\"timeout\":800}", "If-Match", tag)
                        .status())
                .isEqualTo(412);
        eventually(() -> assertThat(send(one, "GET", "/api/services?name=a", "").header("ETag"))
                .isEqualTo(changed.header("ETag")));

        send(other, "PATCH", "/api/ping-history/ttl", "{\"ttl\":7200}");
        eventually(() ->
                assertThat(send(one, "GET", "/api/ping-history/ttl", "").text()).contains("7200"));
    }

    @Test
    void theOrderOfGroupsThatIsSetAtOneHoldsAtTheOther() throws Exception {
        Curl one = node();
        Curl other = node();
        for (String group : List.of("Alpha", "Zeta")) {
            String fields = new JsonObject(service(group)).put("group", group).encode();
            assertThat(send(one, "POST", "/api/services", fields).status()).isEqualTo(201);
        }
        String byName = "\"name\":\"Alpha\".*\"name\":\"Zeta\"";
        eventually(() ->
                assertThat(other.get("/api/status?sort=group").send().text()).containsPattern(byName));

        assertThat(send(one, "PATCH", "/api/site", "{\"groupOrder\":[\"Zeta\"]}")
                        .status())
                .isEqualTo(200);

        String ordered = "\"name\":\"Zeta\".*\"name\":\"Alpha\"";
        assertThat(one.get("/api/status?sort=group").send().text()).containsPattern(ordered);
        eventually(() ->
                assertThat(other.get("/api/status?sort=group").send().text()).containsPattern(ordered));
    }

    private static List<JsonObject> nodes(Curl node) {
        Answer answer = send(node, "GET", "/api/nodes", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getInteger("partitions")).isEqualTo(256);
        return answer.json().getJsonArray("nodes").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static int due(Curl node) {
        return send(node, "GET", "/api/schedule", "").json().getInteger("due");
    }

    @Test
    void bothTellWhichNodesThereAreAndWhatEachHas() throws Exception {
        Curl one = node("OPENUPTIMES_NODE_NAME", "one", "OPENUPTIMES_NODE_LOCATION", "berlin");
        eventually(() -> assertThat(nodes(one).get(0).getInteger("partitions")).isEqualTo(256));
        assertThat(nodes(one)).hasSize(1);
        Curl other = node("OPENUPTIMES_NODE_NAME", "other");
        for (int i = 0; i < 30; i++) {
            JsonObject checked = new JsonObject(service("s" + i)).put("paused", false);
            assertThat(send(one, "POST", "/api/services", checked.encode()).status())
                    .isEqualTo(201);
        }

        for (Curl node : List.of(one, other)) {
            eventually(() -> {
                List<JsonObject> nodes = nodes(node);
                assertThat(nodes).extracting(it -> it.getString("name")).containsExactly("one", "other");
                assertThat(nodes).extracting(it -> it.getString("location")).containsExactly("berlin", null);
                assertThat(nodes).extracting(it -> it.getBoolean("live")).containsExactly(true, true);
                assertThat(nodes).extracting(it -> it.getBoolean("self")).containsExactly(node == one, node == other);
                assertThat(nodes).extracting(it -> it.getInteger("partitions")).containsExactly(128, 128);
                assertThat(nodes.stream()
                                .mapToInt(it -> it.getInteger("services"))
                                .sum())
                        .isEqualTo(30);
            });
            eventually(() -> assertThat(due(one) + due(other)).isEqualTo(30));
            JsonObject all = send(node, "GET", "/api/nodes", "").json();
            assertThat(all.getInteger("free")).isZero();
            assertThat(all.getBoolean("storeReachable")).isTrue();
            assertThat(all.getLong("asOf"))
                    .isGreaterThanOrEqualTo(nodes(node).get(0).getLong("startedAt"));
            eventually(() -> assertThat(node.get("/metrics").send().text())
                    .contains(
                            "openuptimes_nodes 2",
                            "openuptimes_node_partitions 128",
                            "openuptimes_nodes_free_partitions 0"));
        }
        assertThat(one.get("/api/nodes").status()).isEqualTo(401);

        group.redis().stop();
        eventually(() -> {
            Answer alone = send(one, "GET", "/api/nodes", "");
            assertThat(alone.json().getBoolean("storeReachable")).isFalse();
            assertThat(alone.json().getJsonArray("nodes")).hasSize(2);
        });
        group.redis().start();
        eventually(() -> assertThat(send(one, "GET", "/api/nodes", "").json().getBoolean("storeReachable"))
                .isTrue());
    }

    private Path file(String name, String... services) throws Exception {
        StringBuilder text = new StringBuilder("services:\n");
        for (String service : services) {
            text.append("  - {name: ").append(service).append(", url: 'http://127.0.0.1:9/', paused: true}\n");
        }
        return Files.writeString(dir.resolve(name), text);
    }

    private static Map<String, Boolean> declared(Curl node) {
        return send(node, "GET", "/api/services", "").json().getJsonArray("services").stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.toMap(one -> one.getString("name"), one -> one.getBoolean("declared")));
    }

    private static JsonObject state(Curl node) {
        return send(node, "GET", "/api/services/declared", "").json();
    }

    @Test
    void aNodeWithoutTheFileLeavesAloneWhatAnotherDeclaresAndOfTwoFilesTheFirstCounts() throws Exception {
        Path file = file("one.yaml", "A", "B");
        Curl with = node("OPENUPTIMES_SERVICES_FILE", file.toString(), "OPENUPTIMES_NODE_NAME", "one");
        eventually(() -> assertThat(declared(with)).isEqualTo(Map.of("A", true, "B", true)));
        Curl without = node();
        Curl same =
                node("OPENUPTIMES_SERVICES_FILE", file("same.yaml", "A", "B").toString());
        Path differing = file("differing.yaml", "A", "C");
        Curl rival = node("OPENUPTIMES_SERVICES_FILE", differing.toString());

        eventually(() -> assertThat(state(rival).encode()).contains("node one has a services file with other content"));
        eventually(() -> assertThat(state(same).getInteger("services")).isEqualTo(2));
        for (Curl node : List.of(with, same, without)) { // the store may not be ready at startup
            eventually(() -> assertThat(state(node).getInteger("problemCount")).isZero());
        }
        for (Curl node : List.of(with, without, same, rival)) {
            eventually(() -> assertThat(declared(node)).isEqualTo(Map.of("A", true, "B", true)));
        }

        // the conflict ends when the first node matches the rival
        file("one.yaml", "A", "C");
        eventually(Duration.ofMinutes(1), () -> {
            assertThat(state(rival).getInteger("problemCount")).isZero();
            assertThat(declared(rival)).isEqualTo(Map.of("A", true, "C", true));
        });
        assertThat(send(without, "DELETE", "/api/services?name=A", "").status()).isEqualTo(409);
    }

    @Test
    void aCertificateThatOneSeesIsShownByTheOther() throws Exception {
        Map<String, String> environment = Map.of("OPENUPTIMES_SERVICES_FILE", "");
        RunningApp one = group.start(environment);
        Curl other = new Curl(group.start(environment).port());
        String id = send(new Curl(one.port()), "POST", "/api/services", service("S"))
                .json()
                .getJsonObject("service")
                .getString("id");
        int[] seen = {0};

        eventually(
                () -> { // the first may be seen before the nodes know each other
                    long now = System.currentTimeMillis();
                    ServerCertificate certificate = Samples.certificate(now, now + 1_000_000_000L - seen[0]++);
                    Peer peer = new Peer("127.0.0.1:443", "HTTP/1.1", "TLSv1.3", certificate);
                    CheckResult result =
                            new CheckResult(id, now, Outcome.UP, 200, 5, Phases.NONE, "", null, null, peer);
                    await(one.bus().request(StoreMessage.RECORD, new RecordResult(result)));
                    assertThat(send(other, "GET", "/api/status?service=S", "").text())
                            .contains("secret.internal");
                });
        assertThat(other.get("/api/status?service=S").send().text())
                .contains("\"certificate\":{\"validTo\":")
                .doesNotContain("secret.internal");
    }
}
