package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.openuptimes.model.Scope;
import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers of each scope see of headers, bodies and URLs, and the meaning of "•••" when sent back. */
class HiddenFieldsTest {

    private static final String HIDDEN = "•••";
    private static final String SECRET = "Bearer s3cr3t-header";
    private static final String BODY = "{\"password\": \"s3cr3t-body\"}";
    private static final String QUERY = "?sig=s3cr3t-query";

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    private static final Callers callers = new Callers(api);

    /** The requests received by the target, one string each. */
    private final List<String> received = new CopyOnWriteArrayList<>();

    private HttpServer target;

    @BeforeEach
    void listen() throws IOException {
        target = server(received);
    }

    private static HttpServer server(List<String> received) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @AfterEach
    void clear() {
        api.deleteAll();
        target.stop(0);
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    private JsonObject fields() {
        return new JsonObject()
                .put("name", "hook")
                .put("url", url(target) + QUERY)
                .put("method", "POST")
                .put("headers", new JsonObject().put("Authorization", SECRET).put("X-Tenant", "t1"))
                .put("body", BODY)
                .put("bodySecret", true);
    }

    private static String bearer(Scope scope) {
        return "Bearer " + callers.key(scope);
    }

    private static Answer as(String bearer, String method, String path, @Nullable JsonObject body) {
        return body == null
                ? api.send(method, path, null, "Authorization", bearer)
                : api.send(method, path, body.encode(), "Authorization", bearer, "Content-Type", "application/json");
    }

    private static JsonObject only(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonArray services = answer.json().getJsonArray("services");
        assertThat(services).hasSize(1);
        JsonObject only = services.getJsonObject(0);
        only.remove("state"); // another check may have ended in between
        return only;
    }

    private JsonObject stored() {
        return only(api.getWithKey("/api/services/export?secrets=true"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/services",
                "/api/services?limit=10",
                "/api/services?name=hook",
                "/api/services?fields=url,body,headers,bodySecret",
                "/api/services/export",
            })
    void secretsAreShownToNobodyBodiesAndQueriesToWriters(String path) {
        api.create(fields());

        JsonObject read = only(as(bearer(Scope.READ), "GET", path, null));
        JsonObject written = only(as(bearer(Scope.WRITE), "GET", path, null));
        JsonObject administered = only(api.getWithKey(path));

        assertThat(read.getString("url")).isEqualTo(url(target));
        assertThat(written.getString("url")).isEqualTo(url(target) + QUERY);
        assertThat(administered).isEqualTo(written);
        for (JsonObject seen : List.of(read, written)) {
            assertThat(seen.getString("body")).isEqualTo(HIDDEN);
            assertThat(seen.getBoolean("bodySecret")).isTrue();
            assertThat(seen.getJsonObject("headers"))
                    .isEqualTo(new JsonObject().put("Authorization", HIDDEN).put("X-Tenant", "t1"));
        }

        api.call(
                "PATCH",
                "/api/services?name=hook",
                new JsonObject().put("body", "{}").put("bodySecret", false));
        assertThat(only(as(bearer(Scope.READ), "GET", path, null)).getString("body"))
                .isEqualTo(HIDDEN);
        assertThat(only(as(bearer(Scope.WRITE), "GET", path, null)).getString("body"))
                .isEqualTo("{}");
    }

    @Test
    void changesShowTheSameAsLists() {
        String before = String.valueOf(api.getWithKey("/api/services?limit=1").header("OpenUptimes-Event"));
        api.create(fields());
        String path = "/api/services?wait=30&since=" + ApiServer.encoded(before);
        JsonObject read = only(as(bearer(Scope.READ), "GET", path, null));
        assertThat(read.getString("url")).isEqualTo(url(target));
        assertThat(read.getString("body")).isEqualTo(HIDDEN);
        assertThat(read.encode()).doesNotContain("s3cr3t");
        assertThat(only(api.getWithKey(path)).getString("url")).isEqualTo(url(target) + QUERY);
    }

    @Test
    void aReaderSeesThatAServiceHasNoBody() {
        api.create(new JsonObject().put("name", "plain").put("url", url(target)));
        assertThat(only(as(bearer(Scope.READ), "GET", "/api/services", null)).getValue("body"))
                .isNull();
    }

    @Test
    void aTagOfOneAudienceIsNotThatOfTheOther() throws Exception {
        api.create(fields());
        api.confirmed(); // the first result changes the pages
        String reader = bearer(Scope.READ);
        for (String path : List.of("/api/services", "/api/services?limit=10", "/api/services?name=hook")) {
            String ofWriter = String.valueOf(api.getWithKey(path).header("ETag"));
            Answer read = api.get(path, "Authorization", reader, "If-None-Match", ofWriter);
            assertThat(read.status()).as(path).isEqualTo(200);
            String ofReader = String.valueOf(read.header("ETag"));
            assertThat(api.get(path, "Authorization", reader, "If-None-Match", ofReader)
                            .status())
                    .isEqualTo(304);
            assertThat(api.get(path, "Authorization", "Bearer " + ApiServer.KEY, "If-None-Match", ofReader)
                            .status())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    @Test
    void theSearchOfAReaderDoesNotLookAtQueries() {
        api.create(fields());
        String path = "/api/services?q=s3cr3t-query";
        assertThat(as(bearer(Scope.READ), "GET", path, null).json().getInteger("matching"))
                .isZero();
        assertThat(api.getWithKey(path).json().getInteger("matching")).isEqualTo(1);
        assertThat(as(bearer(Scope.READ), "GET", "/api/services?q=127.0.0.1", null)
                        .json()
                        .getInteger("matching"))
                .isEqualTo(1);
    }

    @Test
    void aPingShowsReadersNoQuery() {
        api.create(fields());
        assertThat(only(as(bearer(Scope.READ), "GET", "/api/ping", null)).getString("url"))
                .isEqualTo(url(target));
        assertThat(only(api.getWithKey("/api/ping")).getString("url")).isEqualTo(url(target) + QUERY);
    }

    @Test
    void onlyAnAdminWhoAsksForThemExportsSecrets() {
        api.create(fields());
        for (Scope scope : List.of(Scope.READ, Scope.WRITE)) {
            Answer refused = as(bearer(scope), "GET", "/api/services/export?secrets=true", null);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).doesNotContain("s3cr3t");
        }
        assertThat(stored().getString("body")).isEqualTo(BODY);
        assertThat(stored().getJsonObject("headers").getString("Authorization")).isEqualTo(SECRET);
    }

    @Test
    void noAnswerToAWriteShowsASecret() {
        Answer created = api.call("POST", "/api/services", fields());
        Answer patched = api.call("PATCH", "/api/services?name=hook", new JsonObject().put("description", "x"));
        Answer replaced = api.call("PUT", "/api/services?name=hook", fields());
        Answer deleted = api.call("DELETE", "/api/services?name=hook", (String) null);
        Answer restored = api.call(
                "POST",
                "/api/services/restore",
                new JsonObject().put("id", deleted.json().getJsonObject("undo").getString("id")));
        Answer tested = api.call("POST", "/api/services/test", fields());
        for (Answer answer : List.of(created, patched, replaced, deleted, restored, tested)) {
            assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
            assertThat(answer.text()).doesNotContain("s3cr3t-header", "s3cr3t-body");
        }
        assertThat(stored().getString("body")).isEqualTo(BODY);
    }

    /** Changes the service and sends it back as a writer sees it. */
    private static List<Answer> sentBack(JsonObject shown) {
        JsonObject fields = shown.copy();
        JsonObject patch = new JsonObject();
        fields.forEach(entry -> {
            if (!List.of("id", "createdAt", "declared").contains(entry.getKey())) {
                patch.put(entry.getKey(), entry.getValue());
            }
        });
        List<Answer> answers = new ArrayList<>();
        answers.add(api.call("PUT", "/api/services?name=hook", fields));
        answers.add(api.call("PATCH", "/api/services?name=hook", patch));
        answers.add(
                api.call("PUT", "/api/services/bulk", new JsonObject().put("services", new JsonArray().add(fields))));
        return answers;
    }

    @Test
    void whatIsSentBackKeepsItsValue() throws Exception {
        api.create(fields());
        JsonObject before = stored();
        JsonObject shown = only(as(bearer(Scope.WRITE), "GET", "/api/services", null));
        shown.put("headers", new JsonObject().put("authorization", HIDDEN).put("X-Tenant", "t2"));

        for (Answer answer : sentBack(shown)) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(stored().getString("body")).isEqualTo(BODY);
            assertThat(stored().getJsonObject("headers"))
                    .isEqualTo(new JsonObject().put("authorization", SECRET).put("X-Tenant", "t2"));
        }
        assertThat(before.getString("id")).isEqualTo(stored().getString("id"));
        received.clear();
        eventually(() -> {
            api.getWithKey("/api/ping"); // the first ping may have joined a check already received by the target
            assertThat(received).contains(SECRET + " " + BODY);
        });
    }

    @Test
    void anExportWithoutSecretsChangesNothingWhereItCameFrom() {
        api.create(fields());
        String export = api.getWithKey("/api/services/export").text();
        Answer imported = api.call("PUT", "/api/services/bulk", export);
        assertThat(imported.json().getJsonObject("counts").getInteger("unchanged"))
                .as(imported.text())
                .isEqualTo(1);
        assertThat(stored().getString("body")).isEqualTo(BODY);

        api.deleteAll();
        Answer elsewhere = api.call("PUT", "/api/services/bulk", export);
        assertThat(elsewhere.status()).isEqualTo(400);
        assertThat(elsewhere.message()).contains("headers.Authorization");
    }

    @ParameterizedTest
    @CsvSource({"Authorization, headers.Authorization", "X-Plain, headers.X-Plain", ", body"})
    void aNewServiceHasNothingToKeep(@Nullable String header, String field) {
        JsonObject fields = new JsonObject().put("name", "new").put("url", url(target));
        if (header == null) {
            fields.put("body", HIDDEN);
        } else {
            fields.put("headers", new JsonObject().put(header, HIDDEN));
        }
        JsonObject many = new JsonObject().put("services", new JsonArray().add(fields));
        for (Answer refused : List.of(
                api.call("POST", "/api/services", fields),
                api.call("POST", "/api/services/test", fields),
                api.call("PUT", "/api/services/bulk", many))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.message()).contains(field + ": is •••, but no value is stored; send the value");
        }
    }

    @Test
    void aHeaderThatHadNoValueCannotKeepOne() {
        api.create(fields());
        Answer refused = api.call(
                "PATCH",
                "/api/services?name=hook",
                new JsonObject().put("headers", new JsonObject().put("X-Api-Key", HIDDEN)));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message()).startsWith("headers.X-Api-Key: ");
    }

    @Test
    void aWriterCannotSendAStoredSecretToAnotherOrigin() throws Exception {
        List<String> stolen = new CopyOnWriteArrayList<>();
        HttpServer thief = server(stolen);
        try {
            api.create(fields().put("labels", new JsonObject().put("team", "shop")));
            eventually(() -> assertThat(received).contains(SECRET + " " + BODY));
            JsonObject moved = only(api.getWithKey("/api/services")).put("url", url(thief));

            List<Answer> answers = new ArrayList<>(sentBack(moved));
            answers.add(api.call("PATCH", "/api/services?name=hook", new JsonObject().put("url", url(thief))));
            answers.add(api.call("PATCH", "/api/services?label=team%3Dshop", new JsonObject().put("url", url(thief))));
            JsonObject test = moved.copy();
            test.remove("createdAt");
            test.remove("declared");
            answers.add(api.call("POST", "/api/services/test", test));
            test.remove("id");
            answers.add(api.call("POST", "/api/services/test", test));

            for (Answer answer : answers) {
                assertThat(answer.status()).as(answer.text()).isEqualTo(400);
                assertThat(answer.message()).contains("headers.Authorization", "send the value again");
            }
            assertThat(stolen).isEmpty();
            assertThat(stored().getString("url")).isEqualTo(url(target) + QUERY);

            moved.put("headers", new JsonObject().put("Authorization", "other")).put("body", "other");
            for (Answer answer : sentBack(moved)) {
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            }
        } finally {
            thief.stop(0);
        }
    }

    @Test
    void aSecretBodyDoesNotBecomeReadableByTakingOffItsMark() {
        api.create(fields());
        for (UnaryOperator<JsonObject> change :
                List.<UnaryOperator<JsonObject>>of(fields -> fields, fields -> fields.put("body", HIDDEN))) {
            Answer refused = api.call(
                    "PATCH", "/api/services?name=hook", change.apply(new JsonObject().put("bodySecret", false)));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.message()).startsWith("bodySecret: ");
        }
        assertThat(stored().getBoolean("bodySecret")).isTrue();
    }

    @Test
    void aTestTakesTheStoredValuesOfTheServiceThatItNames() throws Exception {
        String id = api.create(fields()).getString("id");
        JsonObject fields = fields().put("body", HIDDEN);
        fields.getJsonObject("headers").put("Authorization", HIDDEN);
        for (JsonObject test : List.of(fields, fields.copy().put("id", id).put("name", "renamed"))) {
            eventually(() -> assertThat(received).isNotEmpty());
            received.clear();
            Answer tested = api.call("POST", "/api/services/test", test);
            assertThat(tested.json().getJsonObject("result").getString("status"))
                    .as(tested.text())
                    .isEqualTo("up");
            assertThat(received).containsExactly(SECRET + " " + BODY);
        }
        assertThat(api.call("POST", "/api/services/test", fields.copy().put("id", "none"))
                        .message())
                .startsWith("id: ");
    }
}
