package io.openuptimes;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.testing.NodeGroup.call;
import static io.openuptimes.testing.NodeGroup.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.store.data.Keys;
import io.openuptimes.testing.LogCapture;
import io.openuptimes.testing.NextNode;
import io.openuptimes.testing.NextVersion;
import io.openuptimes.testing.NodeGroup;
import io.openuptimes.testing.RedisCalls;
import io.openuptimes.testing.RunningApp;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonObject;
import java.net.URLClassLoader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running node whose store is raised to a format that it does not read, and a node of a next version that does. */
class RaisedFormatTest {

    private static final int SERVICES = 20;
    private static final int PARTITIONS = 256;
    private static final String REFUSED = "This store has format 2; this version";

    @TempDir
    private Path dir;

    @Test
    void aNodeThatDoesNotReadTheFormatStopsWritingAndTheNextVersionTakesOver() throws Exception {
        Path compiled = NextVersion.in(Files.createDirectories(dir.resolve("next")))
                .readingFormat(2)
                .compile();
        try (URLClassLoader classes = NextVersion.loader(compiled);
                TargetServer target = TargetServer.start();
                NodeGroup group = new NodeGroup(Files.createDirectories(dir.resolve("redis")));
                RedisCalls redis = group.redis().connect();
                LogCapture log = LogCapture.of("io.openuptimes")) {
            RunningApp old = group.start(Map.of("OPENUPTIMES_NODE_NAME", "old"));
            for (int i = 0; i < SERVICES; i++) {
                call(old, "POST", "/api/services", service(i, target.url("/a")));
            }
            eventually(() -> assertThat(statuses(old)).hasSize(SERVICES).allMatch("up"::equals));

            redis.call("SET", Keys.FORMAT, "2");
            eventually(() ->
                    assertThat(send(old, "GET", "/readyz", "").statusCode()).isEqualTo(503));

            assertWritesNothing(redis);
            assertRefusesChanges(old);
            assertStillShows(old);
            assertThat(log.lines()).filteredOn(line -> line.contains(REFUSED)).hasSize(1);

            try (NextNode next = NextNode.start(classes, group)) {
                eventually(() -> assertThat(own(next).getInteger("partitions")).isEqualTo(PARTITIONS));
                long after = System.currentTimeMillis();
                eventually(() -> assertThat(list(next.call("GET", "/api/status", ""), "services"))
                        .hasSize(SERVICES)
                        .allMatch(service -> service.getLong("lastChecked") > after));
                assertThat(redis.call("GET", Keys.FORMAT)).isEqualTo("2");
                assertRefusesChanges(old);
            }
        }
    }

    /** While the admission is checked several more times, no script runs and the only commands are reads. */
    private static void assertWritesNothing(RedisCalls redis) throws Exception {
        long checked = calls(redis, "get");
        String writes = writes(redis);
        eventually(() -> assertThat(calls(redis, "get")).isGreaterThan(checked + 5));
        assertThat(writes(redis)).isEqualTo(writes);
    }

    private static String writes(RedisCalls redis) throws Exception {
        return "evalsha " + calls(redis, "evalsha") + ", xadd " + calls(redis, "xadd") + ", set " + calls(redis, "set")
                + ", hset " + calls(redis, "hset") + ", xtrim " + calls(redis, "xtrim");
    }

    private static long calls(RedisCalls redis, String command) throws Exception {
        Matcher calls = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)")
                .matcher(String.valueOf(redis.call("INFO", "commandstats")));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    private static void assertRefusesChanges(RunningApp old) throws Exception {
        HttpResponse<String> created = send(old, "POST", "/api/services", service(SERVICES, "http://127.0.0.1:9/"));
        assertThat(created.statusCode()).isEqualTo(503);
        assertThat(created.body()).contains(REFUSED);
        HttpResponse<String> patched = send(old, "PATCH", "/api/services?name=s0", "{\"description\": \"changed\"}");
        assertThat(patched.statusCode()).isEqualTo(503);
        assertThat(patched.body()).contains(REFUSED);
    }

    private static void assertStillShows(RunningApp old) throws Exception {
        JsonObject status = call(old, "GET", "/api/status", "");
        assertThat(list(status, "services")).hasSize(SERVICES);
        assertThat(status.getBoolean("storeReachable")).isFalse();
        assertThat(send(old, "GET", "/readyz", "").body()).contains("Not ready: this store has format 2; this version");
        assertThat(send(old, "GET", "/healthz", "").statusCode()).isEqualTo(200);
    }

    private static List<String> statuses(RunningApp app) throws Exception {
        return list(call(app, "GET", "/api/status", ""), "services").stream()
                .map(service -> service.getString("status"))
                .toList();
    }

    private static JsonObject own(NextNode next) throws Exception {
        return list(next.call("GET", "/api/nodes", ""), "nodes").stream()
                .filter(node -> node.getString("name").equals("next"))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonObject> list(JsonObject answer, String member) {
        return answer.getJsonArray(member).stream().map(JsonObject.class::cast).toList();
    }

    private static String service(int i, String url) {
        return new JsonObject()
                .put("name", "s" + i)
                .put("url", url)
                .put("interval", 1)
                .encode();
    }
}
