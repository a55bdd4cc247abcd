package io.openuptimes;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.check.type.line.LineType;
import io.openuptimes.testing.NextNode;
import io.openuptimes.testing.NextVersion;
import io.openuptimes.testing.NodeGroup;
import io.openuptimes.testing.RunningApp;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLClassLoader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A check type added by a package and one line in {@code META-INF/services}, in a whole node. */
@Timeout(180)
class AddedTypeTest {

    @TempDir
    private static Path dir;

    private static Vertx vertx;
    private static String url;
    private static URLClassLoader classes;
    private static NodeGroup group;
    /** A node with the type. */
    private static NextNode next;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        int port = await(vertx.createNetServer()
                        .connectHandler(socket -> socket.write("220-hello\r\n220 ready\r\n"))
                        .listen(0, "127.0.0.1"))
                .actualPort();
        url = "line://127.0.0.1:" + port;
        classes = NextVersion.withType(dir.resolve("next"), LineType.class);
        group = new NodeGroup(Files.createDirectories(dir.resolve("redis")));
        next = NextNode.start(classes, group);
    }

    @AfterAll
    static void stop() throws Exception {
        next.close();
        group.close();
        classes.close();
        await(vertx.close());
    }

    private static JsonObject added(JsonObject service) throws Exception {
        return next.call("POST", "/api/services", service.encode()).getJsonObject("service");
    }

    private static JsonObject ofLines(String name) {
        return new JsonObject()
                .put("name", name)
                .put("url", url)
                .put("lines", 2)
                .put("interval", 1);
    }

    private static JsonObject ofHttp(String name) {
        return new JsonObject()
                .put("name", name)
                .put("url", "http://127.0.0.1:9/")
                .put("paused", true);
    }

    private static JsonObject patched(String name, JsonObject changes) throws Exception {
        return next.call("PATCH", "/api/services?name=" + name, changes.encode())
                .getJsonObject("service");
    }

    private static void assertRefused(HttpResponse<String> answer, String field, String code) {
        assertThat(answer.statusCode()).as(answer::body).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getMap())
                .containsEntry("field", field)
                .containsEntry("code", code);
    }

    @Test
    void itsServicesAreStoredAndChecked() throws Exception {
        JsonObject service = added(ofLines("checked"));

        assertThat(service.getMap())
                .containsEntry("type", "line")
                .containsEntry("lines", 2)
                .containsEntry("ignoreTlsErrors", false)
                .containsEntry("method", "GET")
                .doesNotContainKeys("headers", "followRedirects");
        eventually(() -> assertThat(next.call("GET", "/api/status", "").getJsonArray("services").stream()
                        .map(JsonObject.class::cast)
                        .filter(status -> status.getString("name").equals("checked"))
                        .map(status -> status.getString("status")))
                .containsExactly("up"));
    }

    @Test
    void itsFieldsAndSchemesAreServedToThePages() throws Exception {
        JsonArray types = next.call("GET", "/api/check-types", "").getJsonArray("types");

        assertThat(types.stream().map(type -> ((JsonObject) type).getString("name")))
                .containsExactly("http", "line");
        assertThat(types.getJsonObject(1).getJsonArray("schemes")).containsExactly("line", "lines");
        assertThat(types.getJsonObject(1)
                        .getJsonArray("fields")
                        .getJsonObject(0)
                        .getMap())
                .containsEntry("name", "lines")
                .containsEntry("max", 100);
    }

    @Test
    void aUrlOfAnotherTypeKeepsOnlyTheFieldsThatBothTypesHave() throws Exception {
        added(ofHttp("moved")
                .put("description", "kept")
                .put("expectedStatus", 204)
                .put("headers", new JsonObject().put("X-Own", "1"))
                .put("ignoreTlsErrors", true));

        JsonObject lines = patched("moved", new JsonObject().put("url", url).put("lines", 2));
        assertThat(lines.getMap())
                .containsEntry("type", "line")
                .containsEntry("description", "kept")
                .containsEntry("lines", 2)
                .containsEntry("ignoreTlsErrors", true)
                .containsEntry("expectedStatus", 200)
                .doesNotContainKey("headers");

        JsonObject http = patched(
                "moved", new JsonObject().put("url", "http://127.0.0.1:9/").put("expectedStatuses", "301,302"));
        assertThat(http.getMap())
                .containsEntry("type", "http")
                .containsEntry("description", "kept")
                .containsEntry("expectedStatus", 301)
                .containsEntry("followRedirects", false)
                .containsEntry("headers", Map.of())
                .containsEntry("ignoreTlsErrors", true)
                .doesNotContainKey("lines");
    }

    @Test
    void aFieldOfTheOldTypeCannotBeSetWithAUrlOfTheNewOne() throws Exception {
        added(ofHttp("refused"));

        String change =
                new JsonObject().put("url", url).put("expectedStatus", 404).encode();
        assertRefused(next.send("PATCH", "/api/services?name=refused", change), "expectedStatus", "unknown_field");
        assertRefused(next.send("PATCH", "/api/services?name=refused", "{\"lines\": 2}"), "lines", "unknown_field");
    }

    @Test
    void aNodeWithoutTheTypeChangesCommonFieldsAndKeepsTheOthers() throws Exception {
        String id = added(ofLines("common")).getString("id");
        String path = "/api/services/" + id;
        RunningApp older = group.start(Map.of("OPENUPTIMES_NODE_NAME", "older"));
        eventually(() -> assertThat(NodeGroup.call(older, "GET", path, "")
                        .getJsonObject("service")
                        .getString("type"))
                .isEqualTo("line"));

        JsonObject replacement =
                new JsonObject().put("name", "common").put("url", url).put("description", "replaced");
        NodeGroup.call(older, "PUT", path, replacement.encode());
        NodeGroup.call(older, "PATCH", path, new JsonObject().put("group", "a").encode());
        NodeGroup.call(
                older,
                "PATCH",
                path,
                new JsonObject().put("url", url).put("timeout", 5_000).encode());
        assertThat(next.call("GET", path, "").getJsonObject("service").getMap())
                .containsEntry("description", "replaced")
                .containsEntry("group", "a")
                .containsEntry("timeout", 5_000)
                .containsEntry("lines", 2);

        for (String method : List.of("PUT", "PATCH")) {
            String lines = replacement.copy().put("lines", 3).encode();
            assertRefused(NodeGroup.send(older, method, path, lines), "lines", "unknown_field");
            String elsewhere =
                    replacement.copy().put("url", "line://127.0.0.1:9").encode();
            assertRefused(NodeGroup.send(older, method, path, elsewhere), "url", "invalid_format");
        }
        group.stop(older);
    }
}
