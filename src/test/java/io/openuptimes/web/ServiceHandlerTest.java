package io.openuptimes.web;

import static io.openuptimes.web.ApiServer.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Scope;
import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /api/services/{id}} and {@code /api/services/by-name/{name}} respond like the operations by query. */
class ServiceHandlerTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    /** The two ways to identify a service. */
    enum By {
        ID {
            @Override
            String path(JsonObject service) {
                return "/api/services/" + service.getString("id");
            }
        },
        NAME {
            @Override
            String path(JsonObject service) {
                return "/api/services/by-name/" + encoded(service.getString("name"));
            }
        };

        abstract String path(JsonObject service);
    }

    @AfterEach
    void empty() {
        api.deleteAll();
    }

    private static JsonObject service(String name) {
        return api.create(new JsonObject().put("name", name).put("url", api.url(200)));
    }

    private static Answer ask(String method, String path, @Nullable String body, String key, String... more) {
        List<String> headers = new ArrayList<>(List.of("Authorization", "Bearer " + key));
        if (body != null) {
            headers.addAll(List.of("Content-Type", "application/json"));
        }
        headers.addAll(List.of(more));
        return api.send(method, path, body, headers.toArray(String[]::new));
    }

    private static JsonObject listed(String name) {
        return api.getWithKey("/api/services?name=" + encoded(name))
                .json()
                .getJsonArray("services")
                .getJsonObject(0);
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void aServiceIsAnsweredAsInTheList(By by) {
        String path = by.path(service("a"));

        Answer answer = api.getWithKey(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().fieldNames()).containsExactly("service");
        JsonObject inList = listed("a");
        inList.remove("state");
        assertThat(answer.json().getJsonObject("service")).isEqualTo(inList);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        Answer head = api.call("HEAD", path, (String) null);
        assertThat(head.header("ETag")).isEqualTo(answer.header("ETag"));
        assertThat(head.header("Content-Length")).isEqualTo(answer.header("Content-Length"));
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void theTagIsTheServices(By by) {
        String path = by.path(service("a"));
        String tag = String.valueOf(api.getWithKey(path).header("ETag"));

        assertThat(tag).isEqualTo(api.getWithKey("/api/services?name=a").header("ETag"));
        Answer known = ask("GET", path, null, ApiServer.KEY, "If-None-Match", tag);
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.text()).isEmpty();
        Answer changed = ask("PATCH", path, "{\"group\": \"g\"}", ApiServer.KEY, "If-Match", tag);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(ask("GET", path, null, ApiServer.KEY, "If-None-Match", tag).header("ETag"))
                .isEqualTo(changed.header("ETag"))
                .isNotEqualTo(tag);
        for (String method : List.of("PUT", "PATCH", "DELETE")) {
            Answer refused = ask(
                    method, path, "{\"name\": \"a\", \"url\": \"http://localhost/\"}", ApiServer.KEY, "If-Match", tag);
            assertThat(refused.status()).as(method).isEqualTo(412);
            assertThat(refused.message()).isEqualTo("If-Match: the service has been changed since; read it again");
        }
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void aReadersTagTellsNothingOfSecrets(By by) {
        JsonObject service = service("a");
        String reader = new Callers(api).key(Scope.READ);
        Answer before = ask("GET", by.path(service), null, reader);

        api.call("PATCH", by.path(service), "{\"headers\": {\"Authorization\": \"Bearer one\"}}");
        Answer one = ask("GET", by.path(service), null, reader);
        api.call("PATCH", by.path(service), "{\"headers\": {\"Authorization\": \"Bearer two\"}}");
        Answer two = ask("GET", by.path(service), null, reader);

        assertThat(one.header("ETag")).isEqualTo(two.header("ETag")).isNotEqualTo(before.header("ETag"));
        assertThat(ask("GET", by.path(service), null, reader, "If-None-Match", String.valueOf(two.header("ETag")))
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void changesAreAsThoseByQuery(By by) {
        JsonObject service = service("a");
        service("taken");
        String url = api.url(204);

        Answer replaced = api.call(
                "PUT", by.path(service), new JsonObject().put("name", "b").put("url", url));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().getJsonObject("service").getMap())
                .containsEntry("id", service.getString("id"))
                .containsEntry("name", "b")
                .containsEntry("url", url);
        JsonObject now = replaced.json().getJsonObject("service");
        Answer patched = api.call("PATCH", by.path(now), "{\"group\": \"g\"}");
        assertThat(patched.json().getJsonObject("service").getString("group")).isEqualTo("g");
        assertThat(api.call("PATCH", by.path(now), "{\"name\": \"taken\"}").message())
                .isEqualTo("A service of that name exists");
        assertThat(api.call("PATCH", by.path(now), "{\"group\": 1}").status()).isEqualTo(400);
        Answer deleted = api.call("DELETE", by.path(now), (String) null);
        assertThat(deleted.json().getString("message")).isEqualTo("Service deleted");
        assertThat(deleted.json().getJsonObject("undo").getString("id")).isEqualTo(service.getString("id"));
        for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
            Answer gone = api.call(method, by.path(now), "{\"name\": \"b\", \"url\": \"http://localhost/\"}");
            assertThat(gone.status()).as(method).isEqualTo(404);
            assertThat(gone.message()).isEqualTo("Service not found");
        }
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void theAuditLogHasTheSameActionForTheSameChange(By by) {
        JsonObject service = service("a");
        api.call("PATCH", by.path(service), "{\"group\": \"g\"}");
        api.call("DELETE", by.path(service), (String) null);

        List<JsonObject> entries = api.getWithKey("/api/audit?limit=2").json().getJsonArray("entries").stream()
                .map(JsonObject.class::cast)
                .toList();

        assertThat(entries)
                .extracting(entry -> entry.getString("action") + " " + entry.getString("target"))
                .containsExactly("deleteService a", "patchService a");
        assertThat(entries.get(1).getJsonObject("after").getString("group")).isEqualTo("g");
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void aKeyLimitedByLabelsIsToldThatAnotherServiceIsNotItsOwn(By by) {
        JsonObject own = api.create(new JsonObject()
                .put("name", "own")
                .put("url", api.url(200))
                .put("labels", new JsonObject().put("team", "shop")));
        JsonObject other = service("other");
        String key = api.call(
                        "POST",
                        "/api/keys",
                        new JsonObject()
                                .put("name", "shop")
                                .put("scope", "write")
                                .put("selector", "team=shop"))
                .json()
                .getString("key");

        assertThat(ask("GET", by.path(own), null, key).status()).isEqualTo(200);
        assertThat(ask("PATCH", by.path(own), "{\"group\": \"g\"}", key).status())
                .isEqualTo(200);
        for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
            Answer refused = ask(method, by.path(other), "{\"name\": \"other\", \"url\": \"http://localhost/\"}", key);
            assertThat(refused.status()).as(method).isEqualTo(403);
        }
        assertThat(listed("other").getString("group")).isEmpty();
    }

    @Test
    void scopesAreAsThoseByQuery() {
        String path = By.ID.path(service("a"));
        String reader = new Callers(api).key(Scope.READ);

        assertThat(api.get(path).status()).isEqualTo(401);
        assertThat(ask("GET", path, null, reader).status()).isEqualTo(200);
        assertThat(ask("DELETE", path, null, reader).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "/",
                "100 %",
                "%2F",
                "a b",
                "😀",
                "..",
                ".",
                "../status",
                "bulk",
                "export",
                "a+b",
                "a?b",
                "a;b",
                "changes",
                "by-name",
                "ä",
                "'\"<>\\"
            })
    void anyNameWorksInThePath(String name) {
        String path = By.NAME.path(service(name));

        assertThat(api.getWithKey(path).json().getJsonObject("service").getString("name"))
                .isEqualTo(name);
        assertThat(api.call("PATCH", path, "{\"group\": \"g\"}")
                        .json()
                        .getJsonObject("service")
                        .getString("group"))
                .isEqualTo("g");
        assertThat(api.call("PUT", path, new JsonObject().put("name", name).put("url", api.url(204)))
                        .status())
                .isEqualTo(200);
        assertThat(api.call("DELETE", path, (String) null).status()).isEqualTo(200);
    }

    @Test
    void aNameThatIsNoTextIsNamed() {
        assertThat(api.getWithKey("/api/services/by-name/%FF").message())
                .isEqualTo("name: is not valid percent-encoded UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "a%2Fb", "a@eu", "%F0%9F%98%80", "by-name", "0", "undefined", "%20", "*"})
    void anIdOfNoServiceIsNotFound(String id) {
        service("a");
        for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
            Answer answer =
                    api.call(method, "/api/services/" + id, "{\"name\": \"a\", \"url\": \"http://localhost/\"}");
            assertThat(answer.status()).as(method).isEqualTo(404);
            assertThat(answer.message()).isEqualTo("Service not found");
        }
    }

    @Test
    void anIdNamesTheServiceWhateverItIsCalledMeanwhile() {
        JsonObject service = service("a");
        api.call("PATCH", By.ID.path(service), "{\"name\": \"b\"}");
        JsonObject another = service("a");

        assertThat(api.getWithKey(By.ID.path(service))
                        .json()
                        .getJsonObject("service")
                        .getString("name"))
                .isEqualTo("b");
        api.call("DELETE", By.ID.path(service), (String) null);
        assertThat(api.getWithKey(By.ID.path(another)).status()).isEqualTo(200);
    }
}
