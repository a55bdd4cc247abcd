package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.openuptimes.bus.BulkMessage;
import io.openuptimes.bus.BulkMessage.ApplyDeclared;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The admin's service table and the service form. */
class AdminServicesBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    @BeforeEach
    void nothing() {
        browsing.api().deleteAll();
        browsing.target().up("/shop");
    }

    private static void create(String... names) {
        for (String name : names) {
            browsing.api().create(name, browsing.target().url("/shop"));
        }
    }

    private static Page open() {
        return browsing.openSignedIn(Look.DESKTOP, "/admin/services");
    }

    private static Locator row(Page page, String name) {
        return page.locator("service-line")
                .filter(new Locator.FilterOptions().setHas(Find.named(page, AriaRole.CHECKBOX, "Select " + name)));
    }

    private static void choose(Page page, String name, String action) {
        Find.button(page, "More actions for " + name).click();
        Find.named(page, AriaRole.MENUITEM, action).click();
    }

    private static void save(Page page) {
        Find.button(page, "Save").click();
    }

    @Test
    void the_first_service_is_added_and_checked_at_once() {
        Page page = open();
        assertThat(page.getByText("No services yet")).isVisible();
        Find.button(page, "Add your first service").click();
        Find.field(page, "Name").fill("Shop");
        Find.field(page, "URL").fill(browsing.target().url("/shop"));
        save(page);
        assertThat(Find.toast(page, "Added Shop")).isVisible();
        assertThat(Find.dialog(page)).hasCount(0);
        assertThat(row(page, "Shop")).containsText("Up");
    }

    @Test
    void every_field_is_edited_and_read_again() throws Exception {
        create("Shop");
        Page page = open();
        choose(page, "Shop", "Edit");
        Find.field(page, "Name").fill("Shop, renamed");
        Find.field(page, "URL").fill(browsing.target().url("/other?a=1&b=2"));
        Find.field(page, "Group").fill("Sales");
        Find.field(page, "Labels").fill("team = shop\ntier=1\n\nurgent");
        Find.field(page, "Show on the public status page").uncheck();
        Find.field(page, "Paused").check();
        page.getByText("Advanced options").click();
        Find.field(page, "Description").fill("Line one\nline two");
        Find.field(page, "Method").selectOption("POST");
        Find.field(page, "Expected status").fill("204");
        Find.field(page, "Interval (seconds)").fill("300");
        Find.field(page, "Timeout (milliseconds)").fill("2500");
        Find.field(page, "Redirects").selectOption("Do not follow");
        Find.button(page, "Add header").click();
        Find.field(page, "Name of header 1").fill("Authorization");
        Find.field(page, "Value of header 1").fill("Basic abc");
        assertThat(Find.field(page, "Value of header 1")).hasAttribute("type", "password");
        Find.button(page, "Add header").click();
        Find.field(page, "Name of header 2").fill("X-Two");
        Find.field(page, "Value of header 2").fill("2");
        Find.field(page, "Request body").fill("{\"ping\": true}");
        Find.field(page, "Accept untrusted certificates").check();
        Axe.noViolations(page);
        save(page);
        assertThat(Find.toast(page, "Saved Shop, renamed")).isVisible();

        Map<String, Object> stored = browsing.api().service("Shop, renamed").getMap();
        assertThat(stored)
                .containsEntry("url", browsing.target().url("/other?a=1&b=2"))
                .containsEntry("group", "Sales")
                .containsEntry("labels", Map.of("team", "shop", "tier", "1", "urgent", ""))
                .containsEntry("visible", false)
                .containsEntry("paused", true)
                .containsEntry("description", "Line one\nline two")
                .containsEntry("method", "POST")
                .containsEntry("expectedStatus", 204)
                .containsEntry("interval", 300)
                .containsEntry("timeout", 2500)
                .containsEntry("followRedirects", false)
                .containsEntry("headers", Map.of("Authorization", "•••", "X-Two", "2"))
                .containsEntry("body", "{\"ping\": true}")
                .containsEntry("ignoreTlsErrors", true);

        choose(page, "Shop, renamed", "Edit");
        assertThat(Find.field(page, "Labels")).hasValue("team=shop\ntier=1\nurgent=");
        assertThat(Find.field(page, "Interval (seconds)")).hasValue("300");
        assertThat(Find.field(page, "Value of header 1")).hasValue("Stored, hidden");
        assertThat(Find.field(page, "Value of header 2")).hasValue("2");
        assertThat(Find.field(page, "Request body")).hasValue("{\"ping\": true}");
        assertThat(Find.field(page, "Paused")).isChecked();

        Find.field(page, "Value of header 2").fill("3");
        Find.field(page, "Keep the body secret").check();
        save(page);
        eventually(() -> assertThat(browsing.api().withSecrets("Shop, renamed").getMap())
                .containsEntry("headers", Map.of("Authorization", "Basic abc", "X-Two", "3"))
                .containsEntry("body", "{\"ping\": true}"));
        choose(page, "Shop, renamed", "Edit");
        assertThat(Find.field(page, "Request body")).hasValue("Stored, hidden");
    }

    @Test
    void one_input_takes_a_status_or_several() throws Exception {
        create("Shop");
        Page page = open();

        expect(page, " 200 - 299, 301 ");
        eventually(() -> assertThat(browsing.api().service("Shop").getMap())
                .containsEntry("expectedStatus", 200)
                .containsEntry("expectedStatuses", "200-299,301")
                .containsEntry("minTlsVersion", "1.3")
                .containsEntry("clientCertificate", "shop"));

        choose(page, "Shop", "Edit");
        assertThat(Find.field(page, "Expected status")).hasValue("200-299,301");
        assertThat(Find.field(page, "Minimum TLS version")).hasValue("1.3");
        assertThat(Find.field(page, "Client certificate")).hasValue("shop");
        assertThat(page.getByText("Depends on the expected status (now: Follow)"))
                .hasCount(1);
        Axe.noViolations(page);
        Find.button(page, "Cancel").click();

        expect(page, "999");
        eventually(() -> assertThat(browsing.api().service("Shop").getMap())
                .containsEntry("expectedStatus", 999)
                .containsEntry("expectedStatuses", null));
    }

    private static void expect(Page page, String statuses) {
        choose(page, "Shop", "Edit");
        assertThat(Find.field(page, "Name")).isVisible(); // the advanced section's initial state is set by then, too
        Locator expected = Find.field(page, "Expected status");
        if (!expected.isVisible()) {
            page.getByText("Advanced options").click();
        }
        expected.fill(statuses);
        Find.field(page, "Minimum TLS version").selectOption("TLS 1.3");
        Find.field(page, "Client certificate").fill("shop");
        save(page);
        assertThat(Find.dialog(page)).hasCount(0);
    }

    @Test
    void what_a_file_declares_is_shown_and_not_changed_here() {
        create("Mine");
        Map<String, Object> declared = Map.of(
                "name",
                "Shop",
                "url",
                browsing.target().url("/shop"),
                "group",
                "Sales",
                "labels",
                Map.of("team", "shop"));
        declare(List.of(declared));
        try {
            Page page = open();
            assertThat(row(page, "Shop")).containsText("Declared");
            assertThat(row(page, "Shop")).containsText("team=shop");
            assertThat(row(page, "Mine")).not().containsText("Declared");
            Find.button(page, "More actions for Shop").click();
            assertThat(Find.named(page, AriaRole.MENUITEM, "Check now")).isVisible();
            assertThat(Find.named(page, AriaRole.MENUITEM, "Delete")).hasCount(0);
            assertThat(Find.named(page, AriaRole.MENUITEM, "Pause")).hasCount(0);
            Find.named(page, AriaRole.MENUITEM, "Edit").click();
            assertThat(Find.dialog(page)).containsText("defined in the services file");
            assertThat(Find.field(page, "Name")).isDisabled();
            assertThat(Find.field(page, "Labels")).hasValue("team=shop");
            assertThat(Find.button(page, "Save")).hasCount(0);
            Axe.noViolations(page);
            page.screenshot(
                    new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/declared-desktop-light.png")));
        } finally {
            declare(List.of());
        }
    }

    private static void declare(List<Map<String, Object>> services) {
        await(browsing.app().bus().request(BulkMessage.APPLY_DECLARED, new ApplyDeclared(services)));
    }

    @Test
    void what_is_wrong_is_said_at_its_field() {
        create("Shop");
        Page page = open();
        Find.button(page, "Add service").click();
        save(page);
        says(page, "Name", "This field is required.");
        says(page, "URL", "This field is required.");
        assertThat(Find.field(page, "Name")).isFocused();
        Find.field(page, "Labels").fill("team=shop\nno key=1");
        Find.field(page, "URL").fill("ftp://example.com");
        says(page, "URL", "The URL must start with http:// or https://.");
        page.getByText("Advanced options").click();
        Find.field(page, "Expected status").fill("99");
        Find.field(page, "Interval (seconds)").fill("0");
        Find.field(page, "Timeout (milliseconds)").fill("120001");
        Find.button(page, "Add header").click();
        Find.field(page, "Name of header 1").fill("not a name");
        save(page);
        says(page, "Labels", "“no key” is not a valid key. Use 1 to 63 letters, digits or . _ / -.");
        says(page, "Expected status", "Enter codes from 100 to 999 or ranges, such as 200-299,301.");
        says(page, "Interval (seconds)", "Enter a whole number from 1 to 86,400.");
        says(page, "Timeout (milliseconds)", "Enter a whole number from 100 to 120,000.");
        says(page, "Name of header 1", "Not a valid header name.");
        Axe.noViolations(page);

        // validated only by the server
        Find.button(page, "Remove header 1").click();
        Find.field(page, "Labels").fill("team=shop");
        Find.field(page, "Expected status").fill("200");
        Find.field(page, "Interval (seconds)").fill("");
        Find.field(page, "Timeout (milliseconds)").fill("1000");
        Find.field(page, "URL").fill(browsing.target().url("/shop"));
        Find.field(page, "Name").fill("Shop");
        save(page);
        says(page, "Name", "Another service already has this name.");
        assertThat(Find.field(page, "Name")).isFocused();
    }

    private static void says(Page page, String label, String problem) {
        assertThat(Find.field(page, label)).hasAttribute("aria-invalid", "true");
        assertThat(Find.field(page, label))
                .hasAccessibleDescription(Pattern.compile(problem.replaceAll("[.()/]", "\\\\$0")));
    }

    @Test
    void a_service_is_tested_before_it_is_saved_and_the_phases_are_shown() {
        Page page = open();
        Find.button(page, "Add service").click();
        Find.field(page, "URL").fill(browsing.target().url("/shop"));
        Find.button(page, "Test").click();
        Locator result = page.locator(".test-result");
        assertThat(result).containsText("Up");
        assertThat(result).containsText("Responded with 200");
        assertThat(result).containsText("First byte");
        browsing.target().down("/shop");
        Find.button(page, "Test").click();
        assertThat(result).containsText("Down");
        assertThat(result).containsText("Unexpected status");
        Axe.noViolations(page);
        assertThat(browsing.api().services()).isEmpty();
    }

    @Test
    void a_duplicate_has_all_but_the_name() {
        browsing.api()
                .create(
                        "Shop",
                        browsing.target().url("/shop"),
                        new JsonObject().put("group", "Sales").put("timeout", 777));
        Page page = open();
        choose(page, "Shop", "Duplicate");
        assertThat(Find.field(page, "Name")).hasValue("Shop (copy)");
        save(page);
        assertThat(row(page, "Shop (copy)")).isVisible();
        assertThat(browsing.api().service("Shop (copy)").getMap())
                .containsEntry("group", "Sales")
                .containsEntry("timeout", 777);
    }

    @Test
    void a_service_is_paused_and_resumed() {
        create("Shop");
        Page page = open();
        choose(page, "Shop", "Pause");
        assertThat(Find.toast(page, "Paused Shop")).isVisible();
        assertThat(row(page, "Shop")).containsText("Paused");
        choose(page, "Shop", "Resume");
        assertThat(Find.toast(page, "Resumed Shop")).isVisible();
        assertThat(row(page, "Shop")).containsText("Up");
    }

    @Test
    void check_now_shows_what_came_out_and_the_table_follows() {
        create("Shop");
        Page page = open();
        assertThat(row(page, "Shop")).containsText("Up");
        browsing.target().down("/shop");
        Find.button(page, "Check Shop now").click();
        assertThat(Find.dialog(page)).containsText("Unexpected status");
        assertThat(Find.dialog(page)).containsText("Connection");
        page.keyboard().press("Escape");
        assertThat(Find.dialog(page)).hasCount(0);
        assertThat(row(page, "Shop")).containsText("Down");
    }

    @Test
    void what_was_deleted_comes_back_with_its_history() {
        create("Shop");
        browsing.api().checkNow("Shop");
        int checks = history("Shop");
        Page page = open();
        choose(page, "Shop", "Delete");
        assertThat(Find.dialog(page)).containsText("You can undo it for ten seconds");
        Find.button(Find.dialog(page), "Cancel").click();
        assertThat(row(page, "Shop")).isVisible();
        choose(page, "Shop", "Delete");
        Find.button(Find.dialog(page), "Delete").click();
        Find.button(page, "Undo").focus(); // focused toasts stay open
        assertThat(row(page, "Shop")).hasCount(0);
        assertThat(browsing.api().services()).isEmpty();
        Find.button(page, "Undo").click();
        assertThat(Find.toast(page, "Restored Shop")).isVisible();
        assertThat(row(page, "Shop")).isVisible();
        assertThat(history("Shop")).isGreaterThanOrEqualTo(checks);
    }

    private static int history(String name) {
        return browsing.api()
                .get("/api/history?service=" + Api.encoded(name))
                .getJsonArray("history")
                .size();
    }

    @Test
    void many_are_paused_put_in_a_group_deleted_and_brought_back_at_once() throws Exception {
        create("A", "B", "C", "D");
        Page page = open();
        Find.field(page, "Select A").check();
        Find.field(page, "Select C")
                .click(new Locator.ClickOptions()
                        .setModifiers(java.util.List.of(com.microsoft.playwright.options.KeyboardModifier.SHIFT)));
        Locator bar = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Selected services"));
        assertThat(bar).containsText("3 selected");
        Axe.noViolations(page);
        Find.button(bar, "Pause").click();
        assertThat(Find.toast(page, "Paused 3 services")).isVisible();
        assertThat(row(page, "B")).containsText("Paused");
        assertThat(row(page, "D")).not().containsText("Paused");
        Find.button(bar, "Set group").click();
        Find.field(page, "Group").last().fill("Letters");
        Find.button(Find.dialog(page), "Set group").click();
        assertThat(Find.toast(page, "Set the group of 3 services")).isVisible();
        assertThat(row(page, "A")).containsText("Letters");
        Find.button(bar, "Resume").click();
        assertThat(Find.toast(page, "Resumed 3 services")).isVisible();
        Find.button(bar, "Check now").click();
        assertThat(Find.toast(page, "Checked 3 services, 0 down")).isVisible();
        Find.button(bar, "Delete").click();
        Find.button(Find.dialog(page), "Delete").click();
        Find.button(page, "Undo").focus(); // focused toasts stay open
        assertThat(Find.toast(page, "Deleted 3 services.")).isVisible();
        assertThat(page.locator("service-line")).hasCount(1);
        Find.button(page, "Undo").click();
        assertThat(Find.toast(page, "Restored 3 services")).isVisible();
        assertThat(page.locator("service-line")).hasCount(4);
        eventually(() -> assertThat(browsing.api().services()).hasSize(4));
    }

    @Test
    void the_table_is_searched_filtered_and_sorted_and_the_address_keeps_it() {
        create("Alpha", "Beta", "Gamma");
        browsing.target().down("/down");
        browsing.api().create("Delta", browsing.target().url("/down"));
        Page page = open();
        assertThat(row(page, "Delta")).containsText("Down");
        Find.named(page, AriaRole.BUTTON, "Service").click();
        assertThat(page.locator("[role=columnheader][aria-sort=descending]")).containsText("Service");
        assertThat(page.locator("service-line").first()).containsText("Gamma");
        page.getByRole(AriaRole.SEARCHBOX).fill("eta");
        assertThat(page.locator("service-line")).hasCount(1);
        assertThat(row(page, "Beta")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*q=eta.*"));
        page.reload();
        assertThat(page.locator("service-line")).hasCount(1);
        page.getByRole(AriaRole.SEARCHBOX).fill("");
        assertThat(page.locator("service-line")).hasCount(4);
        page.locator(".states .status.down").click();
        assertThat(page.locator("service-line")).hasCount(1);
        assertThat(row(page, "Delta")).isVisible();
    }

    @Test
    void what_was_typed_is_not_lost_without_a_question() {
        create("Shop");
        Page page = open();
        choose(page, "Shop", "Edit");
        Find.field(page, "Name").fill("Half typ");
        page.keyboard().press("Escape");
        assertThat(page.getByText("Leave without saving?")).isVisible();
        page.keyboard().press("Escape");
        assertThat(Find.field(page, "Name")).hasValue("Half typ");
        page.goBack();
        assertThat(page.getByText("Leave without saving?")).isVisible();
        Find.button(page, "Discard changes").click();
        assertThat(Find.dialog(page)).hasCount(0);
        assertThat(browsing.api().service("Shop")).isNotNull();
    }

    @Test
    void two_who_edit_the_same_service_hear_of_each_other() {
        create("Shop");
        Page page = open();
        choose(page, "Shop", "Edit");
        Find.field(page, "Group").fill("Mine");
        browsing.api().change("Shop", new JsonObject().put("timeout", 1234));
        assertThat(page.getByText(Pattern.compile("Someone else has changed this service: Timeout")))
                .isVisible();
        save(page);
        assertThat(Find.toast(page, "Saved Shop")).isVisible();
        assertThat(browsing.api().service("Shop").getMap())
                .containsEntry("group", "Mine")
                .containsEntry("timeout", 1234);
    }

    @Test
    void all_of_it_goes_by_keyboard() {
        create("Alpha", "Beta");
        Page page = open();
        assertThat(row(page, "Beta")).isVisible();
        Find.button(page, "More actions for Alpha").focus();
        page.keyboard().press("ArrowDown");
        assertThat(Find.button(page, "More actions for Beta")).isFocused();
        page.keyboard().press("Enter");
        assertThat(Find.named(page, AriaRole.MENUITEM, "Edit")).isFocused();
        page.keyboard().press("ArrowDown");
        assertThat(Find.named(page, AriaRole.MENUITEM, "Duplicate")).isFocused();
        page.keyboard().press("End");
        assertThat(Find.named(page, AriaRole.MENUITEM, "Delete")).isFocused();
        page.keyboard().press("Escape");
        assertThat(Find.button(page, "More actions for Beta")).isFocused();
        page.keyboard().press("Enter");
        page.keyboard().press("Enter");
        assertThat(Find.field(page, "Name")).isFocused();
        page.keyboard().type("2");
        page.keyboard().press("Control+Enter");
        assertThat(Find.dialog(page)).hasCount(0);
        assertThat(Find.button(page, Pattern.compile("More actions for .*2.*|More actions for Beta")))
                .isFocused();
    }

    @Test
    void the_default_interval_stands_among_the_first_fields_and_a_scheme_is_added() {
        Page page = open();
        Find.button(page, "Add your first service").click();
        assertThat(Find.field(page, "Interval (seconds)")).isVisible();
        assertThat(Find.field(page, "Interval (seconds)"))
                .hasAccessibleDescription("1 to 86,400. Leave empty for the default (every 1 day).");
        Find.field(page, "URL").fill("example.invalid/health");
        Find.field(page, "Name").focus();
        assertThat(Find.field(page, "URL")).hasValue("https://example.invalid/health");
        Find.field(page, "URL").fill("example.invalid:8443");
        page.keyboard().press("Control+Enter");
        says(page, "Name", "This field is required.");
        assertThat(Find.field(page, "URL")).hasValue("https://example.invalid:8443");
        assertThat(Find.field(page, "URL")).not().hasAttribute("aria-invalid", "true");
        Axe.noViolations(page);
    }

    @Test
    void on_a_phone_rows_are_cards_that_fit() {
        create("Alpha", "W".repeat(200));
        Page page = browsing.openSignedIn(Look.PHONE, "/admin/services");
        assertThat(row(page, "Alpha")).isVisible();
        Layout.fits(page);
        Axe.noViolations(page);
        Find.button(page, "Add service").click();
        assertThat(Find.field(page, "Name")).isVisible();
        page.getByText("Advanced options").click();
        Layout.fits(page);
        Axe.noViolations(page);
    }
}
