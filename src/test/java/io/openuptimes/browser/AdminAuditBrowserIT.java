package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The audit log on the admin pages. */
class AdminAuditBrowserIT {

    /** Length of the prefix that identifies a key. */
    private static final int PREFIX = 19;

    private static final Set<String> CHANGING = Set.of("post", "put", "patch", "delete");

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static Locator row(Page page, String text) {
        return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(text));
    }

    @Test
    void what_was_changed_is_listed_and_filtered() {
        browsing.api()
                .curl()
                .call("POST", "/api/services")
                .key(Api.KEY)
                .json(new JsonObject()
                        .put("name", "Storefront")
                        .put("url", "http://127.0.0.1:9/?token=hunter2")
                        .put("headers", new JsonObject().put("Authorization", "hunter2"))
                        .encode())
                .send();
        browsing.api()
                .curl()
                .call("PATCH", "/api/services?name=Storefront")
                .key(Api.KEY)
                .json("{\"group\":\"Europe\"}")
                .send();
        browsing.api()
                .curl()
                .call("POST", "/api/auth/login")
                .json("{\"password\":\"a wrong password\"}")
                .send();

        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/audit");
        Locator changed = row(page, "Storefront").filter(new Locator.FilterOptions().setHasText("Service changed"));
        assertThat(changed).containsText("group");
        assertThat(changed.locator("ins")).hasText("Europe");
        assertThat(changed).containsText("Configured key");
        assertThat(changed).containsText("127.0.0.1");
        assertThat(row(page, "Storefront")).hasCount(2);
        assertThat(row(page, "failed").first()).containsText("Anonymous");
        assertThat(page.locator("body")).not().containsText("hunter2");
        Axe.noViolations(page);

        Find.field(page, "Show").selectOption("failed");
        assertThat(changed).hasCount(0);
        assertThat(row(page, "failed").first()).containsText("Anonymous");
        assertThat(page).hasURL(Pattern.compile(".*show=failed"));
        Find.field(page, "Show").selectOption("all");
        Find.button(changed, "Configured key").click();
        assertThat(row(page, "Anonymous")).hasCount(0);
        assertThat(changed).hasCount(1);
        assertThat(row(page, "Sign-in")).hasCount(0);
        assertThat(page).hasURL(Pattern.compile(".*by=configured-key"));
        Find.button(page, "Remove filter By: Configured key").click();
        assertThat(row(page, "Anonymous")).not().hasCount(0);
    }

    @Test
    void older_entries_come_when_they_are_asked_for() {
        for (int i = 0; i < 60; i++) {
            browsing.api()
                    .curl()
                    .call("PATCH", "/api/ping-history/ttl")
                    .key(Api.KEY)
                    .json("{\"ttl\":" + (100_000 + i) + "}")
                    .send();
        }
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/audit?show=changes");
        assertThat(page.locator("tbody tr")).hasCount(50);
        Find.button(page, "Show older entries").click();
        assertThat(page.locator("tbody tr")).not().hasCount(50);
        assertThat(row(page, "86400")).hasCount(1); // the value before the first of them
    }

    private static JsonObject call(String method, String path, JsonObject body) {
        return browsing.api().call(method, path, body);
    }

    @Test
    void entries_are_found_by_action_target_and_address_and_the_page_says_when_there_are_none() {
        browsing.api().create("Audited", "http://127.0.0.1:9/", new JsonObject().put("interval", 66));
        browsing.api().change("Audited", new JsonObject().put("interval", 77));
        browsing.api().delete("Audited");
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/audit");
        Find.field(page, "Action").selectOption("Service deleted");
        assertThat(row(page, "Service changed")).hasCount(0);
        Find.button(row(page, "Audited"), "Audited").click();
        Find.field(page, "Action").selectOption("All actions");
        assertThat(page.locator("tbody tr")).hasCount(3);
        assertThat(row(page, "Service changed").locator("del")).hasText("66");
        assertThat(row(page, "Service changed").locator("ins")).hasText("77");
        Find.button(row(page, "Service deleted"), "127.0.0.1").click();
        assertThat(page).hasURL(Pattern.compile(".*target=Audited&address=127\\.0\\.0\\.1"));
        page.reload();
        assertThat(page.locator("tbody tr")).hasCount(3);
        Axe.noViolations(page);
        Find.field(page, "Show").selectOption("failed");
        assertThat(page.getByText("No entries match")).isVisible();
        Axe.noViolations(page);
        Find.button(page, "Show all entries").click();
        assertThat(row(page, "Sign-in")).not().hasCount(0);
    }

    @Test
    void what_is_shown_is_downloaded_line_by_line() throws Exception {
        for (int i = 0; i < 60; i++) {
            call("PATCH", "/api/site", new JsonObject().put("footer", "Number " + i));
        }
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/audit?action=changeSite");
        assertThat(page.locator("tbody tr")).hasCount(50);
        Download download =
                page.waitForDownload(() -> Find.button(page, "Download NDJSON").click());
        assertThat(download.suggestedFilename()).isEqualTo("audit.ndjson");
        List<JsonObject> lines = Files.readAllLines(download.path()).stream()
                .map(JsonObject::new)
                .toList();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(60);
        assertThat(lines).extracting(line -> line.getString("action")).containsOnly("changeSite");
        assertThat(lines.get(0).getJsonObject("after").getString("footer")).isEqualTo("Number 59");
    }

    @Test
    void a_secret_that_changed_is_said_to_have_changed_and_a_key_has_its_name() {
        browsing.api()
                .create(
                        "Secretive",
                        "http://127.0.0.1:9/",
                        new JsonObject().put("headers", new JsonObject().put("X-Key", "hunter2")));
        browsing.api()
                .change("Secretive", new JsonObject().put("headers", new JsonObject().put("X-Key", "hunter2-next")));
        String key = browsing.api()
                .curl()
                .call("POST", "/api/keys")
                .key(Api.KEY)
                .json("{\"name\":\"pipeline\",\"scope\":\"write\"}")
                .send()
                .json()
                .getString("key");
        browsing.api()
                .curl()
                .call("PATCH", "/api/services?name=Secretive")
                .key(key)
                .json("{\"interval\":55}")
                .send();
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/audit?target=Secretive");
        assertThat(row(page, "changed, values not shown")).containsText("headers");
        Locator byKey = row(page, "Service changed").filter(new Locator.FilterOptions().setHasText("interval"));
        assertThat(byKey).containsText("pipeline");
        assertThat(page.locator("body")).not().containsText("hunter2");
        row(page, "Service created").locator("summary").click();
        assertThat(row(page, "Service created").getByText("X-Key: •••")).isVisible();
        String name = "pipeline (" + key.substring(0, PREFIX) + "…)"; // names are not unique
        Find.button(byKey, name).click();
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(Find.button(page, "Remove filter By: " + name)).isVisible();
    }

    @Test
    void every_action_of_the_api_has_a_word_in_both_languages() throws Exception {
        String texts = "async (language) => (await import(document.querySelector('script[type=module]').src"
                + ".replace('admin/main.js', `texts/${language}.js`))).default";
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/audit");
        for (String language : List.of("en", "de")) {
            Map<?, ?> words = (Map<?, ?>) page.evaluate(texts, language);
            assertThat(words.keySet().stream().map(String::valueOf))
                    .containsAll(acting().map(name -> "audit.action." + name).toList());
        }
        for (Locator option : Find.field(page, "Action").locator("option").all()) {
            assertThat(option.textContent()).doesNotContainPattern("[a-z][A-Z]");
        }
    }

    /** Operations with side effects. */
    private static Stream<String> acting() {
        JsonObject paths = browsing.api().get("/openapi.json").getJsonObject("paths");
        return paths.stream()
                .flatMap(path -> ((JsonObject) path.getValue())
                        .stream().filter(operation -> CHANGING.contains(operation.getKey())))
                .map(operation -> (JsonObject) operation.getValue())
                .map(operation -> operation.getString("x-audit-action", operation.getString("operationId")))
                .filter(operation -> !operation.equals("testService"));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void the_page_fits_and_is_clean_on_every_screen(Look look) {
        browsing.api().create("Shop " + look, "http://127.0.0.1:9/");
        browsing.api()
                .change("Shop " + look, new JsonObject().put("group", "Europe").put("interval", 30));
        browsing.api()
                .curl()
                .call("POST", "/api/auth/login")
                .json("{\"password\":\"a wrong password\"}")
                .send();
        Page page = browsing.openSignedIn(look, "/admin/audit");
        assertThat(row(page, "Shop " + look)).hasCount(2);
        Layout.fits(page);
        Axe.noViolations(page);
        look.take(page, "audit-entries");
        page.navigate("/admin/audit?show=failed&target=Shop&by=anonymous");
        assertThat(page.getByText("No entries match")).isVisible();
        Layout.fits(page);
        Axe.noViolations(page);
        look.take(page, "audit-nothing");
    }

    static List<Look> looks() {
        return Look.ALL;
    }
}
