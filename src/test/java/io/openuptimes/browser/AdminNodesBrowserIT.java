package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.openuptimes.testing.CutProxy;
import io.openuptimes.testing.RestartableRedis;
import io.openuptimes.testing.RunningApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The nodes on the admin pages: two complete nodes on one Redis, one of which is cut off from it and recovers. */
class AdminNodesBrowserIT {

    private static final Path PICTURES = Path.of("target", "screenshots");

    /** Started before the browser tests and stopped after them. */
    static final class OneRedis implements BeforeAllCallback, AfterAllCallback {

        private final RestartableRedis redis;

        OneRedis() {
            try {
                redis = new RestartableRedis(Files.createTempDirectory("openuptimes-redis"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void beforeAll(ExtensionContext context) throws Exception {
            redis.start();
        }

        @Override
        public void afterAll(ExtensionContext context) throws Exception {
            redis.close();
        }
    }

    @RegisterExtension
    @Order(1)
    static final OneRedis one = new OneRedis();

    @RegisterExtension
    @Order(2)
    static final Browsing browsing = new Browsing()
            .with("OPENUPTIMES_REDIS_URL", one.redis.url())
            .with("OPENUPTIMES_NODE_NAME", "berlin-1")
            .with("OPENUPTIMES_NODE_LOCATION", "berlin");

    /** A silent node keeps its partitions for some seconds. */
    private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
            new LocatorAssertions.ContainsTextOptions().setTimeout(90_000);

    private static Locator row(Page page, String name) {
        return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(name));
    }

    private static void shows(Page page, String name, String... texts) {
        for (String text : texts) {
            assertThat(row(page, name)).containsText(text, PATIENTLY);
        }
    }

    /** Checks rules and takes screenshots; {@link PagesBrowserIT} shows a single node in every look. */
    private static void isFine(String name, Look... looks) throws IOException {
        Files.createDirectories(PICTURES);
        for (Look look : looks) {
            Page page = browsing.openSignedIn(look, "/admin/nodes");
            assertThat(page.locator("tbody tr").first()).isVisible();
            Layout.fits(page);
            Axe.noViolations(page);
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(PICTURES.resolve(name + "-" + look + ".png")));
        }
    }

    @Test
    void the_table_follows_the_nodes_as_they_come_and_go() throws Exception {
        for (int i = 0; i < 40; i++) {
            browsing.api().create("s" + i, browsing.target().url("/200"));
        }
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/nodes");
        shows(page, "berlin-1", "Live", "This node", "berlin", "256 of 256", "now");
        assertThat(page.getByText("One node runs all checks")).isVisible();

        URI url = URI.create(one.redis.url());
        try (CutProxy line = CutProxy.to(url.getPort());
                RunningApp second = RunningApp.start(Map.of(
                        "OPENUPTIMES_REDIS_URL",
                        one.redis.url().replace(":" + url.getPort(), ":" + line.port()),
                        "OPENUPTIMES_NODE_NAME",
                        "paris-1",
                        "OPENUPTIMES_API_KEY",
                        Api.KEY,
                        "OPENUPTIMES_RATE_LIMIT",
                        "0"))) {
            shows(page, "berlin-1", "128 of 256", "This node");
            shows(page, "paris-1", "Live", "128 of 256", "now");
            assertThat(row(page, "paris-1")).not().containsText("This node");
            assertThat(page.getByText("One node runs all checks")).hasCount(0);
            assertThat(page.locator(".troubles .banner")).hasCount(0);
            BrowserContext visitor = browsing.visitor(Look.DESKTOP, second.port());
            browsing.signIn(visitor);
            Page there = browsing.open(visitor, "/admin/nodes");
            shows(there, "paris-1", "This node", "128 of 256");
            there.close();
            isFine("nodes-two", Look.PHONE.dark());

            line.cut();
            shows(page, "paris-1", "Gone", "ago", "0 of 256");
            shows(page, "berlin-1", "Live", "256 of 256");
            assertThat(page.locator(".troubles")).containsText("A node stopped responding: paris-1", PATIENTLY);
            isFine("nodes-gone", Look.DESKTOP, Look.PHONE.german());
            Page dashboard = browsing.openSignedIn(Look.DESKTOP, "/admin");
            assertThat(dashboard.locator(".troubles")).containsText("A node stopped responding: paris-1");

            line.mend();
            shows(page, "paris-1", "Live", "128 of 256");
            assertThat(page.locator(".troubles .banner")).hasCount(0);
            assertThat(dashboard.locator(".troubles .banner")).hasCount(0);
        }
        shows(page, "berlin-1", "256 of 256");
        assertThat(row(page, "paris-1")).hasCount(0); // it announced its departure
    }

    @Test
    void without_redis_it_says_so() throws Exception {
        BrowserContext visitor = browsing.visitor(Look.PHONE);
        browsing.signIn(visitor);
        Page page = browsing.open(visitor, "/admin/nodes");
        shows(page, "berlin-1", "Live");
        browsing.watch().expect("answer 503");
        one.redis.stop();
        try {
            assertThat(page.getByRole(AriaRole.ALERT))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(90_000));
            Axe.noViolations(page);
        } finally {
            one.redis.start();
        }
        shows(page, "berlin-1", "Live", "256 of 256");
    }
}
