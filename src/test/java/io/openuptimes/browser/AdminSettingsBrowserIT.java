package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The admin's settings, signing in and signing out. */
class AdminSettingsBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static final String SVG = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><rect width=\"8\""
            + " height=\"8\" fill=\"#3355cc\"/></svg>";

    private static Page open() {
        return browsing.openSignedIn(Look.DESKTOP, "/admin/settings");
    }

    private static Locator section(Page page, String element) {
        return page.locator(element);
    }

    @Test
    void the_site_has_name_logo_colour_and_footer_of_its_own() {
        Page page = open();
        Locator site = section(page, "site-settings");
        Find.field(page, "Site name").fill("");
        Find.button(site, "Save").click();
        assertThat(Find.field(page, "Site name")).hasAttribute("aria-invalid", "true");
        Find.field(page, "Site name").fill("Acme");
        assertThat(site).containsText("Unsaved changes");
        Find.field(page, "Accent colour").fill("#zzz");
        Find.button(site, "Save").click();
        assertThat(site).containsText("Enter a colour such as #0b6b5d");
        Find.field(page, "Accent colour").fill("#3355cc");
        Find.field(page, "Footer").fill("Made by Acme, https://example.com/help");
        site.locator("input[type=file]")
                .setInputFiles(new FilePayload("logo.svg", "image/svg+xml", SVG.getBytes(StandardCharsets.UTF_8)));
        assertThat(site.getByAltText("Logo preview")).isVisible();
        Axe.noViolations(page);
        Find.button(site, "Save").click();
        assertThat(Find.toast(page, "Saved")).isVisible();
        assertThat(page.locator(".page-head .site")).containsText("Acme");

        Page status = browsing.open(Look.DESKTOP, "/");
        assertThat(status).hasTitle(Pattern.compile(".*Acme"));
        assertThat(status.locator(".page-head .site img")).isVisible();
        assertThat(status.locator(".page-foot a[href='https://example.com/help']"))
                .isVisible();
        assertThat(status.evaluate(
                        "() => getComputedStyle(document.documentElement).getPropertyValue('--accent-light')"))
                .isEqualTo("rgb(51 85 204)");
        Axe.noViolations(status);

        Find.button(site, "Remove logo").click();
        Find.button(site, "Save").click();
        assertThat(site).not().containsText("Unsaved changes");
        status.reload();
        assertThat(Find.title(status)).isVisible();
        assertThat(status.locator(".page-head .site img")).hasCount(0);
    }

    @Test
    void groups_are_listed_in_the_order_that_is_set() throws Exception {
        for (String group : List.of("Backend", "Middle", "Website")) {
            browsing.api().create("In " + group, browsing.target().url("/ok"), new JsonObject().put("group", group));
        }
        Page page = open();
        Locator site = section(page, "site-settings");
        Locator order = Find.field(page, "Group order");
        order.fill("Website\nWebsite");
        Find.button(site, "Save").click();
        assertThat(site).containsText("A group is listed twice.");
        order.fill("Website\n");
        Find.button(site, "Add remaining groups").click();
        assertThat(order).hasValue("Website\nBackend\nMiddle");
        Axe.noViolations(page);
        Find.button(site, "Save").click();
        assertThat(site).not().containsText("Unsaved changes");
        assertThat(browsing.api().get("/api/site").getJsonArray("groupOrder"))
                .isEqualTo(JsonArray.of("Website", "Backend", "Middle"));

        Page status = browsing.open(Look.DESKTOP, "/");
        assertThat(status.locator("main")).containsText(Pattern.compile("Website[\\s\\S]*Backend[\\s\\S]*Middle"));

        order.fill("");
        Find.button(site, "Save").click();
        assertThat(site).not().containsText("Unsaved changes");
        for (String group : List.of("Backend", "Middle", "Website")) {
            browsing.api().delete("In " + group);
        }
    }

    @Test
    void a_file_that_is_no_image_is_refused_at_its_field() {
        Page page = open();
        Locator site = section(page, "site-settings");
        site.locator("input[type=file]")
                .setInputFiles(new FilePayload("x.txt", "text/plain", "no image".getBytes(StandardCharsets.UTF_8)));
        assertThat(site).containsText("The file is not a PNG, JPEG, WebP, GIF or SVG image.");
        site.locator("input[type=file]").setInputFiles(new FilePayload("big.png", "image/png", new byte[150_000]));
        assertThat(site).containsText("The limit is 100 kB.");
    }

    @Test
    void history_is_kept_as_long_as_is_said_and_cleared_after_a_word() throws Exception {
        browsing.api().create("Shop", browsing.target().url("/shop"));
        browsing.api().checkNow("Shop");
        Page page = open();
        Locator history = section(page, "history-settings");
        Find.field(page, "Keep results for").fill("0");
        Find.button(history, "Save").click();
        assertThat(Find.field(page, "Keep results for")).hasAttribute("aria-invalid", "true");
        Find.field(page, "Keep results for").fill("30");
        Find.button(history, "Save").click();
        assertThat(Find.toast(page, "Saved")).isVisible();
        assertThat(browsing.api().get("/api/ping-history/ttl").getInteger("ttl"))
                .isEqualTo(30 * 86_400);
        Find.field(page, "Keep results for").fill("2");
        assertThat(history).containsText("This shortens the retention");
        Find.button(history, "Save").click();
        assertThat(page.getByText("Delete older results?")).isVisible();
        Find.button(Find.dialog(page), "Save").click();
        assertThat(Find.dialog(page)).hasCount(0);
        assertThat(history).not().containsText("Unsaved changes"); // the button ignores clicks until then
        history.getByText("Forever").click();
        Find.button(history, "Save").click();
        assertThat(history).not().containsText("Unsaved changes");
        assertThat(browsing.api().get("/api/ping-history/ttl").getBoolean("unlimited"))
                .isTrue();

        Find.button(history, "Clear history").click();
        Find.button(Find.dialog(page), "Clear history").click();
        assertThat(Find.dialog(page).locator("input")).hasAttribute("aria-invalid", "true");
        Axe.noViolations(page);
        Find.dialog(page).locator("input").fill("clear");
        Find.button(Find.dialog(page), "Clear history").click();
        assertThat(Find.toast(page, "History cleared")).isVisible();
        assertThat(browsing.api().get("/api/history?service=Shop").getJsonArray("history"))
                .isEmpty();
    }

    @Test
    void what_is_typed_while_the_history_is_saved_is_still_a_change() {
        setHistoryDays(1);
        try {
            Page page = open();
            AtomicReference<Route> held = new AtomicReference<>();
            page.route("**/api/ping-history/ttl", route -> {
                if (route.request().method().equals("PATCH") && held.get() == null) {
                    held.set(route);
                } else {
                    route.resume();
                }
            });
            Locator history = section(page, "history-settings");
            Locator days = Find.field(page, "Keep results for");
            days.fill("40");
            Find.button(history, "Save").click();
            page.waitForCondition(() -> held.get() != null);
            days.fill("50");
            held.get().resume();
            assertThat(Find.toast(page, "Saved")).isVisible();
            assertThat(days).hasValue("50");
            assertThat(history).containsText("Unsaved changes");
            Find.button(history, "Save").click();
            assertThat(history).not().containsText("Unsaved changes");
            assertThat(browsing.api().get("/api/ping-history/ttl").getInteger("ttl"))
                    .isEqualTo(50 * 86_400);
        } finally {
            setHistoryDays(1); // restores the initial value for the other tests
        }
    }

    private static void setHistoryDays(int days) {
        browsing.api().call("PATCH", "/api/ping-history/ttl", new JsonObject().put("ttl", days * 86_400));
    }

    @Test
    void unsaved_settings_are_kept_until_somebody_says_otherwise() {
        Page page = open();
        Find.field(page, "Footer").fill("Half a sentence");
        Find.link(page, "Dashboard").click();
        assertThat(page.getByText("Leave without saving?")).isVisible();
        Find.button(Find.dialog(page), "Cancel").click();
        assertThat(Find.field(page, "Footer")).hasValue("Half a sentence");
        Find.button(section(page, "site-settings"), "Discard").click();
        Find.link(page, "Dashboard").click();
        assertThat(Find.title(page)).hasText("Dashboard");
    }

    @Test
    void the_password_is_changed_and_other_sessions_end() {
        Page other = browsing.openSignedIn(Look.DESKTOP, "/admin/settings");
        Page page = open();
        Locator section = section(page, "password-settings");
        Find.field(page, "Current password").fill("wrong password");
        Find.field(page, "New password").fill("another good password");
        Find.button(section, "Save").click();
        assertThat(section).containsText("Wrong password.");
        Find.field(page, "Current password").fill(Browsing.PASSWORD);
        Find.button(section, "Save").click();
        assertThat(Find.toast(page, "Password changed.")).isVisible();

        // input in the other tab survives signing in again
        Find.field(other, "Footer").fill("typed before");
        Find.button(section(other, "site-settings"), "Save").click();
        assertThat(other.getByText("Your session has expired.")).isVisible();
        Axe.noViolations(other);
        Find.dialog(other).getByLabel("Password", exact()).fill("another good password");
        Find.button(Find.dialog(other), "Sign in").click();
        assertThat(Find.dialog(other)).hasCount(0);
        assertThat(Find.field(other, "Footer")).hasValue("typed before");
        // restore for the other tests
        Find.field(page, "Current password").fill("another good password");
        Find.field(page, "New password").fill(Browsing.PASSWORD);
        Find.button(section, "Save").click();
        assertThat(Find.field(page, "New password")).hasValue("");
    }

    private static Locator.GetByLabelOptions exact() {
        return new Locator.GetByLabelOptions().setExact(true);
    }

    @Test
    void somebody_signs_in_with_the_password_and_out_of_everywhere() {
        BrowserContext visitor = browsing.visitor(Look.DESKTOP);
        Page page = browsing.open(visitor, "/admin/settings");
        assertThat(Find.title(page)).hasText("Sign in");
        Find.field(page, "Password").fill("wrong");
        page.keyboard().press("Enter");
        assertThat(page.getByText("Wrong password.")).isVisible();
        Axe.noViolations(page);
        Find.field(page, "Password").fill(Browsing.PASSWORD);
        page.keyboard().press("Enter");
        assertThat(Find.title(page)).hasText("Settings");
        Page other = open();
        Find.button(page, "Sign out everywhere").click();
        Find.button(Find.dialog(page), "Sign out everywhere").click();
        assertThat(page.getByText("All sessions have been ended.")).isVisible();
        other.reload();
        assertThat(Find.title(other)).hasText("Sign in");
    }

    @Test
    void the_dashboard_counts_and_names_what_is_down() {
        browsing.target().down("/down");
        browsing.api().create("Broken", browsing.target().url("/down"), new JsonObject().put("group", "Sales"));
        browsing.api().checkNow("Broken");
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin");
        assertThat(page.locator("down-list")).containsText("Broken");
        assertThat(page.locator("main")).containsText("Per second");
        assertThat(page.locator("main")).containsText("Reachable");
        Axe.noViolations(page);
        browsing.target().up("/down");
        browsing.api().checkNow("Broken");
        assertThat(page.locator("down-list")).containsText("No services are down.");
        browsing.api().delete("Broken");
    }
}
