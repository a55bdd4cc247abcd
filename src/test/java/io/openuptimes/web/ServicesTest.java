package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.web.ApiServer.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServicesTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @AfterEach
    void clear() {
        api.deleteAll();
    }

    private static JsonObject fields(String name) {
        return new JsonObject().put("name", name).put("url", api.url(200));
    }

    @Test
    void aServiceIsStoredWithItsDefaults() {
        Answer created = api.call("POST", "/api/services", fields("Shop"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().getBoolean("success")).isTrue();
        JsonObject service = created.json().getJsonObject("service");
        assertThat(service.getString("id")).isNotEmpty();
        assertThat(service.getMap())
                .containsEntry("name", "Shop")
                .containsEntry("url", api.url(200))
                .containsEntry("description", "")
                .containsEntry("expectedStatus", 200)
                .containsEntry("method", "GET")
                .containsEntry("timeout", 10_000)
                .containsEntry("visible", true)
                .containsEntry("followRedirects", true);
        assertThat(api.getWithKey("/api/services").json().getJsonArray("services"))
                .containsExactly(service);
    }

    @Test
    void aReplacementIsWholeAndARenameKeepsTheId() {
        JsonObject before = api.create(fields("old").put("description", "x").put("timeout", 500));

        Answer replaced = api.call("PUT", "/api/services?name=old", fields("new"));

        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().getBoolean("success")).isTrue();
        assertThat(replaced.json().getJsonObject("service").getMap())
                .containsEntry("id", before.getString("id"))
                .containsEntry("name", "new")
                .containsEntry("description", "")
                .containsEntry("timeout", 10_000);
        assertThat(api.call("PUT", "/api/services?name=old", fields("old")).status())
                .isEqualTo(404);
    }

    @Test
    void aListThatHasNotChangedIsNotSentAgain() {
        api.create(fields("a"));
        Answer first = api.getWithKey("/api/services");
        String tag = String.valueOf(first.header("ETag"));
        assertThat(first.header("Cache-Control")).isEqualTo("no-store"); // check headers may contain secrets

        assertThat(known(tag).status()).isEqualTo(304);
        assertThat(known(tag).header("Cache-Control")).isEqualTo("no-store");

        api.create(fields("b"));
        assertThat(known(tag).json().getJsonArray("services")).hasSize(2);
    }

    private static Answer known(String tag) {
        return api.get("/api/services", "Authorization", "Bearer " + ApiServer.KEY, "If-None-Match", tag);
    }

    @Test
    void anEntryOfTheListCanBePutBack() {
        api.create(fields("a").put("headers", new JsonObject().put("X-A", "1")).put("interval", 30));
        JsonObject entry =
                api.getWithKey("/api/services").json().getJsonArray("services").getJsonObject(0);

        Answer replaced = api.call("PUT", "/api/services?name=a", entry);

        assertThat(replaced.json().getJsonObject("service")).isEqualTo(entry);
    }

    @Test
    void aPatchChangesWhatIsGivenAndNothingElse() {
        JsonObject before = api.create(fields("a")
                .put("timeout", 500)
                .put("headers", new JsonObject().put("X-A", "1"))
                .put("interval", 30));

        Answer patched = api.call(
                "PATCH",
                "/api/services?name=a",
                new JsonObject().put("group", "G").put("visible", false).putNull("interval"));

        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.json().getBoolean("success")).isTrue();
        assertThat(patched.json().getJsonObject("service"))
                .isEqualTo(before.copy().put("group", "G").put("visible", false).putNull("interval"));
        assertThat(api.getWithKey("/api/services").json().getJsonArray("services"))
                .containsExactly(patched.json().getJsonObject("service"));
    }

    @Test
    void aPatchOfTheNameIsARename() {
        JsonObject before = api.create(fields("a"));
        api.create(fields("b"));

        assertThat(api.call("PATCH", "/api/services?name=a", "{\"name\": \"b\"}")
                        .status())
                .isEqualTo(409);
        assertThat(api.call("PATCH", "/api/services?name=a", "{\"name\": \"c\"}")
                        .json()
                        .getJsonObject("service"))
                .isEqualTo(before.copy().put("name", "c"));
        assertThat(api.call("PATCH", "/api/services?name=a", "{}").status()).isEqualTo(404);
    }

    @Test
    void patchesAtTheSameTimeAllCount() {
        api.create(fields("a"));
        List<CompletableFuture<Answer>> patches = Stream.of(
                        "{\"group\": \"G\"}", "{\"interval\": 7}", "{\"timeout\": 700}", "{\"description\": \"D\"}")
                .map(body -> CompletableFuture.supplyAsync(() -> api.call("PATCH", "/api/services?name=a", body)))
                .toList();

        assertThat(patches)
                .allSatisfy(patch -> assertThat(patch.join().status()).isEqualTo(200));
        assertThat(api.getWithKey("/api/services")
                        .json()
                        .getJsonArray("services")
                        .getJsonObject(0)
                        .getMap())
                .containsEntry("group", "G")
                .containsEntry("interval", 7)
                .containsEntry("timeout", 700)
                .containsEntry("description", "D");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name": null}      | name: is required
            {"url": "ftp://a"}  | url: must start with http
            {"paused": 1}       | paused: must be true or false
            {"id": "x"}         | id: is set by the server
            {"nmae": "x"}       | nmae: unknown field
            []                  | body: must be a JSON object
            """)
    void whatIsWrongWithAPatchIsNamed(String body, String message) {
        api.create(fields("a"));

        Answer patched = api.call("PATCH", "/api/services?name=a", body);

        assertThat(patched.status()).isEqualTo(400);
        assertThat(patched.message()).startsWith(message);
    }

    @Test
    void aPausedServiceIsCheckedWhenItIsResumed() throws Exception {
        api.create(fields("a").put("paused", true));
        assertThat(status("a").getBoolean("paused")).isTrue();
        assertThat(api.getWithKey("/api/ping").json().getJsonArray("services")).isEmpty();
        assertThat(status("a").getValue("lastChecked")).isNull();

        api.call("PATCH", "/api/services?name=a", "{\"paused\": false}");

        eventually(() -> assertThat(status("a").getString("status")).isEqualTo("up"));
        api.call("PATCH", "/api/services?name=a", "{\"paused\": true}");
        assertThat(status("a").getString("status")).isEqualTo("unknown");
        assertThat(status("a").getLong("lastChecked")).isNotNull();
        assertThat(api.get("/api/status").json().getString("overall")).isEqualTo("unknown");
    }

    private static JsonObject status(String name) {
        return api.get("/api/status").json().getJsonArray("services").stream()
                .map(JsonObject.class::cast)
                .filter(service -> service.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDeletedServiceIsGone() {
        api.create(fields("a"));

        Answer deleted = api.call("DELETE", "/api/services?name=a", (String) null);

        assertThat(deleted.json().getMap()).containsEntry("success", true).containsEntry("message", "Service deleted");
        assertThat(api.getWithKey("/api/services").text()).isEqualTo("{\"services\":[]}");
        assertThat(api.call("DELETE", "/api/services?name=a", (String) null).text())
                .isEqualTo("{\"error\":true,\"message\":\"Service not found\",\"status\":404}");
    }

    @Test
    void aNameIsTakenOnce() {
        api.create(fields("a"));
        api.create(fields("b"));

        assertThat(api.call("POST", "/api/services", fields("a")).status()).isEqualTo(409);
        assertThat(api.call("PUT", "/api/services?name=b", fields("a")).status())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "100%", "%2F", "a b", "a+b", "😀", "..", ".", "?x=1&y#z", "\"quoted\"", "ä\\n"})
    void everyNameWorksEverywhere(String name) {
        api.create(fields(name));

        assertThat(api.get("/api/history/" + encoded(name)).json().getString("name"))
                .isEqualTo(name);
        assertThat(api.get("/api/status")
                        .json()
                        .getJsonArray("services")
                        .getJsonObject(0)
                        .getString("name"))
                .isEqualTo(name);
        assertThat(api.getWithKey("/api/ping?service=" + encoded(name)).status())
                .isEqualTo(200);
        assertThat(api.call("PUT", "/api/services?name=" + encoded(name), fields(name))
                        .status())
                .isEqualTo(200);
        assertThat(api.call("DELETE", "/api/services?name=" + encoded(name), (String) null)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"url": "http://a"}                                          | name: is required
            {"name": "", "url": "http://a"}                              | name: must not be empty
            {"name": 1, "url": "http://a"}                               | name: must be a string
            {"name": "a\\u0007", "url": "http://a"}                      | name: must not contain control characters
            {"name": "a"}                                                | url: is required
            {"name": "a", "url": "ftp://a"}                              | url: must start with http
            {"name": "a", "url": "http://"}                              | url: has no host
            {"name": "a", "url": "http://a:99999"}                       | url: must have a port
            {"name": "a", "url": "http://a", "method": "get"}            | method: must be one of
            {"name": "a", "url": "http://a", "expectedStatus": 99}       | expectedStatus: must be
            {"name": "a", "url": "http://a", "expectedStatus": "200"}    | expectedStatus: must be
            {"name": "a", "url": "http://a", "timeout": 99}              | timeout: must be
            {"name": "a", "url": "http://a", "timeout": 100.5}           | timeout: must be
            {"name": "a", "url": "http://a", "interval": 0}              | interval: must be
            {"name": "a", "url": "http://a", "visible": "no"}            | visible: must be
            {"name": "a", "url": "http://a", "headers": ["a"]}           | headers: must be
            {"name": "a", "url": "http://a", "headers": {"a b": "c"}}    | headers.a b: is not
            {"name": "a", "url": "http://a", "nmae": 1, "urll": 2}       | nmae, urll: unknown field
            {"name": "a", "name": "b", "url": "http://a"}                | body: Duplicate field 'name'
            {"name": "a", "url": "http://a"} x                           | body: Unrecognized token
            ["a"]                                                        | body: must be a JSON object
            """)
    void whatIsWrongIsNamed(String body, String message) {
        Answer created = api.call("POST", "/api/services", body);

        assertThat(created.status()).isEqualTo(400);
        assertThat(created.message()).startsWith(message);
        assertThat(created.json().getMap()).containsEntry("error", true).containsEntry("status", 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?name=", "?name"})
    void theNameIsRequired(String query) {
        assertThat(api.call("DELETE", "/api/services" + query, (String) null).message())
                .startsWith("name: is required");
        assertThat(api.call("PUT", "/api/services" + query, fields("a")).message())
                .isEqualTo("name: is required");
    }

    @Test
    void theListIsInTheOrderOfTheNames() {
        IntStream.of(3, 1, 2).forEach(i -> api.create(fields("service " + i)));

        assertThat(api.getWithKey("/api/services").json().getJsonArray("services").stream()
                        .map(service -> ((JsonObject) service).getString("name"))
                        .collect(Collectors.joining(",")))
                .isEqualTo("service 1,service 2,service 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
    void withoutAKeyThereIsNothing(String method) {
        Answer answer = api.send(method, "/api/services?name=a", null);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.json().getInteger("status")).isEqualTo(401);
    }
}
