package io.openuptimes;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.testing.NodeGroup.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.NodeGroup;
import io.openuptimes.testing.RunningApp;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts of complete nodes: what a failure does to the status, the history and the transitions of a service. */
class VerdictsTest {

    @TempDir
    private Path dir;

    private final TargetServer target = TargetServer.start();
    private NodeGroup group;

    @BeforeEach
    void start() throws Exception {
        group = new NodeGroup(Files.createDirectory(dir.resolve("redis")));
    }

    @AfterEach
    void stop() throws Exception {
        group.close();
        target.close();
    }

    private RunningApp node(String... environment) throws Exception {
        Map<String, String> all = new HashMap<>();
        all.put("OPENUPTIMES_CHECK_INTERVAL", "86400");
        for (int i = 0; i < environment.length; i += 2) {
            all.put(environment[i], environment[i + 1]);
        }
        return group.start(all);
    }

    private JsonObject fields(String... policy) {
        JsonObject fields = new JsonObject().put("name", "shop").put("url", target.url("/shop"));
        for (int i = 0; i < policy.length; i += 2) {
            fields.put(policy[i], Integer.parseInt(policy[i + 1]));
        }
        return fields;
    }

    private static JsonObject status(RunningApp node) throws Exception {
        return call(node, "GET", "/api/status", "").getJsonArray("services").getJsonObject(0);
    }

    private static JsonArray history(RunningApp node) throws Exception {
        return call(node, "GET", "/api/history/shop", "").getJsonArray("history");
    }

    private static JsonArray transitions(RunningApp node) throws Exception {
        return call(node, "GET", "/api/transitions", "").getJsonArray("transitions");
    }

    private static JsonObject lastTransition(RunningApp node) throws Exception {
        JsonArray all = transitions(node);
        return all.getJsonObject(all.size() - 1);
    }

    private static void ping(RunningApp node) throws Exception {
        call(node, "GET", "/api/ping", "");
    }

    private void upAtFirst(RunningApp node, JsonObject fields) throws Exception {
        call(node, "POST", "/api/services", fields.encode());
        eventually(() -> assertThat(status(node).getString("status")).isEqualTo("up"));
        eventually(() -> assertThat(transitions(node)).hasSize(1));
    }

    @Test
    void one_failed_attempt_leaves_no_downtime_but_stands_in_the_history() throws Exception {
        RunningApp node = node("OPENUPTIMES_CHECKS_RETRIES", "1", "OPENUPTIMES_CHECKS_RETRY_INTERVAL", "1");
        upAtFirst(node, fields());
        target.fails("/shop");
        ping(node);

        assertThat(status(node).getString("status")).isEqualTo("up");
        JsonObject entry = history(node).getJsonObject(0);
        assertThat(entry.getString("status")).isEqualTo("up");
        assertThat(entry.getJsonArray("attempts")).hasSize(1);
        assertThat(entry.getJsonArray("attempts").getJsonObject(0).getJsonObject("error"))
                .isEqualTo(new JsonObject().put("class", "status").put("text", "expected 200, got 503"));
        assertThat(transitions(node)).hasSize(1);
    }

    @Test
    void meanwhile_it_shows_as_it_was_and_confirming() throws Exception {
        RunningApp node = node("OPENUPTIMES_CHECKS_RETRIES", "1", "OPENUPTIMES_CHECKS_RETRY_INTERVAL", "1");
        upAtFirst(node, fields("timeout", "60000"));
        target.fails("/shop");
        int before = target.hits("/shop");
        Thread pinging = new Thread(() -> {
            try {
                ping(node);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        pinging.start();
        eventually(() -> assertThat(target.hits("/shop")).isEqualTo(before + 1));
        target.hold("/shop");
        eventually(() -> assertThat(status(node).getBoolean("confirming")).isTrue());
        assertThat(status(node).getString("status")).isEqualTo("up");
        target.letGo("/shop");
        pinging.join();

        assertThat(status(node).getBoolean("confirming")).isNull();
    }

    @Test
    void an_outage_counts_from_its_first_failed_check() throws Exception {
        RunningApp node = node();
        upAtFirst(node, fields("failureThreshold", "3", "successThreshold", "2"));
        target.down("/shop");
        ping(node);
        ping(node);
        assertThat(status(node).getString("status")).isEqualTo("up");
        assertThat(status(node).getBoolean("confirming")).isTrue();
        ping(node);
        eventually(() -> assertThat(status(node).getString("status")).isEqualTo("down"));
        long first = history(node).getJsonObject(2).getLong("timestamp");
        long third = history(node).getJsonObject(0).getLong("timestamp");
        eventually(() -> assertThat(lastTransition(node).getString("to")).isEqualTo("down"));
        JsonObject down = lastTransition(node);
        assertThat(down.getLong("since")).isEqualTo(first);
        assertThat(down.getLong("at")).isEqualTo(third);
        target.up("/shop");
        ping(node);
        assertThat(status(node).getString("status")).isEqualTo("down");
        ping(node);
        assertThat(status(node).getString("status")).isEqualTo("up");
        eventually(() -> assertThat(lastTransition(node).getLong("since"))
                .isEqualTo(history(node).getJsonObject(1).getLong("timestamp")));
    }

    @Test
    void the_row_is_counted_on_by_the_next_process() throws Exception {
        RunningApp node = node();
        upAtFirst(node, fields("failureThreshold", "2"));
        target.down("/shop");
        ping(node);
        group.stop(node);
        RunningApp next = node();
        eventually(() -> assertThat(status(next).getBoolean("confirming")).isTrue());
        ping(next);

        assertThat(status(next).getString("status")).isEqualTo("down");
    }

    @Test
    void a_slow_service_is_up_and_degraded_with_the_reason() throws Exception {
        RunningApp node = node();
        target.slow("/shop", 50);
        upAtFirst(node, fields("degradedAfter", "1"));

        JsonObject status = status(node);
        assertThat(status.getBoolean("degraded")).isTrue();
        assertThat(status.getJsonObject("degradedBy").getString("class")).isEqualTo("slow");
        assertThat(status.getJsonObject("degradedBy").getString("text")).endsWith("ms, more than 1 ms");
        JsonObject whole = call(node, "GET", "/api/status?limit=1", "");
        assertThat(whole.getString("overall")).isEqualTo("degraded");
        assertThat(whole.getJsonObject("counts").getInteger("degraded")).isEqualTo(1);
        assertThat(whole.getJsonObject("counts").getInteger("up")).isEqualTo(1);
    }

    @Test
    void too_many_changes_are_flapping() throws Exception {
        RunningApp node = node();
        upAtFirst(node, fields("flapCount", "2"));
        for (int change = 1; change <= 3; change++) {
            assertThat(status(node).getBoolean("flapping")).isNull();
            if (change % 2 == 0) {
                target.up("/shop");
            } else {
                target.down("/shop");
            }
            ping(node);
        }

        eventually(() -> assertThat(status(node).getBoolean("flapping")).isTrue());
        assertThat(call(node, "GET", "/api/status?limit=1", "")
                        .getJsonObject("counts")
                        .getInteger("flapping"))
                .isEqualTo(1);
    }

    @Test
    void another_node_that_finds_it_up_makes_it_degraded() throws Exception {
        RunningApp one = node("OPENUPTIMES_CHECKS_CONFIRM_ELSEWHERE", "true", "OPENUPTIMES_NODE_NAME", "one");
        RunningApp two = node("OPENUPTIMES_CHECKS_CONFIRM_ELSEWHERE", "true", "OPENUPTIMES_NODE_NAME", "two");
        bothHold(one, two);
        upAtFirst(one, fields());
        target.fails("/shop");
        int before = target.hits("/shop");
        ping(holder(one, two));

        eventually(() -> assertThat(status(one).getBoolean("degraded")).isTrue());
        eventually(() -> assertThat(status(two).getBoolean("degraded")).isTrue());
        assertThat(status(one).getString("status")).isEqualTo("up");
        assertThat(status(one).getJsonObject("degradedBy").getString("text"))
                .matches("down from one node \\(expected 200, got 503\\), up from another");
        assertThat(target.hits("/shop")).isEqualTo(before + 2);
    }

    @Test
    void another_node_that_finds_it_down_confirms_it() throws Exception {
        RunningApp one = node("OPENUPTIMES_CHECKS_CONFIRM_ELSEWHERE", "true");
        RunningApp two = node("OPENUPTIMES_CHECKS_CONFIRM_ELSEWHERE", "true");
        bothHold(one, two);
        upAtFirst(one, fields());
        target.down("/shop");
        int before = target.hits("/shop");
        ping(holder(one, two));

        eventually(() -> assertThat(status(one).getString("status")).isEqualTo("down"));
        assertThat(target.hits("/shop")).isEqualTo(before + 2);
    }

    @Test
    void a_node_of_another_location_is_not_asked() throws Exception {
        RunningApp one = node("OPENUPTIMES_CHECKS_CONFIRM_ELSEWHERE", "true", "OPENUPTIMES_NODE_LOCATION", "eu");
        RunningApp two = node("OPENUPTIMES_CHECKS_CONFIRM_ELSEWHERE", "true", "OPENUPTIMES_NODE_LOCATION", "us");
        bothHold(one, two);
        upAtFirst(one, fields());
        target.fails("/shop");
        ping(holder(one, two));

        eventually(() -> assertThat(status(one).getString("status")).isEqualTo("down"));
    }

    private static void bothHold(RunningApp one, RunningApp two) throws Exception {
        for (RunningApp node : new RunningApp[] {one, two}) {
            eventually(() -> {
                JsonArray nodes = call(node, "GET", "/api/nodes", "").getJsonArray("nodes");
                assertThat(nodes.stream().map(JsonObject.class::cast))
                        .hasSize(2)
                        .allSatisfy(other ->
                                assertThat(other.getInteger("partitions")).isEqualTo(128));
            });
        }
    }

    /** The node that checks the service by its schedule. */
    private static RunningApp holder(RunningApp one, RunningApp two) throws Exception {
        boolean[] first = new boolean[1];
        eventually(() -> {
            JsonArray nodes = call(one, "GET", "/api/nodes", "").getJsonArray("nodes");
            first[0] = nodes.stream()
                    .map(JsonObject.class::cast)
                    .anyMatch(node -> node.getBoolean("self") && node.getInteger("services") == 1);
            assertThat(nodes.stream().map(JsonObject.class::cast).mapToInt(node -> node.getInteger("services")))
                    .containsExactlyInAnyOrder(0, 1);
        });
        return first[0] ? one : two;
    }
}
