package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bulk operations on services. */
class BulkTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @AfterEach
    void deleteAll() {
        assertThat(bulk("[]", "?deleteAbsent=*").status()).isEqualTo(200);
    }

    private static Answer bulk(String body, String query, String... headers) {
        List<String> all = new ArrayList<>(
                List.of("Authorization", "Bearer " + ApiServer.KEY, "Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return api.send("PUT", "/api/services/bulk" + query, body, all.toArray(String[]::new));
    }

    private static JsonObject service(String name) {
        return new JsonObject().put("name", name).put("url", api.url(200));
    }

    private static String services(JsonObject... services) {
        return new JsonObject()
                .put("services", new JsonArray(List.of(services)))
                .encode();
    }

    private static List<JsonObject> listed() {
        return api.getWithKey("/api/services").json().getJsonArray("services").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static List<String> names() {
        return listed().stream().map(service -> service.getString("name")).toList();
    }

    private static JsonObject listed(String name) {
        return listed().stream()
                .filter(service -> service.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertCounts(Answer answer, int created, int changed, int unchanged, int deleted) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().getJsonObject("counts"))
                .isEqualTo(new JsonObject()
                        .put("created", created)
                        .put("changed", changed)
                        .put("unchanged", unchanged)
                        .put("deleted", deleted));
    }

    @Test
    void makesAndReplacesAndTellsTheDifference() {
        assertCounts(bulk(services(service("a"), service("b")), ""), 2, 0, 0, 0);
        JsonObject changed = service("a").put("timeout", 500).put("labels", new JsonObject().put("x", "y"));

        Answer dry = bulk(services(changed, service("b"), service("c")), "?dryRun=true");

        assertCounts(dry, 1, 1, 1, 0);
        assertThat(names()).containsExactly("a", "b");
        Answer done = bulk("[" + changed + "," + service("b") + "," + service("c") + "]", "");
        JsonObject difference = dry.json().put("dryRun", false);
        JsonObject values = difference.getJsonArray("changed").getJsonObject(0);
        assertThat(values.remove("before")).isEqualTo(new JsonObject("{\"timeout\": 10000, \"labels\": {}}"));
        assertThat(values.remove("after")).isEqualTo(new JsonObject("{\"timeout\": 500, \"labels\": {\"x\": \"y\"}}"));
        assertThat(done.json()).isEqualTo(difference);
        assertThat(done.json().getJsonArray("changed").encode())
                .isEqualTo("[{\"name\":\"a\",\"fields\":[\"timeout\",\"labels\"]}]");
        assertThat(names()).containsExactly("a", "b", "c");
        assertThat(listed("a").getInteger("timeout")).isEqualTo(500);
    }

    @Test
    void whatIsNewIsChecked() throws Exception {
        assertCounts(bulk(services(service("a").put("interval", 1)), ""), 1, 0, 0, 0);

        eventually(() ->
                assertThat(api.get("/api/status").json().getString("overall")).isEqualTo("up"));
    }

    @Test
    void takesALineForEachService() {
        String lines = service("a") + "\n" + service("b") + "\r\n\n" + service("c");

        Answer answer = api.send(
                "PUT",
                "/api/services/bulk",
                lines,
                "Authorization",
                "Bearer " + ApiServer.KEY,
                "Content-Type",
                "application/x-ndjson");

        assertCounts(answer, 3, 0, 0, 0);
        assertThat(names()).containsExactly("a", "b", "c");
    }

    @Test
    void listsEverythingThatIsWrongAndChangesNothing() {
        api.create("there", api.url(200));
        String body = services(
                service("good"),
                service("a").put("timeout", 1),
                new JsonObject().put("name", "b"),
                service("good"),
                service("c").put("Url", "x"),
                service("d").put("id", "no good"),
                service("e").put("labels", new JsonObject().put("a b", "c")));
        body = body.replace("]}", ",7]}");

        Answer answer = bulk(body, "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message())
                .isEqualTo("services[1].timeout: must be a whole number from 100 to 120000; and 6 more. Nothing was"
                        + " changed");
        assertThat(answer.json().getInteger("total")).isEqualTo(7);
        assertThat(answer.json().getJsonArray("problems").stream()
                        .map(JsonObject.class::cast)
                        .map(problem -> problem.getInteger("index") + " " + problem.getString("name") + " "
                                + problem.getString("message")))
                .containsExactly(
                        "1 a timeout: must be a whole number from 100 to 120000",
                        "2 b url: is required",
                        "3 good name: is used by an earlier entry, too",
                        "4 c Url: unknown field; known fields: name, url, type, description, group, expectedStatus, expectedStatuses, method,"
                                + " timeout, interval, visible, paused, headers, body, bodySecret, followRedirects,"
                                + " ignoreTlsErrors, minTlsVersion, clientCertificate, retries, retryInterval, retryBackoff, retryOn, failureThreshold, successThreshold, confirmElsewhere, degradedAfter, flapCount, flapMinutes, labels, locations, quorum",
                        "5 d id: must be 1 to 64 letters, digits, - or _",
                        "6 e labels.a b: is not a valid key; use 1 to 63 letters, digits or . _ / -",
                        "7 null entry: must be an object");
        assertThat(names()).containsExactly("there");
    }

    @Test
    void ofVeryManyProblemsTheFirstAreListed() {
        String body = "["
                + String.join(",", IntStream.range(0, 1_500).mapToObj(i -> "{}").toList()) + "]";

        JsonObject answer = bulk(body, "").json();

        assertThat(answer.getInteger("total")).isEqualTo(1_500);
        assertThat(answer.getJsonArray("problems")).hasSize(1_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                       | body: is required",
                "7                      | body: must be an array, or an object with an array named services",
                "{\"a\": []}            | a: unknown field; known fields: services",
                "{\"a\\n\": []}         | a?: unknown field; known fields: services",
                "{\"services\": [], \"b\": 1} | b: unknown field; known fields: services",
                "{}                     | services: is required",
                "{\"services\": 1}      | services: must be an array",
                "[{\"a\": 1, \"a\": 2}] | body: Duplicate field 'a' (line 1, column 14)",
                "[] []                  | body: must be a single JSON value, but more data follows (line 1, column 5)",
            })
    void saysWhatIsWrongWithTheBody(@Nullable String body, String message) {
        Answer answer = bulk(body == null ? "" : body, "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo(message);
    }

    @Test
    void aBodyThatEndsTooEarlyIsNoBody() {
        for (String body : List.of("[", "[{", "{\"services\": [{\"name\": \"a", "{\"services\": []")) {
            Answer answer = bulk(body, "");
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.message()).as(body).startsWith("body: ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?dryRun=1          | dryRun: must be true or false",
                "?deleteAbsent=a%20 | deleteAbsent: must be of the form key=value, key!=value, key or !key, not a ; use"
                        + " * for all services"
            })
    void saysWhatIsWrongWithTheQuery(String query, String message) {
        Answer answer = bulk("[]", query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo(message);
    }

    @Test
    void takesNoOtherTypeAndNoMoreThanItCan() {
        Answer other = api.send("PUT", "/api/services/bulk", "[]", "Authorization", "Bearer " + ApiServer.KEY);
        assertThat(other.status()).isEqualTo(415);
        assertThat(other.message())
                .isEqualTo(
                        "Content-Type: must be application/json, application/x-ndjson, text/csv or application/yaml");
        String many = "[" + "1,".repeat(200_000) + "1]";
        assertThat(bulk(many, "").message()).isEqualTo("services: must have at most 200000 entries");
    }

    @Test
    void whoHasNoKeyMayDoNothing() {
        assertThat(api.send("PUT", "/api/services/bulk", "[]", "Content-Type", "application/json")
                        .status())
                .isEqualTo(401);
        assertThat(api.get("/api/services/export").status()).isEqualTo(401);
    }

    @Test
    void whatIsExportedMakesTheSameInAnEmptyInstallation() {
        bulk(
                services(
                        service("plain"),
                        service("ü / \"😀\"")
                                .put("description", "a\nb")
                                .put("headers", new JsonObject().put("X-A", "secret"))
                                .put("body", "{}")
                                .put("interval", 5)
                                .put("visible", false)
                                .put("labels", new JsonObject().put("env", "p").put("a/b", ""))),
                "");
        Answer exported = api.getWithKey("/api/services/export");
        List<JsonObject> before = listed();
        assertThat(exported.json().getJsonArray("services").stream().toList()).isEqualTo(List.copyOf(before));
        Answer lines = api.send(
                "GET",
                "/api/services/export",
                null,
                "Authorization",
                "Bearer " + ApiServer.KEY,
                "Accept",
                "application/x-ndjson");
        assertThat(lines.text().lines().map(JsonObject::new)).containsExactlyElementsOf(before);
        deleteAll();

        assertCounts(bulk(exported.text(), ""), 2, 0, 0, 0);

        assertThat(listed()).isEqualTo(before);
        assertThat(api.getWithKey("/api/services/export").text()).isEqualTo(exported.text());
        assertCounts(bulk(exported.text(), ""), 0, 0, 2, 0);
    }

    @Test
    void anExportOfManyComesWholeAndOfSomeByWhatTheyAre() {
        JsonArray many = new JsonArray();
        for (int i = 0; i < 2_500; i++) {
            many.add(service("s" + i).put("labels", new JsonObject().put("n", "" + i % 10)));
        }
        assertCounts(bulk(many.encode(), ""), 2_500, 0, 0, 0);

        assertThat(api.getWithKey("/api/services/export").json().getJsonArray("services"))
                .hasSize(2_500);
        assertThat(api.getWithKey("/api/services/export?label=n=3").json().getJsonArray("services"))
                .hasSize(250);
        Answer head = api.call("HEAD", "/api/services/export", (String) null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
    }

    private static Answer export(String accept) {
        return api.get("/api/services/export", "Authorization", "Bearer " + ApiServer.KEY, "Accept", accept);
    }

    @Test
    void anExportInAFormThatThereIsNotIsRefused() {
        Answer answer = export("text/html, application/xml");

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.message())
                .isEqualTo(
                        "Accept: none of these types is available; available: application/json, application/x-ndjson,"
                                + " text/csv, application/yaml");
        assertThat(answer.header("Vary")).startsWith("Accept,");
        assertThat(export("text/html, */*;q=0.1").header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(export("application/ndjson").header("Content-Type")).isEqualTo("application/x-ndjson");
    }

    @Test
    void theSameRequestAgainGetsTheSameAnswer() {
        String body = services(service("a"));
        Answer first = bulk(body, "", "Idempotency-Key", "bulk-1");
        assertCounts(first, 1, 0, 0, 0);
        assertThat(first.header("Idempotent-Replayed")).isNull();

        Answer again = bulk(body, "", "Idempotency-Key", "bulk-1");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(bulk(services(service("b")), "", "Idempotency-Key", "bulk-1").status())
                .isEqualTo(422);
        assertThat(bulk(body, "?dryRun=true", "Idempotency-Key", "bulk-1").json())
                .as("a dry run is not recorded, and not compared")
                .isEqualTo(bulk(body, "?dryRun=true").json());
        assertThat(names()).containsExactly("a");
        assertCounts(bulk(body, "", "Idempotency-Key", "bulk-2"), 0, 0, 1, 0);
        assertThat(bulk(body, "", "Idempotency-Key", "a b").message())
                .isEqualTo("Idempotency-Key: must be 1 to 255 visible ASCII characters");
    }

    private static Answer create(String body, String key) {
        return api.send(
                "POST",
                "/api/services",
                body,
                "Authorization",
                "Bearer " + ApiServer.KEY,
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                key);
    }

    @Test
    void aServiceIsAddedOnceHoweverOftenItIsSent() {
        Answer first = create(service("a").encode(), "create-1");
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("ETag")).isNotNull();

        Answer again = create(service("a").encode(), "create-1");

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        Answer refused = create(service("a").encode(), "create-2");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(create(service("a").encode(), "create-2").text()).isEqualTo(refused.text());
    }

    @Test
    void manyAreChangedAndDeletedByWhatTheyAre() {
        JsonObject labels = new JsonObject().put("team", "x");
        bulk(
                services(
                        service("a").put("labels", labels).put("group", "G"),
                        service("b").put("labels", labels),
                        service("c")),
                "");

        Answer dry = api.call("PATCH", "/api/services?label=team=x&dryRun=true", "{\"timeout\": 700}");
        assertCounts(dry, 0, 2, 0, 0);
        assertThat(listed("a").getInteger("timeout")).isEqualTo(10_000);
        assertCounts(api.call("PATCH", "/api/services?label=team=x", "{\"timeout\": 700}"), 0, 2, 0, 0);
        assertThat(listed().stream().map(service -> service.getInteger("timeout")))
                .containsExactly(700, 700, 10_000);
        assertCounts(
                api.call("PATCH", "/api/services?label=team=x&group=G", "{\"labels\": {\"a\": \"b\"}}"), 0, 1, 0, 0);
        assertThat(listed("a").getJsonObject("labels").encode()).isEqualTo("{\"a\":\"b\"}");

        Answer bad = api.call("PATCH", "/api/services?label=team", "{\"timeout\": 1}");
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.message()).isEqualTo("timeout: must be a whole number from 100 to 120000");
        assertThat(api.call("PATCH", "/api/services?label=team", "{\"name\": \"x\"}")
                        .message())
                .isEqualTo("name: is unique to each service and cannot be set for several at once");
        assertThat(api.call("PATCH", "/api/services", "{}").message())
                .isEqualTo("name: is required, or label or group to select several services");

        assertCounts(api.call("DELETE", "/api/services?label=team&dryRun=true", (String) null), 0, 0, 0, 1);
        assertCounts(api.call("DELETE", "/api/services?label=team", (String) null), 0, 0, 0, 1);
        assertThat(names()).containsExactly("a", "c");
    }

    private static Answer change(String method, String name, String tag) {
        return api.send(
                method,
                "/api/services?name=" + name,
                service(name).put("timeout", 600).encode(),
                "Authorization",
                "Bearer " + ApiServer.KEY,
                "Content-Type",
                "application/json",
                "If-Match",
                tag);
    }

    @Test
    void oneServiceIsChangedOnlyAsItWasRead() {
        api.create("a", api.url(200));
        String tag = api.getWithKey("/api/services?name=a").header("ETag");
        assertThat(tag).isNotNull();
        assertThat(api.getWithKey("/api/services?limit=1").header("ETag")).isNotEqualTo(tag); // a page has its own tag

        Answer changed = change("PUT", "a", "\"other\", " + tag);

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isNotEqualTo(tag);
        for (String method : List.of("PUT", "PATCH", "DELETE")) {
            Answer refused = change(method, "a", tag);
            assertThat(refused.status()).as(method).isEqualTo(412);
            assertThat(refused.message()).isEqualTo("If-Match: the service has been changed since; read it again");
        }
        assertThat(change("PATCH", "a", "W/" + changed.header("ETag")).status()).isEqualTo(412);
        assertThat(change("PATCH", "a", "*").header("ETag")).isEqualTo(changed.header("ETag"));
        assertThat(change("PATCH", "a", "no quotes").message()).isEqualTo("If-Match: must be * or quoted entity tags");
        assertThat(change("DELETE", "none", "*").status()).isEqualTo(404);
        assertThat(change("DELETE", "a", changed.header("ETag")).status()).isEqualTo(200);
    }

    @Test
    void whatIsForManyIsRefusedForOneAndTheOtherWayRound() {
        api.create("a", api.url(200));
        Map<String, String> wrong = Map.of(
                "name=a&dryRun=true", "dryRun: cannot be combined with name",
                "name=a&label=team=x", "label: cannot be combined with name",
                "name=a&group=", "group: cannot be combined with name",
                "label=!team&dryrun=true", "dryrun: unknown parameter; allowed: name, label, group, dryRun");
        wrong.forEach((query, message) -> {
            for (String method : List.of("PATCH", "DELETE")) {
                Answer answer = api.call(method, "/api/services?" + query, "{\"paused\": true}");
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.message()).isEqualTo(message);
            }
        });
        Answer matched = api.send(
                "PATCH",
                "/api/services?label=!team",
                "{\"paused\": true}",
                "Authorization",
                "Bearer " + ApiServer.KEY,
                "Content-Type",
                "application/json",
                "If-Match",
                "*");
        assertThat(matched.message()).isEqualTo("If-Match: applies only to a single service, selected by name");
        assertThat(bulk("[]", "?dryrun=true").message())
                .isEqualTo("dryrun: unknown parameter; allowed: dryRun, deleteAbsent");
        assertThat(api.getWithKey("/api/services?name=a")
                        .json()
                        .getJsonArray("services")
                        .getJsonObject(0)
                        .getBoolean("paused"))
                .isFalse();
    }
}
