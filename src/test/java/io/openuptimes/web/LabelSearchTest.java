package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.web.ApiServer.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Label search and the list of labels, for callers with a key; labels stay hidden from others. */
class LabelSearchTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @BeforeEach
    void twoTeams() {
        api.deleteAll();
        create("Checkout", new JsonObject().put("team", "core").put("env", "production"));
        create("Basket", new JsonObject().put("team", "Coreshop").put("urgent", ""));
        create("Mail", new JsonObject().put("team", "office"));
        create("Plain", new JsonObject());
    }

    private static void create(String name, JsonObject labels) {
        api.create(new JsonObject().put("name", name).put("url", api.url(200)).put("labels", labels));
    }

    private static List<String> names(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().getJsonArray("services").stream()
                .map(service -> ((JsonObject) service).getString("name"))
                .toList();
    }

    private static Answer withConfinedKey(String path) {
        String key = api.call("POST", "/api/keys", "{\"name\":\"core\",\"scope\":\"read\",\"selector\":\"team=core\"}")
                .json()
                .getString("key");
        return api.send("GET", path, null, "Authorization", "Bearer " + key);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            team=core  | Basket Checkout
            TEAM=CORE  | Basket Checkout
            team=cores | Basket
            eam=of     | Mail
            team=      | Basket Checkout Mail
            production | Checkout
            urgent     | Basket
            urgent=    | Basket
            team=plain |
            am=        | Basket Checkout Mail
            """)
    void callersWithAKeyFindServicesByTheirLabels(String q, @Nullable String found) {
        List<String> expected = found == null ? List.of() : List.of(found.split(" ", -1));
        assertThat(names(api.getWithKey("/api/status?q=" + encoded(q)))).isEqualTo(expected);
        assertThat(names(api.getWithKey("/api/services?q=" + encoded(q)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"team=core", "production", "urgent", "team", "office"})
    void visitorsDoNotLearnLabelsBySearchingForThem(String q) {
        assertThat(names(api.get("/api/status?q=" + encoded(q)))).isEmpty();
        // nor from a response cached for a caller with a key
        assertThat(names(api.getWithKey("/api/status?q=" + encoded(q)))).isNotEmpty();
        assertThat(names(api.get("/api/status?q=" + encoded(q)))).isEmpty();
    }

    @Test
    void visitorsDoNotLearnLabelsByAskingForChangesOrForTheList() throws Exception {
        String event = api.get("/api/status?limit=1").json().getString("event");
        api.call("PATCH", "/api/services?name=Mail", "{\"description\": \"Letters\"}");

        String since = "/api/status?q=office&since=" + event;
        eventually(() -> assertThat(names(api.getWithKey(since))).containsExactly("Mail")); // once reported
        assertThat(names(api.get(since))).isEmpty();
        assertThat(api.get("/api/status?include=labels").status()).isEqualTo(401);
        assertThat(api.get("/api/status?limit=1&include=groups&include=labels").status())
                .isEqualTo(401);
    }

    @Test
    void aConfinedKeyFindsAndListsTheLabelsOfItsServicesOnly() {
        assertThat(names(withConfinedKey("/api/services?q=team"))).containsExactly("Checkout");
        assertThat(names(withConfinedKey("/api/status?q=office"))).isEmpty();
        Answer answer = withConfinedKey("/api/services?include=labels");
        assertThat(answer.text()).doesNotContain("office", "Coreshop", "urgent");
        assertThat(keys(answer)).containsExactly("env", "team");
    }

    private static List<String> keys(Answer answer) {
        return answer.json().getJsonArray("labels").stream()
                .map(label -> ((JsonObject) label).getString("key"))
                .toList();
    }

    @Test
    void theLabelsThatThereAreComeWithAList() {
        JsonObject answer = api.getWithKey("/api/services?limit=1&include=groups&include=labels")
                .json();
        assertThat(answer.getJsonArray("services")).hasSize(1);
        assertThat(answer.getJsonArray("groups")).isNotEmpty();
        assertThat(answer.getJsonArray("labels"))
                .isEqualTo(new JsonArray()
                        .add(label("env", "production"))
                        .add(label("team", "Coreshop", "core", "office"))
                        .add(label("urgent", "")));
        assertThat(api.getWithKey("/api/status?q=mail&include=labels").json().getJsonArray("labels"))
                .as("of the services on the list")
                .isEqualTo(new JsonArray().add(label("team", "office")));
    }

    private static JsonObject label(String key, String... values) {
        return new JsonObject()
                .put("key", key)
                .put("values", new JsonArray(List.of(values)))
                .put("more", false);
    }

    @Test
    void anUnknownPartOfAListIsRefused() {
        Answer answer = api.getWithKey("/api/services?include=names");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("include: must be groups or labels");
    }

    @Test
    void theListSaysHowOftenServicesWithoutAnIntervalAreChecked() {
        JsonObject answer = api.getWithKey("/api/services?limit=1").json();
        int effective = api.get("/api/status?limit=1")
                .json()
                .getJsonArray("services")
                .getJsonObject(0)
                .getInteger("interval");
        assertThat(answer.getInteger("defaultInterval")).isEqualTo(effective);
    }
}
