package io.openuptimes;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.embedded.EmbeddedRedis;
import io.openuptimes.testing.Curl;
import io.openuptimes.testing.JsonDifference;
import io.openuptimes.testing.OldData;
import io.openuptimes.testing.OldData.Recorded;
import io.openuptimes.testing.RedisCalls;
import io.openuptimes.testing.RunningApp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** This version reads everything that an earlier version stored. */
class OldDataTest {

    private static final String NDJSON = "application/x-ndjson";

    @TempDir
    private Path dir;

    private static RunningApp start(OldData data, String server) throws Exception {
        Map<String, String> environment = new HashMap<>(data.environment());
        environment.put("OPENUPTIMES_REDIS_SERVER", server);
        return RunningApp.start(environment, data.clock());
    }

    private static List<String> differences(OldData data, RunningApp app, List<Recorded> expected) throws Exception {
        List<String> all = new ArrayList<>();
        for (Recorded before : expected) {
            Recorded now = data.ask(app, before.as(), before.path(), before.accept());
            String where = before.path() + " as " + before.as();
            if (now.status() != before.status()) {
                all.add(where + ": " + now.status() + " instead of " + before.status());
            } else {
                JsonDifference.between(withoutShares(before.body()), withoutShares(now.body()))
                        .ifPresent(found -> all.add(where + ": " + found));
            }
        }
        return all;
    }

    /** Uptime was a share of checks and is now one of time: what stays is whether it is known. */
    private static @Nullable Object withoutShares(@Nullable Object body) {
        if (body instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            object.forEach(member -> {
                boolean share = member.getKey().equals("uptime") && member.getValue() instanceof JsonObject;
                copy.put(
                        member.getKey(),
                        share ? known((JsonObject) member.getValue()) : withoutShares(member.getValue()));
            });
            return copy;
        }
        if (body instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(entry -> copy.add(withoutShares(entry)));
            return copy;
        }
        return body;
    }

    private static JsonObject known(JsonObject uptime) {
        JsonObject known = new JsonObject();
        uptime.forEach(span -> {
            Object share = span.getValue();
            assertThat(share == null || (share instanceof Number of && of.doubleValue() >= 0 && of.doubleValue() <= 1))
                    .isTrue();
            known.put(span.getKey(), share != null);
        });
        return known;
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "bundled"})
    void answers_match_those_of_the_earlier_version_also_after_a_restart(String server) throws Exception {
        OldData data = OldData.unpack(dir);
        List<Recorded> answers = OldData.answers();
        assertThat(answers).hasSizeGreaterThan(200);
        try (RunningApp app = start(data, server)) {
            assertThat(differences(data, app, answers)).isEmpty();
        }
        // the use of stored keys has been recorded meanwhile
        List<Recorded> unchanged = answers.stream()
                .filter(answer -> !answer.path().equals("/api/keys"))
                .toList();
        try (RunningApp app = start(data, server)) {
            assertThat(differences(data, app, unchanged)).isEmpty();
        }
    }

    @Test
    void keys_keep_their_scopes() throws Exception {
        Map<String, List<Integer>> expected = Map.of(
                "setup", List.of(200, 200),
                "admin", List.of(200, 200),
                "writer", List.of(200, 403),
                "shopWriter", List.of(200, 403),
                "reader", List.of(200, 403),
                "shop", List.of(200, 403),
                "expiring", List.of(200, 403),
                "expired", List.of(401, 401),
                "revoked", List.of(401, 401));
        OldData data = OldData.unpack(dir);
        Map<String, List<Integer>> actual = new HashMap<>();
        try (RunningApp app = start(data, "auto")) {
            for (String as : expected.keySet()) {
                List<Integer> statuses = new ArrayList<>();
                for (String path : List.of("/api/services?limit=1", "/api/keys")) {
                    statuses.add(data.ask(app, as, path, "application/json").status());
                }
                actual.put(as, statuses);
            }
        }
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void the_password_still_signs_in() throws Exception {
        OldData data = OldData.unpack(dir);
        try (RunningApp app = start(data, "auto")) {
            Curl curl = new Curl(app.port());
            for (Map.Entry<String, Integer> attempt : Map.of(data.credential("password"), 200, "another password", 401)
                    .entrySet()) {
                assertThat(curl.call("POST", "/api/auth/login")
                                .json(new JsonObject()
                                        .put("password", attempt.getKey())
                                        .encode())
                                .status())
                        .isEqualTo(attempt.getValue());
            }
        }
    }

    @Test
    void new_results_follow_the_stored_ones() throws Exception {
        OldData data = OldData.unpack(dir);
        long at = OldData.MOMENT.toEpochMilli() + 1;
        try (RunningApp app = start(data, "auto")) {
            Map<String, String> ids = ids(data, app);
            Map<String, String> before = histories(ids);
            assertThat(before).hasSizeGreaterThan(30);
            for (String name : before.keySet()) {
                await(app.bus()
                        .request(
                                StoreMessage.RECORD,
                                new RecordResult(new CheckResult(
                                        ids.get(name), at, Outcome.UP, 200, 17, new Phases(1, 2, 3, 4, 5), ""))));
            }
            for (Map.Entry<String, String> past : before.entrySet()) {
                String now = data.ask(app, OldData.ROOT, history(past.getKey()), NDJSON)
                        .body()
                        .toString();
                assertThat(now)
                        .as(past::getKey)
                        .isEqualTo("{\"timestamp\":" + at
                                + ",\"status\":\"up\",\"responseTime\":17,\"statusCode\":200}\n" + past.getValue());
            }
        }
    }

    @Test
    void the_data_gets_the_first_format_and_results_of_both_versions_outlast_a_restart() throws Exception {
        OldData data = OldData.unpack(dir);
        long at = OldData.MOMENT.toEpochMilli() + 1;
        Map<String, String> before;
        try (RunningApp app = start(data, "auto")) {
            Map<String, String> ids = ids(data, app);
            before = histories(ids);
            for (String name : before.keySet()) {
                for (Outcome outcome : List.of(Outcome.DENIED, Outcome.UP)) {
                    String error = outcome == Outcome.UP ? "" : Outcome.DENIED_TEXT;
                    long time = outcome == Outcome.UP ? at + 1 : at;
                    await(app.bus()
                            .request(
                                    StoreMessage.RECORD,
                                    new RecordResult(
                                            new CheckResult(ids.get(name), time, outcome, 0, 17, Phases.NONE, error))));
                }
            }
        }
        try (RunningApp app = start(data, "auto")) {
            for (Map.Entry<String, String> past : before.entrySet()) {
                String now = data.ask(app, OldData.ROOT, history(past.getKey()), NDJSON)
                        .body()
                        .toString();
                assertThat(now)
                        .as(past::getKey)
                        .isEqualTo("{\"timestamp\":" + (at + 1)
                                + ",\"status\":\"up\",\"responseTime\":17,\"statusCode\":null}\n{\"timestamp\":" + at
                                + ",\"status\":\"down\",\"responseTime\":17,\"statusCode\":null,\"error\":{\"class\":"
                                + "\"denied\",\"text\":\"denied by egress policy\"},\"address\":null,\"protocol\":null,"
                                + "\"tlsVersion\":null}\n" + past.getValue());
            }
        }
        try (EmbeddedRedis redis = EmbeddedRedis.start(data.dataDir());
                RedisCalls calls = RedisCalls.to(redis.address())) {
            calls.call("AUTH", redis.url().replaceAll(".*(?:password=|//:)([0-9a-f]+).*", "$1"));
            eventually(() -> assertThat(calls.call("GET", Keys.FORMAT)).isEqualTo("1")); // once it has loaded its data
        }
    }

    private static String history(String name) {
        return "/api/history?service="
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Map<String, String> ids(OldData data, RunningApp app) throws Exception {
        Map<String, String> ids = new HashMap<>();
        JsonObject list = (JsonObject)
                data.ask(app, OldData.ROOT, "/api/services", "application/json").body();
        for (Object service : list.getJsonArray("services")) {
            JsonObject fields = (JsonObject) service;
            ids.put(fields.getString("name"), fields.getString("id"));
        }
        return ids;
    }

    /** The recorded complete histories, by service name. */
    private static Map<String, String> histories(Map<String, String> ids) throws Exception {
        Map<String, Recorded> byPath = new HashMap<>();
        for (Recorded answer : OldData.answers()) {
            if (answer.as().equals(OldData.ROOT) && answer.accept().equals(NDJSON)) {
                byPath.put(answer.path(), answer);
            }
        }
        Map<String, String> histories = new HashMap<>();
        for (String name : ids.keySet()) {
            Recorded answer = byPath.get(history(name));
            if (answer != null) {
                histories.put(name, answer.body().toString());
            }
        }
        return histories;
    }
}
