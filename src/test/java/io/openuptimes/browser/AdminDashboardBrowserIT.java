package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The dashboard reports problems of the service, not of the browser. */
class AdminDashboardBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    @Test
    void a_browser_whose_clock_is_ahead_does_not_take_the_schedule_for_one_that_stands_still() {
        BrowserContext visitor = browsing.visitor(Look.DESKTOP);
        browsing.signIn(visitor);
        visitor.clock()
                .install(new Clock.InstallOptions().setTime(System.currentTimeMillis() + TimeUnit.HOURS.toMillis(1)));

        Page page = browsing.open(visitor, "/admin");

        assertThat(page.getByText("Check lag")).isVisible(); // the schedule's figures are loaded
        assertThat(page.getByText("has been stalled")).not().isVisible();
    }

    @Test
    void what_is_down_stands_first_and_leads_to_the_table() {
        browsing.target().down("/shop");
        browsing.api().create("Shop", browsing.target().url("/shop"));
        browsing.api().create("Office", browsing.target().url("/office"));
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin");

        Locator headline = page.locator("down-list h2 a");
        assertThat(headline).hasText("1 service down");
        assertThat(page.locator("down-list")).containsText("Unexpected status");
        assertThat(page.locator("admin-dashboard > down-list ~ .counts")).isVisible();
        Axe.noViolations(page);

        headline.click();
        assertThat(page).hasURL(Pattern.compile(".*/admin/services\\?status=down$"));
        assertThat(page.locator("service-line")).hasCount(1);
        assertThat(page.locator("service-line")).containsText("Shop");
    }
}
