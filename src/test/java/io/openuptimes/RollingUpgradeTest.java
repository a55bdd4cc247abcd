package io.openuptimes;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.testing.NodeGroup.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.model.Outcome;
import io.openuptimes.store.data.Keys;
import io.openuptimes.testing.EventReader;
import io.openuptimes.testing.NextNode;
import io.openuptimes.testing.NextVersion;
import io.openuptimes.testing.NodeGroup;
import io.openuptimes.testing.RedisCalls;
import io.openuptimes.testing.RunningApp;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonObject;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes of this version and one of a next version, with an additional field, outcome and format, on one Redis. This
 * version loses nothing that the next version has written.
 */
class RollingUpgradeTest {

    private static final int LATER = Outcome.known().size();
    private static final int SERVICES = 40;

    @TempDir
    private Path dir;

    private static Path compile(Path directory) throws Exception {
        String outcome = "io/openuptimes/model/Outcome.java";
        return NextVersion.withRunbook(Files.createDirectories(directory))
                .replace(
                        outcome,
                        "    /** Text of every {@link #DENIED};",
                        "    public static final Outcome LATER = failure(" + LATER
                                + ", \"later\");\n    /** Text of every {@link #DENIED};")
                .replace(outcome, "DISPUTED);", "DISPUTED, LATER);")
                .replace("io/openuptimes/check/Judgement.java", "Outcome.STATUS", "Outcome.LATER")
                .readingFormat(2)
                .compile();
    }

    private static List<JsonObject> list(JsonObject answer, String member) {
        return answer.getJsonArray(member).stream().map(JsonObject.class::cast).toList();
    }

    private static String service(int i, String url, String more) {
        return new JsonObject()
                .put("name", "s" + i)
                .put("url", url)
                .put("interval", 1)
                .put("group", "all")
                .mergeIn(new JsonObject(more))
                .encode();
    }

    private static String runbook(int i) {
        return "https://wiki/" + i;
    }

    private String format(NodeGroup group) throws Exception {
        try (RedisCalls redis = group.redis().connect()) {
            return String.valueOf(redis.call("GET", Keys.FORMAT));
        }
    }

    @Test
    void nothingOfTheNextVersionIsLostAndTheFormatRisesOnceAllNodesReadIt() throws Exception {
        try (URLClassLoader classes = NextVersion.loader(compile(dir.resolve("next")));
                TargetServer target = TargetServer.start();
                NodeGroup group = new NodeGroup(Files.createDirectories(dir.resolve("redis")))) {
            RunningApp first = group.start(Map.of("OPENUPTIMES_NODE_NAME", "first"));
            RunningApp second = group.start(Map.of("OPENUPTIMES_NODE_NAME", "second"));
            try (NextNode next = NextNode.start(classes, group);
                    EventReader events = new EventReader("http://127.0.0.1:" + first.port() + "/api/events")) {
                assertAllShareTheWork(first);
                String url = target.url("/a");
                for (int i = 0; i < SERVICES; i++) {
                    next.call("POST", "/api/services", service(i, url, "{\"runbook\": \"" + runbook(i) + "\"}"));
                }
                changeAll(first, second, url);
                assertFieldsKept(next);
                assertThat(format(group)).isEqualTo("1");

                target.down("/a");
                assertUnknownIsShown(first, events);
                assertUnknownIsShown(second, events);
                target.up("/a");
                eventually(() -> assertThat(list(call(first, "GET", "/api/status", ""), "services"))
                        .allMatch(service -> service.getString("status").equals("up")));
                assertSameHistories(first, next);

                group.stop(first);
                group.stop(second);
                eventually(() -> assertThat(format(group)).isEqualTo("2"));
                assertFieldsKept(next);
                assertThatThrownBy(() -> group.start(Map.of())).hasMessageContaining("This store has format 2");
            }
        }
    }

    private static void assertAllShareTheWork(RunningApp app) throws Exception {
        eventually(() -> {
            List<JsonObject> nodes = list(call(app, "GET", "/api/nodes", ""), "nodes");
            assertThat(nodes).hasSize(3).allMatch(node -> node.getInteger("partitions") > 80);
            assertThat(nodes)
                    .extracting(node -> node.getString("name") + " " + node.getInteger("format"))
                    .containsExactlyInAnyOrder("first 1", "second 1", "next 2");
        });
    }

    /** Changes a service in every way, by nodes that do not know the field. */
    private static void changeAll(RunningApp first, RunningApp second, String url) throws Exception {
        eventually(() -> {
            for (RunningApp app : List.of(first, second)) {
                assertThat(list(call(app, "GET", "/api/services", ""), "services"))
                        .hasSize(SERVICES);
            }
        });
        call(first, "PATCH", "/api/services?name=s0", "{\"description\": \"changed\"}");
        call(second, "PUT", "/api/services?name=s1", service(1, url, "{\"description\": \"replaced\"}"));
        call(first, "PATCH", "/api/services?name=s2", "{\"name\": \"renamed\"}");
        call(second, "PATCH", "/api/services?group=all", "{\"timeout\": 5000}");
        JsonObject deleted = call(first, "DELETE", "/api/services?name=s3", "").getJsonObject("undo");
        call(
                second,
                "POST",
                "/api/services/restore",
                new JsonObject().put("id", deleted.getString("id")).encode());
    }

    private static void assertFieldsKept(NextNode next) throws Exception {
        eventually(() -> {
            List<JsonObject> services = list(next.call("GET", "/api/services", ""), "services");
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < SERVICES; i++) {
                expected.add((i == 2 ? "renamed" : "s" + i) + " " + runbook(i) + " 5000");
            }
            assertThat(services)
                    .extracting(service -> service.getString("name") + " " + service.getString("runbook") + " "
                            + service.getInteger("timeout"))
                    .containsExactlyInAnyOrderElementsOf(expected);
        });
    }

    private static void assertUnknownIsShown(RunningApp app, EventReader events) throws Exception {
        List<String> names = new ArrayList<>();
        eventually(() -> {
            List<JsonObject> services = list(call(app, "GET", "/api/status", ""), "services");
            assertThat(services).hasSize(SERVICES).allMatch(service -> service.getString("status")
                    .equals("down"));
            List<String> found = services.stream()
                    .filter(service ->
                            service.getJsonObject("error").getString("class").equals("unknown"))
                    .map(service -> service.getString("name"))
                    .toList();
            assertThat(found).isNotEmpty();
            names.clear();
            names.addAll(found);
        });
        String name = names.get(0);
        assertThat(list(call(app, "GET", "/api/history/" + name, ""), "history"))
                .anyMatch(entry -> error(entry).startsWith("unknown (code " + LATER + "): expected 200, got 503"));
        eventually(() -> assertThat(list(call(app, "GET", "/api/transitions?service=" + name, ""), "transitions"))
                .anyMatch(transition -> error(transition).startsWith("unknown (code " + LATER + ")")));
        events.await(
                "transition", event -> error(event.getJsonObject("service")).startsWith("unknown (code"));
    }

    private static String error(JsonObject of) {
        JsonObject error = of.getJsonObject("error");
        return error == null ? "" : error.getString("text");
    }

    /** Each version shows every result of the other. */
    private static void assertSameHistories(RunningApp ours, NextNode next) throws Exception {
        long to = System.currentTimeMillis();
        for (int i : List.of(0, 1, 4, 17, SERVICES - 1)) {
            String path = "/api/history/s" + i + "?limit=10000&to=" + to;
            eventually(
                    () -> { // results of the last moment may still be on their way
                        List<String> here = entries(call(ours, "GET", path, ""));
                        assertThat(here).isNotEmpty().isEqualTo(entries(next.call("GET", path, "")));
                    });
        }
    }

    private static List<String> entries(JsonObject history) {
        return list(history, "history").stream()
                .map(entry -> entry.getLong("timestamp") + " " + entry.getString("status"))
                .toList();
    }
}
