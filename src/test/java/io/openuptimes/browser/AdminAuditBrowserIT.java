package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The audit log in the admin's pages. */
class AdminAuditBrowserIT {

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
                        .put("name", "Shop")
                        .put("url", "http://127.0.0.1:9/?token=hunter2")
                        .put("headers", new JsonObject().put("Authorization", "hunter2"))
                        .encode())
                .send();
        browsing.api()
                .curl()
                .call("PATCH", "/api/services?name=Shop")
                .key(Api.KEY)
                .json("{\"group\":\"Europe\"}")
                .send();
        browsing.api()
                .curl()
                .call("POST", "/api/auth/login")
                .json("{\"password\":\"a wrong password\"}")
                .send();

        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/audit");
        Locator changed = row(page, "Service changed");
        assertThat(changed).containsText("Shop");
        assertThat(changed).containsText("group");
        assertThat(changed.locator("ins")).hasText("Europe");
        assertThat(changed).containsText("Configured key");
        assertThat(changed).containsText("127.0.0.1");
        assertThat(row(page, "Service created")).hasCount(1);
        assertThat(row(page, "failed")).containsText("Anonymous");
        assertThat(page.locator("body")).not().containsText("hunter2");
        Axe.noViolations(page);

        Find.field(page, "Show").selectOption("failed");
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(page).hasURL(Pattern.compile(".*show=failed"));
        Find.field(page, "Show").selectOption("all");
        Find.button(changed, "Configured key").click();
        assertThat(row(page, "Anonymous")).hasCount(0);
        assertThat(row(page, "Service changed")).hasCount(1);
        assertThat(row(page, "Sign-in")).hasCount(0);
        Find.button(page, "By Configured key ✕").click();
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
        assertThat(row(page, "86400")).hasCount(1); // what it was before the first of them
    }
}
