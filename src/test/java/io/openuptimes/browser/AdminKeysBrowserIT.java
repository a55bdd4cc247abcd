package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The API's keys in the admin's pages. */
class AdminKeysBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static Locator row(Page page, String name) {
        return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(name));
    }

    private static int callWith(String key, String method, String path) {
        return browsing.api().curl().call(method, path).key(key).status();
    }

    @Test
    void a_key_is_shown_once_copied_used_and_revoked() throws Exception {
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/keys");
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        assertThat(page.getByText("No keys yet")).isVisible();
        Axe.noViolations(page);
        Find.button(page, "Make a key").click();
        Find.button(Find.dialog(page), "Make a key").click();
        assertThat(Find.field(page, "Name")).hasAttribute("aria-invalid", "true");
        Find.field(page, "Name").fill("dashboard");
        assertThat(page.getByLabel("Read")).isChecked();
        Axe.noViolations(page);
        Find.button(Find.dialog(page), "Make a key").click();

        String key = Find.field(page, "API key").inputValue();
        Axe.noViolations(page);
        Find.dialog(page)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("Copy.*")))
                .first()
                .click();
        assertThat(Find.dialog(page)).containsText(Pattern.compile("Copied|copied"));
        assertThat(page.evaluate("() => navigator.clipboard.readText()")).isEqualTo(key);
        // it cannot be had again: nothing but the button closes it
        page.keyboard().press("Escape");
        assertThat(Find.field(page, "API key")).hasValue(key);
        Find.button(page, "I have stored it").click();
        assertThat(row(page, "dashboard")).containsText("never");
        assertThat(page.locator("body")).not().containsText(key);
        assertThat(row(page, "dashboard")).containsText(key.substring(0, 6));

        assertThat(callWith(key, "GET", "/api/services")).isEqualTo(200);
        assertThat(callWith(key, "DELETE", "/api/ping-history")).isEqualTo(403);
        eventually(() -> assertThat(browsing.api()
                        .get("/api/keys")
                        .getJsonArray("keys")
                        .getJsonObject(0)
                        .getLong("lastUsed"))
                .isNotNull());
        page.reload();
        assertThat(row(page, "dashboard")).not().containsText("never");

        Find.button(page, "Revoke dashboard").click();
        Axe.noViolations(page);
        Find.button(Find.dialog(page), "Revoke").click();
        assertThat(Find.toast(page, "Revoked the key “dashboard”")).isVisible();
        assertThat(page.getByText("No keys yet")).isVisible();
        assertThat(callWith(key, "GET", "/api/services")).isEqualTo(401);
    }

    @Test
    void a_key_has_the_scope_that_was_chosen() {
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/keys");
        Find.button(page, "Make a key").click();
        Find.field(page, "Name").fill("pipeline");
        page.getByText("Also checks now, and adds, changes").click();
        Find.button(Find.dialog(page), "Make a key").click();
        String key = Find.field(page, "API key").inputValue();
        assertThat(callWith(key, "DELETE", "/api/ping-history")).isEqualTo(200);
        assertThat(callWith(key, "GET", "/api/keys")).isEqualTo(403);
        Find.button(page, "I have stored it").click();
        assertThat(row(page, "pipeline")).containsText("Write");
        Find.button(page, "Revoke pipeline").click();
        Find.button(Find.dialog(page), "Revoke").click();
        assertThat(row(page, "pipeline")).hasCount(0);
    }
}
