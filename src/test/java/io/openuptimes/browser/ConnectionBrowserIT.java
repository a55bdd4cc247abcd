package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import io.openuptimes.testing.CutProxy;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A page that loses the server says so, never shows stale data as current, and recovers by itself. */
class ConnectionBrowserIT {

    /** Longer than the page's silence timeout, on the page's clock, which the test controls. */
    private static final long SILENCE_MS = 36_000;

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    @BeforeEach
    void oneService() {
        browsing.api().deleteAll();
        browsing.target().up("/shop");
        browsing.api().create("Shop", browsing.target().url("/shop"));
        browsing.api().checkNow("Shop");
    }

    @Test
    void a_lost_connection_is_said_and_what_was_missed_comes_with_its_return() {
        browsing.watch().expect("net::ERR_");
        try (CutProxy line = CutProxy.to(browsing.app().port())) {
            BrowserContext visitor = browsing.visitor(Look.DESKTOP, line.port());
            Page page = browsing.open(visitor, "/");
            assertThat(Find.title(page)).hasText("All systems are up");
            assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            // an event with an id, to resume from
            browsing.target().down("/shop");
            browsing.api().checkNow("Shop");
            assertThat(Find.title(page)).hasText("All systems are down");

            line.cut();
            browsing.target().up("/shop");
            browsing.api().checkNow("Shop");
            assertThat(Find.title(page)).hasText("Last known: All systems are down");
            assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.STATUS)
                            .filter(new com.microsoft.playwright.Locator.FilterOptions()
                                    .setHasText(Pattern.compile("connection", Pattern.CASE_INSENSITIVE))))
                    .isVisible();
            Axe.noViolations(page);

            line.mend();
            assertThat(Find.title(page)).hasText("All systems are up");
            assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            assertThat(line.heads())
                    .anySatisfy(head ->
                            assertThat(head).startsWith("GET /api/events").containsIgnoringCase("Last-Event-ID: "));
        }
    }

    @Test
    void a_line_that_falls_silent_is_a_lost_one_too() {
        browsing.watch().expect("net::ERR_");
        try (CutProxy line = CutProxy.to(browsing.app().port())) {
            BrowserContext visitor = browsing.visitor(Look.DESKTOP, line.port());
            visitor.clock().install();
            Page page = browsing.open(visitor, "/");
            assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();

            line.fallSilent();
            visitor.clock().fastForward(SILENCE_MS);
            assertThat(Find.title(page)).hasText("Last known: All systems are up");

            browsing.target().down("/shop");
            browsing.api().checkNow("Shop");
            line.mend();
            visitor.clock().fastForward(SILENCE_MS);
            assertThat(Find.title(page)).hasText("All systems are down");
            assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
        }
    }

    @Test
    void where_no_stream_comes_through_the_page_asks_again_and_again() {
        browsing.watch().expect("answer 502");
        BrowserContext visitor = browsing.visitor(Look.DESKTOP);
        visitor.route(
                "**/api/events*",
                route -> route.fulfill(new FulfillOptions().setStatus(502).setBody("no streams here")));
        Page page = browsing.open(visitor, "/");
        assertThat(Find.title(page)).hasText("All systems are up");
        HasTextOptions patient = new HasTextOptions().setTimeout(90_000);
        assertThat(page.locator("verdict-panel .how")).hasText("Updates every few seconds", patient);
        browsing.target().down("/shop");
        browsing.api().checkNow("Shop");
        assertThat(Find.title(page)).hasText("All systems are down", patient);
    }
}
