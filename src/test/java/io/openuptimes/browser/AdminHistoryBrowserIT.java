package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The admin's view of a service's history. */
class AdminHistoryBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static final long MINUTE = 60_000;

    /** 250 checks, one per minute: every fiftieth timed out, and one more got a wrong response. */
    @BeforeAll
    static void checks() throws Exception {
        String id = browsing.api()
                .create("Shop", browsing.target().url("/shop"), new JsonObject().put("paused", true))
                .getString("id");
        browsing.api().create("Shoes", browsing.target().url("/shoes"));
        List<CheckResult> results = new ArrayList<>();
        long now = System.currentTimeMillis();
        for (int ago = 250; ago > 0; ago--) {
            long at = now - ago * MINUTE;
            results.add(
                    ago % 50 == 0
                            ? Seed.failure(id, at, Outcome.TIMEOUT)
                            : ago == 7 ? Seed.failure(id, at, Outcome.STATUS) : Seed.up(id, at, ago));
        }
        new Seed(browsing).record(results);
    }

    @Test
    void a_service_is_found_by_a_part_of_its_name_and_its_checks_come_page_by_page() {
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/history");
        assertThat(page.getByText("Select a service to see its checks.")).isVisible();
        Axe.noViolations(page);
        Find.named(page, AriaRole.COMBOBOX, "Service").fill("shO");
        assertThat(page.locator("[role=listbox] [role=option]")).hasCount(2);
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*service=Shop.*"));
        assertThat(page.locator("tbody tr")).hasCount(100);
        Find.button(page, "Load more").click();
        assertThat(page.locator("tbody tr")).hasCount(200);
        Find.button(page, "Load more").click();
        assertThat(page.locator("tbody tr")).hasCount(250);
        assertThat(Find.button(page, "Load more")).hasCount(0);
        Axe.noViolations(page);
    }

    @Test
    void filters_narrow_it_and_the_address_keeps_them() {
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/history?service=Shop");
        assertThat(page.locator("tbody tr")).hasCount(100);
        Find.field(page, "Status").selectOption("Down");
        assertThat(page.locator("tbody tr")).hasCount(6);
        Find.field(page, "Failure").selectOption("Timeout");
        assertThat(page.locator("tbody tr")).hasCount(5);
        Find.field(page, "Period").selectOption("Last hour");
        assertThat(page.locator("tbody tr")).hasCount(1);
        page.reload();
        assertThat(page.locator("tbody tr")).hasCount(1);
        Find.field(page, "Failure").selectOption("DNS lookup failed");
        assertThat(page.getByText("No checks match in this period.")).isVisible();
    }

    @Test
    void all_that_is_shown_can_be_had_as_csv() throws Exception {
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/history?service=Shop");
        Download download =
                page.waitForDownload(() -> Find.button(page, "Download CSV").click());
        List<String> lines = Files.readAllLines(download.path());
        assertThat(lines).hasSize(251);
        assertThat(download.suggestedFilename()).endsWith(".csv");
        assertThat(Find.toast(page, "Downloaded 250 checks")).isVisible();
    }
}
