package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Page;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The dashboard says what is wrong with the service, and not what is wrong with the browser. */
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

        assertThat(page.getByText("How late checks start")).isVisible(); // what it knows of the schedule is there
        assertThat(page.getByText("stood still")).not().isVisible();
    }
}
