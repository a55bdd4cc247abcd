package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.web.ApiServer.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.EventReader;
import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a key restricted to {@code team=shop} can see and change. */
class ConfinedKeysTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    private String key = "";

    @BeforeEach
    void twoOfTheShopAndTwoOfOthers() {
        api.deleteAll();
        service("cart", "shop", true);
        service("stock", "shop", false);
        service("mail", "office", true);
        service("vault", "office", false);
        key = api.call("POST", "/api/keys", "{\"name\":\"shop\",\"scope\":\"write\",\"selector\":\"team=shop\"}")
                .json()
                .getString("key");
    }

    private static void service(String name, String team, boolean visible) {
        api.create(new JsonObject()
                .put("name", name)
                .put("url", api.url(200))
                .put("group", team)
                .put("visible", visible)
                .put("labels", new JsonObject().put("team", team)));
    }

    private Answer call(String method, String path, @Nullable String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Authorization", "Bearer " + key));
        if (body != null) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        all.addAll(List.of(headers));
        return api.send(method, path, body, all.toArray(String[]::new));
    }

    private Answer get(String path, String... headers) {
        return call("GET", path, null, headers);
    }

    private static Set<String> names(JsonArray services) {
        Set<String> names = new TreeSet<>();
        services.forEach(service -> names.add(((JsonObject) service).getString("name")));
        return names;
    }

    private static JsonObject all() {
        return api.getWithKey("/api/services/export").json();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/status",
        "/api/status?limit=10",
        "/api/status?sort=status",
        "/api/status?label=team",
        "/api/services",
        "/api/services?limit=10&include=groups",
        "/api/services/export"
    })
    void listsHoldItsServicesAndCountNoOthers(String path) {
        JsonObject answer = get(path).json();
        assertThat(names(answer.getJsonArray("services"))).containsExactly("cart", "stock");
        JsonObject counts = answer.getJsonObject("counts");
        if (counts != null) {
            assertThat(counts.getInteger("total")).isEqualTo(2);
        }
        JsonArray groups = answer.getJsonArray("groups");
        if (groups != null) {
            assertThat(names(groups)).containsExactly("shop");
        }
    }

    @Test
    void everybodyElseSeesWhatTheySawBefore() {
        assertThat(names(api.get("/api/status").json().getJsonArray("services")))
                .containsExactly("cart", "mail");
        assertThat(names(api.getWithKey("/api/status").json().getJsonArray("services")))
                .containsExactly("cart", "mail", "stock", "vault");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/history/{name}, 200",
        "/api/history?service={name}, 200",
        "/api/response-times?service={name}, 200",
        "/api/uptime?service={name}, 200",
        "/api/transitions?service={name}, 200",
        "/api/services?name={name}, 200",
        "/api/status?service={name}, 200",
        "/api/ping?service={name}, 200"
    })
    void aServiceOfOthersByNameIsA403AlsoWhereItIsPublic(String path, int status) {
        assertThat(get(path.replace("{name}", "cart")).status()).isEqualTo(status);
        assertThat(get(path.replace("{name}", "stock")).status()).isEqualTo(status);
        assertThat(get(path.replace("{name}", "mail")).status()).isEqualTo(403);
        assertThat(get(path.replace("{name}", "vault")).status()).isEqualTo(403);
    }

    @Test
    void itChecksItsServicesOnly() {
        JsonObject round = get("/api/ping").json();
        assertThat(names(round.getJsonArray("services"))).containsExactly("cart", "stock");
        assertThat(get("/api/events?service=mail").status()).isEqualTo(403);
    }

    @Test
    void metricsAreOfItsServices() {
        get("/api/ping");
        api.getWithKey("/api/ping");
        String text = get("/metrics").text();
        assertThat(text)
                .contains("openuptimes_service_up{service=\"cart\",", "{service=\"stock\",")
                .contains("openuptimes_services{state=\"up\"} 2")
                .doesNotContain("{service=\"mail\",", "{service=\"vault\",");
    }

    /** Services cannot be moved in or out, and others cannot be changed, not even through a shared label. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /api/services             | {"name":"n","url":"http://localhost/"}                               | 403
            POST   | /api/services             | {"name":"n","url":"http://localhost/","labels":{"team":"office"}}    | 403
            POST   | /api/services             | {"name":"n","url":"http://localhost/","labels":{"team":"shop"}}      | 201
            PUT    | /api/services?name=cart   | {"name":"cart","url":"http://localhost/"}                            | 403
            PUT    | /api/services?name=cart   | {"name":"c","url":"http://localhost/","labels":{"team":"shop"}}      | 200
            PUT    | /api/services?name=mail   | {"name":"mail","url":"http://localhost/","labels":{"team":"shop"}}   | 403
            PATCH  | /api/services?name=cart   | {"labels":{"team":"office"}}                                         | 403
            PATCH  | /api/services?name=cart   | {"labels":{}}                                                        | 403
            PATCH  | /api/services?name=cart   | {"paused":true}                                                      | 200
            PATCH  | /api/services?name=vault  | {"labels":{"team":"shop"}}                                           | 403
            PATCH  | /api/services?name=mail   | {"paused":true}                                                      | 403
            PATCH  | /api/services?label=team  | {"labels":{"team":"office"}}                                         | 403
            DELETE | /api/services?name=mail   |                                                                      | 403
            DELETE | /api/services?name=cart   |                                                                      | 200
            PUT    | /api/services/bulk        | {"services":[{"name":"mail","url":"http://localhost/","labels":{"team":"shop"}}]} | 403
            PUT    | /api/services/bulk        | {"services":[{"name":"cart","url":"http://localhost/"}]}             | 403
            PUT    | /api/services/bulk        | {"services":[{"name":"n","url":"http://localhost/"}]}                | 403
            PUT    | /api/services/bulk        | {"services":[{"name":"n","url":"http://localhost/","labels":{"team":"shop"}}]} | 200
            PUT    | /api/services/bulk        | {"services":[{"id":"0123456789abcdef0123456789abcdef","name":"n","url":"http://localhost/","labels":{"team":"shop"}}]} | 403
            """)
    void changesStayWithin(String method, String path, @Nullable String body, int status) {
        String before = all().encode();
        Answer answer = call(method, path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.text()).doesNotContain("vault");
        if (status == 403) {
            assertThat(all().encode()).isEqualTo(before);
        }
        assertThat(names(all().getJsonArray("services"))).contains("mail", "vault");
    }

    @Test
    void changesOfManyAreOfItsServices() {
        Answer paused = call("PATCH", "/api/services?label=team", "{\"paused\": true}");
        assertThat(paused.json().getJsonObject("counts").getInteger("changed")).isEqualTo(2);
        Answer absent = call(
                "PUT",
                "/api/services/bulk?deleteAbsent=*",
                "{\"services\":[{\"name\":\"cart\",\"url\":\"http://localhost/\",\"labels\":{\"team\":\"shop\"}}]}");
        assertThat(absent.json().getJsonArray("deleted")).containsExactly("stock");
        Answer deleted = call("DELETE", "/api/services?label=team", null);
        assertThat(deleted.json().getJsonArray("deleted")).containsExactly("cart");
        assertThat(names(all().getJsonArray("services"))).containsExactly("mail", "vault");
        all().getJsonArray("services").forEach(service -> assertThat(((JsonObject) service).getBoolean("paused"))
                .isFalse());
    }

    @Test
    void itRestoresItsServicesOnly() {
        for (String name : List.of("mail", "cart")) {
            String id = api.call("DELETE", "/api/services?name=" + encoded(name), (String) null)
                    .json()
                    .getJsonObject("undo")
                    .getString("id");
            Answer restored = call("POST", "/api/services/restore", "{\"id\":\"" + id + "\"}");
            assertThat(restored.status()).isEqualTo(name.equals("cart") ? 200 : 403);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/keys",
        "GET, /api/nodes",
        "GET, /api/store",
        "GET, /api/schedule",
        "GET, /api/services/declared",
        "GET, /api/ping-history/ttl",
        "PATCH, /api/ping-history/ttl",
        "DELETE, /api/ping-history",
        "PATCH, /api/site",
        "POST, /api/setup/complete",
        "POST, /api/keys",
        "DELETE, /api/keys/x",
        "DELETE, /api/auth/sessions",
        "PUT, /api/auth/password"
    })
    void allElseIsA403(String method, String path) {
        assertThat(call(method, path, method.equals("GET") ? null : "{}").status())
                .isEqualTo(403);
    }

    @Test
    void changesSinceTellOfItsServicesAndOfThoseThatItLost() throws Exception {
        for (String name : List.of("cart", "stock", "mail", "vault")) {
            api.settled(name, "up"); // after its first check
        }
        String since = get("/api/status").json().getString("event");
        patch("mail", "{\"description\":\"new\"}");
        patch("vault", "{\"name\":\"hoard\"}");
        eventually(() -> assertThat(names(
                        api.getWithKey("/api/status?since=" + since).json().getJsonArray("services")))
                .containsExactly("hoard", "mail")); // reported by now
        JsonObject nothing = get("/api/status?since=" + since).json();
        assertThat(nothing.getJsonArray("services")).isEmpty();
        assertThat(nothing.getJsonArray("removed")).isEmpty();

        patch("cart", "{\"description\":\"new\"}");
        patch("stock", "{\"name\":\"secret\",\"labels\":{\"team\":\"office\"}}");
        patch("mail", "{\"labels\":{\"team\":\"shop\"}}");
        api.call("DELETE", "/api/services?name=hoard", (String) null);
        eventually(() -> {
            JsonObject changes = get("/api/status?since=" + since).json();
            assertThat(changes.encode()).doesNotContain("secret", "hoard", "vault");
            assertThat(names(changes.getJsonArray("services"))).containsExactly("cart", "mail");
            assertThat(names(changes.getJsonArray("removed"))).containsExactly("stock");
            assertThat(changes.getJsonObject("counts").getInteger("total")).isEqualTo(2);
        });
    }

    @Test
    void eventStreamsTellOfItsServicesAndOfThoseThatItLost() throws Exception {
        try (EventReader reader = events(key)) {
            reader.await("summary", data -> data.getJsonObject("counts").getInteger("total") == 2);
            patch("vault", "{\"name\":\"hoard\"}");
            api.call("DELETE", "/api/services?name=hoard", (String) null);
            patch("stock", "{\"name\":\"secret\",\"labels\":{\"team\":\"office\"}}");
            patch("cart", "{\"description\":\"the last one\"}");
            reader.awaitService("saved", "cart");
            reader.await("summary", data -> data.getJsonObject("counts").getInteger("total") == 1);
            assertThat(reader.events("removed"))
                    .extracting(event -> event.data().getString("name"))
                    .containsExactly("stock");
            assertThat(reader.events().toString()).doesNotContain("hoard", "vault", "secret", "mail");
        }
    }

    @Test
    void anEventStreamEndsWhenItsKeyExpires() throws Exception {
        String shortLived = keyFor(3_000);
        EventReader begun = events(shortLived);
        for (long life = 10_000; begun.status() != 200 && life < 300_000; life *= 3) { // retries on a busy machine
            begun.close();
            shortLived = keyFor(life);
            begun = events(shortLived);
        }
        try (EventReader reader = begun) {
            reader.await("summary", data -> true);
            reader.await("dropped", data -> data.getString("reason").equals("credentials"));
        }
        Answer refused = api.get("/api/status", "Authorization", "Bearer " + shortLived);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.message()).isEqualTo("This key has expired");
    }

    private static String keyFor(long millis) {
        String body = new JsonObject()
                .put("name", "short")
                .put("expiresAt", System.currentTimeMillis() + millis)
                .encode();
        return String.valueOf(api.call("POST", "/api/keys", body).json().getString("key"));
    }

    private static EventReader events(String key) {
        return new EventReader("http://127.0.0.1:" + api.port() + "/api/events", "Authorization", "Bearer " + key);
    }

    private static void patch(String name, String fields) {
        assertThat(api.call("PATCH", "/api/services?name=" + name, fields).status())
                .isEqualTo(200);
    }

    @Test
    void aCheckIsNotTestedWithWhatIsHiddenOfOthers() {
        JsonObject vault = all().getJsonArray("services").stream()
                .map(JsonObject.class::cast)
                .filter(service -> service.getString("name").equals("vault"))
                .findFirst()
                .orElseThrow();
        JsonObject byId = new JsonObject().put("id", vault.getString("id")).put("url", api.url(200));
        JsonObject byName = new JsonObject().put("name", "vault").put("url", api.url(200));
        JsonObject own = new JsonObject().put("name", "cart").put("url", api.url(200));
        assertThat(call("POST", "/api/services/test", byId.encode()).status()).isEqualTo(403);
        assertThat(call("POST", "/api/services/test", byName.encode()).status()).isEqualTo(403);
        assertThat(call("POST", "/api/services/test", own.encode()).status()).isEqualTo(200);
    }
}
