package io.openuptimes;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.testing.NodeGroup.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.NextNode;
import io.openuptimes.testing.NextVersion;
import io.openuptimes.testing.NodeGroup;
import io.openuptimes.testing.RunningApp;
import io.vertx.core.json.JsonObject;
import java.net.URLClassLoader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node of a next version with a field that needs a newer format, beside a node that does not read it. */
class NotYetTest {

    private static final String URL = "http://127.0.0.1:9/";

    @TempDir
    private Path dir;

    @Test
    void aFieldOfANewerFormatIsRefusedUntilAllNodesReadIt() throws Exception {
        Path compiled = NextVersion.withRunbook(Files.createDirectories(dir.resolve("next")), 2)
                .readingFormat(2)
                .compile();
        try (URLClassLoader classes = NextVersion.loader(compiled);
                NodeGroup group = new NodeGroup(Files.createDirectories(dir.resolve("redis")))) {
            RunningApp old = group.start(Map.of("OPENUPTIMES_NODE_NAME", "old"));
            try (NextNode next = NextNode.start(classes, group)) {
                eventually(() -> assertThat(call(old, "GET", "/api/nodes", "").getJsonArray("nodes"))
                        .hasSize(2));
                next.call("POST", "/api/services", service("{}"));
                next.call("PUT", "/api/services?name=s", service("{\"runbook\": \"\"}")); // its default

                assertRefused(next.send("POST", "/api/services", service("{\"name\": \"t\", \"runbook\": \"r\"}")));
                assertRefused(next.send("PUT", "/api/services?name=s", service("{\"runbook\": \"r\"}")));
                assertRefused(next.send("PATCH", "/api/services?name=s", "{\"runbook\": \"r\"}"));
                assertRefused(next.send("PATCH", "/api/services?group=g", "{\"runbook\": \"r\"}"));
                assertRefused(next.send("PUT", "/api/services/bulk", bulk("{\"runbook\": \"r\"}")));
                assertThat(next.call("GET", "/api/services?name=s", "").encode())
                        .contains("\"runbook\":\"\"")
                        .doesNotContain("\"name\":\"t\"");

                group.stop(old);
                eventually(() -> assertThat(next.send("PATCH", "/api/services?name=s", "{\"runbook\": \"r\"}")
                                .statusCode())
                        .isEqualTo(200));
                next.call("PUT", "/api/services/bulk", bulk("{\"runbook\": \"other\"}"));
                assertThat(next.call("GET", "/api/services?name=s", "").encode())
                        .contains("\"runbook\":\"other\"");
            }
        }
    }

    @Test
    void aServicesFileWithSuchAFieldIsAppliedOnceAllNodesReadIt() throws Exception {
        Path compiled = NextVersion.withRunbook(Files.createDirectories(dir.resolve("next")), 2)
                .readingFormat(2)
                .compile();
        Path file = Files.writeString(
                dir.resolve("services.yaml"), "services: [{name: s, url: '" + URL + "', runbook: r, paused: true}]");
        try (URLClassLoader classes = NextVersion.loader(compiled);
                NodeGroup group = new NodeGroup(Files.createDirectories(dir.resolve("redis")))) {
            RunningApp old = group.start(Map.of("OPENUPTIMES_NODE_NAME", "old"));
            try (NextNode next = NextNode.start(classes, group, Map.of("OPENUPTIMES_SERVICES_FILE", file.toString()))) {
                eventually(() -> assertThat(
                                next.call("GET", "/api/services/declared", "").encode())
                        .contains("runbook", "needs format 2 of the stored data, which has format 1"));
                assertThat(call(old, "GET", "/api/services", "").encode()).doesNotContain("\"name\":\"s\"");

                group.stop(old);
                eventually(
                        () -> assertThat(next.call("GET", "/api/services", "").encode())
                                .contains("\"runbook\":\"r\""));
                eventually(() -> assertThat(
                                next.call("GET", "/api/services/declared", "").encode())
                        .doesNotContain("needs format"));
            }
        }
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(answer.body())
                .contains("\"not_yet\"")
                .contains("runbook")
                .contains("needs format 2 of the stored data, which has format 1 until all nodes have been upgraded");
    }

    private static String service(String more) {
        return new JsonObject()
                .put("name", "s")
                .put("url", URL)
                .put("interval", 3_600)
                .put("group", "g")
                .mergeIn(new JsonObject(more))
                .encode();
    }

    private static String bulk(String more) {
        return "{\"services\": [" + service(more) + "]}";
    }
}
