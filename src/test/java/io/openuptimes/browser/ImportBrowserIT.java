package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Import and export of services on the admin pages. */
class ImportBrowserIT {

    private static List<Look> looks() {
        return Look.ALL;
    }

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    @BeforeEach
    void someServices() {
        browsing.api().deleteAll();
        browsing.target().up("/shop");
        browsing.api().create("Mail", browsing.target().url("/shop"));
        browsing.api().create("Shop", browsing.target().url("/shop"));
    }

    private static String table() {
        String url = browsing.target().url("/shop");
        return "name;url;interval;labels.team\nShop;" + url + ";30;shop\nSearch;" + url + ";;\n";
    }

    private static void choose(Page page, String name, String content) {
        page.locator("service-import input[type=file]")
                .setInputFiles(new FilePayload(name, "", content.getBytes(StandardCharsets.UTF_8)));
    }

    private static Page open(Look look) {
        Page page = browsing.openSignedIn(look, "/admin/services");
        Find.button(page, "Import").click();
        return page;
    }

    private static Locator dialog(Page page) {
        return page.locator("dialog:has(service-import)");
    }

    private static Locator action(Page page, String name) {
        return Find.button(dialog(page), name);
    }

    private static JsonObject service(String name) {
        return browsing.api().service(name);
    }

    private static List<String> names() {
        return browsing.api().get("/api/services").getJsonArray("services").stream()
                .map(service -> ((JsonObject) service).getString("name"))
                .toList();
    }

    @Test
    void a_table_is_compared_first_and_then_imported() throws Exception {
        Page page = open(Look.DESKTOP);
        assertThat(action(page, "Import")).isDisabled();

        choose(page, "services.csv", table());

        assertThat(dialog(page)).containsText("Nothing has changed yet");
        assertThat(dialog(page)).containsText("1 changed service");
        assertThat(dialog(page)).containsText("1 new service");
        assertThat(dialog(page).locator(".import-details.changed li li").first())
                .containsText("interval");
        assertThat(dialog(page).locator(".import-details.changed ins").first()).hasText("30");
        assertThat(names()).containsExactly("Mail", "Shop");

        action(page, "Import").click();

        assertThat(Find.toast(page, "Imported: 1 new, 1 changed, 0 deleted")).isVisible();
        assertThat(dialog(page)).hasCount(0);
        assertThat(page.locator("service-line").filter(new Locator.FilterOptions().setHasText("Search")))
                .hasCount(1);
        assertThat(names()).containsExactly("Mail", "Search", "Shop");
        assertThat(service("Shop").getJsonObject("labels").getString("team")).isEqualTo("shop");
    }

    @Test
    void services_that_are_not_in_the_file_are_deleted_only_when_asked_twice() throws Exception {
        Page page = open(Look.DESKTOP);
        Locator delete = dialog(page).getByRole(AriaRole.CHECKBOX);
        assertThat(delete).not().isChecked();
        choose(page, "services.csv", table());
        assertThat(dialog(page)).containsText("1 new service");
        delete.check();
        assertThat(dialog(page)).containsText("1 service to be deleted");
        assertThat(dialog(page).locator(".import-details.deleted li")).hasText("Mail");

        action(page, "Import and delete 1 service").click();
        Locator asked = page.locator("dialog:has(.confirm)");
        Find.button(asked, "Cancel").click();
        assertThat(names()).containsExactly("Mail", "Shop");

        action(page, "Import and delete 1 service").click();
        Find.button(asked, "Import and delete 1 service").click();
        assertThat(Find.toast(page, "1 deleted")).isVisible();
        eventually(() -> assertThat(names()).containsExactly("Search", "Shop"));
    }

    @ParameterizedTest
    @CsvSource({
        "services.yaml, '- {name: Shop, url: \"http://127.0.0.1:1/\"}'",
        "services.yml, 'services: [{name: Shop, url: \"http://127.0.0.1:1/\"}]'",
        "services.json, '[{\"name\": \"Shop\", \"url\": \"http://127.0.0.1:1/\"}]'",
        "Services.NDJSON, '{\"name\": \"Shop\", \"url\": \"http://127.0.0.1:1/\"}'"
    })
    void a_files_name_says_its_form(String name, String content) {
        Page page = open(Look.DESKTOP);

        choose(page, name, content);

        assertThat(dialog(page).locator(".import-details.changed li li")).containsText("url");
        assertThat(dialog(page).locator(".import-details.changed ins")).hasText("http://127.0.0.1:1/");
    }

    @Test
    void what_is_wrong_is_listed_by_line_and_nothing_can_be_imported() {
        Page page = open(Look.DESKTOP);
        choose(page, "services.csv", "name,url,interval\nShop,http://127.0.0.1:1/,often\nMail,,5\n");

        Locator problems = dialog(page).locator("[role=alert] li");
        assertThat(problems).hasCount(2);
        assertThat(problems.first()).hasText("Line 2, Shop, interval: Enter a whole number from 1 to 86,400.");
        assertThat(problems.last()).containsText("Line 3, Mail, url: This field is required.");
        assertThat(action(page, "Import")).isDisabled();
        Axe.noViolations(page);

        choose(page, "services.csv", "name,url\nShop\n");
        assertThat(dialog(page).getByRole(AriaRole.ALERT)).containsText("line 2: has 1 cells, but there are 2 columns");

        choose(page, "services.txt", "anything");
        assertThat(dialog(page).locator("#import-file-problem")).containsText(".csv");
        assertThat(dialog(page).getByRole(AriaRole.ALERT)).hasCount(0);
        assertThat(names()).containsExactly("Mail", "Shop");
    }

    @Test
    void only_the_latest_file_counts_and_a_corrected_one_can_be_chosen_again() {
        Page page = open(Look.DESKTOP);
        choose(page, "services.csv", table());
        assertThat(dialog(page)).containsText("1 new service");

        choose(page, "services.csv", "name,url\nShop\n");
        assertThat(dialog(page)).containsText("line 2: has 1 cells, but there are 2 columns");
        assertThat(dialog(page)).not().containsText("1 new service");
        assertThat(action(page, "Import")).isDisabled();

        page.waitForFileChooser(() -> dialog(page).locator("input[type=file]").click());
        assertThat(dialog(page).locator("input[type=file]")).hasValue("");
        assertThat(dialog(page)).not().containsText("line 2");
        choose(page, "services.csv", table());
        assertThat(dialog(page)).containsText("1 new service");
        assertThat(action(page, "Import")).isEnabled();
    }

    @Test
    void an_export_is_a_file_that_can_be_imported() throws Exception {
        for (String form : List.of("CSV", "YAML", "JSON", "NDJSON")) {
            Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/services");
            Find.button(page, "Export").click();
            Axe.noViolations(page);
            page.locator("[name=form][value=" + form.toLowerCase(Locale.ROOT) + "]")
                    .check();
            Download download =
                    page.waitForDownload(() -> Find.button(page, "Download").click());
            String content = Files.readString(download.path());
            assertThat(download.suggestedFilename()).isEqualTo("services." + form.toLowerCase(Locale.ROOT));
            assertThat(content.startsWith("\uFEFF")).isEqualTo(form.equals("CSV"));

            Find.button(page, "Import").click();
            choose(page, download.suggestedFilename(), content);
            assertThat(dialog(page)).containsText("already up to date");
            assertThat(action(page, "Import")).isDisabled();
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void the_difference_can_be_read_on_every_screen(Look look) {
        Page page = open(look);
        choose(page, "services.csv", table());
        dialog(page).getByRole(AriaRole.CHECKBOX).check();
        assertThat(dialog(page)).containsText("1 service to be deleted");

        look.take(page, "import");
        Axe.noViolations(page);
        Layout.fits(page);
    }

    @Test
    void it_is_done_by_keyboard_and_in_german() {
        Page page = browsing.openSignedIn(Look.DESKTOP.german(), "/admin/services");
        Find.button(page, "Importieren").focus();
        page.keyboard().press("Enter");
        choose(page, "dienste.csv", table());
        assertThat(dialog(page)).containsText("Noch ist nichts geändert");
        Look.DESKTOP.german().take(page, "import-german");
        action(page, "Importieren").focus();
        page.keyboard().press("Enter");
        assertThat(Find.toast(page, "Importiert: 1 neu, 1 geändert, 0 gelöscht"))
                .isVisible();
        assertThat(Find.button(page, "Importieren")).isFocused();
    }
}
