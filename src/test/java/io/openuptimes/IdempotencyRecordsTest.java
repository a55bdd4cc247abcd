package io.openuptimes;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Curl;
import io.openuptimes.testing.Curl.Answer;
import io.openuptimes.testing.NodeGroup;
import io.openuptimes.testing.RedisCalls;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The records of {@code Idempotency-Key} requests in Redis. */
class IdempotencyRecordsTest {

    private static final String RECORDS = "{ou:once}:record:*";
    private static final int MAX_BYTES = 16 * 1024;
    private static final String BULK = "/api/services/bulk";

    @TempDir
    private Path dir;

    private NodeGroup group;
    private Curl node;
    private RedisCalls redis;

    @BeforeEach
    void start() throws Exception {
        group = new NodeGroup(Files.createDirectory(dir.resolve("redis")));
        node = new Curl(group.start(Map.of("OPENUPTIMES_SERVICES_FILE", "")).port());
        redis = group.redis().connect();
    }

    @AfterEach
    void stop() throws Exception {
        redis.close();
        group.close();
    }

    private Answer send(String method, String path, String body, String key) {
        return node.call(method, path)
                .key(NodeGroup.KEY)
                .json(body)
                .with("Idempotency-Key", key)
                .send();
    }

    private List<String> records() throws Exception {
        return ((List<?>) redis.call("KEYS", RECORDS))
                .stream().map(String::valueOf).toList();
    }

    private void assertOneSmallRecord() throws Exception {
        assertThat(records()).hasSize(1);
        assertThat((Long) redis.call("STRLEN", records().get(0))).isBetween(1L, (long) MAX_BYTES);
    }

    private static void assertReplayed(Answer again, Answer first) {
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    }

    /** Each entry is rejected because of its timeout. */
    private static String refused(int entries, String name) {
        return IntStream.range(0, entries)
                .mapToObj(i -> service(name + i).put("timeout", 1).encode())
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static JsonObject service(String name) {
        return new JsonObject()
                .put("name", name)
                .put("url", "http://127.0.0.1:9/")
                .put("paused", true);
    }

    private static void assertFirstOf(JsonArray some, JsonArray all) {
        assertThat(some.size()).isBetween(1, all.size() - 1);
        for (int i = 0; i < some.size(); i++) {
            assertThat(some.getValue(i)).isEqualTo(all.getValue(i));
        }
    }

    @Test
    void dryRunsLeaveNone() throws Exception {
        String body = refused(2_000, "x".repeat(40));
        assertThat(body.length()).isGreaterThan(200_000);

        for (int i = 0; i < 60; i++) {
            Answer answer = send("PUT", BULK + "?dryRun=true", body, "key-" + i);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Idempotent-Replayed")).isNull();
        }

        assertThat((List<?>) redis.call("KEYS", "*ou:once*")).isEmpty();
        assertThat(send("PUT", BULK + "?dryRun=true", "[]", "a b").text())
                .contains("Idempotency-Key: must be 1 to 255 visible ASCII characters");
    }

    @Test
    void anInvalidRequestLeavesNoneAndIsRefusedAgain() throws Exception {
        String body = refused(5_000, "ü\\\"".repeat(30));
        Answer first = send("PUT", BULK, body, "refused");

        Answer again = send("PUT", BULK, body, "refused");

        assertThat(records()).isEmpty();
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.header("Idempotent-Replayed")).isNull();
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.json().getJsonArray("problems")).hasSize(1_000);
    }

    @Test
    void aChangeOfManyServicesLeavesASmallOneWithItsCounts() throws Exception {
        String body = IntStream.range(0, 900)
                .mapToObj(i -> service("x".repeat(60) + i).encode())
                .collect(Collectors.joining(",", "[", "]"));
        Answer first = send("PUT", BULK, body, "many");
        assertThat(first.json().getBoolean("truncated")).isFalse();

        Answer again = send("PUT", BULK, body, "many");

        assertOneSmallRecord();
        assertReplayed(again, first);
        assertThat(again.json().getJsonObject("counts")).isEqualTo(first.json().getJsonObject("counts"));
        assertThat(again.json().getJsonObject("counts").getInteger("created")).isEqualTo(900);
        assertFirstOf(again.json().getJsonArray("created"), first.json().getJsonArray("created"));
        assertThat(again.json().getBoolean("truncated")).isTrue();
    }

    @Test
    void aServiceWithALongBodyLeavesASmallOneWithoutIt() throws Exception {
        String body = service("a")
                .put("method", "POST")
                .put("body", "\"".repeat(60_000))
                .encode();
        Answer first = send("POST", "/api/services", body, "long");
        assertThat(first.status()).as(first.text()).isEqualTo(201);

        Answer again = send("POST", "/api/services", body, "long");

        assertOneSmallRecord();
        assertReplayed(again, first);
        assertThat(again.header("ETag")).isNotNull().isEqualTo(first.header("ETag"));
        assertThat(again.json().getBoolean("truncated")).isTrue();
        JsonObject kept = again.json().getJsonObject("service");
        JsonObject whole = first.json().getJsonObject("service");
        assertThat(kept.getString("body")).isEmpty();
        assertThat(kept).isEqualTo(whole.put("body", ""));
    }

    @Test
    void aRecordOfAnEarlierVersionIsHonoured() throws Exception {
        String body = service("a").encode();
        Answer first = send("POST", "/api/services", body, "earlier");
        String key = records().get(0);
        String earlier = "ou:once:" + key.substring(key.lastIndexOf(':') + 1);
        redis.call("RENAME", key, earlier);

        Answer again = send("POST", "/api/services", body, "earlier");

        assertReplayed(again, first);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(records()).isEmpty();
    }
}
