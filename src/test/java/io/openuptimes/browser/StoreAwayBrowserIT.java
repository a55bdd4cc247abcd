package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.AriaRole;
import io.openuptimes.testing.RestartableRedis;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages while Redis hangs: this node's own checks stay live, and the pages say what is unavailable. */
class StoreAwayBrowserIT {

    private static final RestartableRedis REDIS = startRedis();
    private static final int PATIENCE_MS = 90_000;

    @RegisterExtension
    static final Browsing browsing = new Browsing().with("OPENUPTIMES_REDIS_URL", REDIS.url());

    private static RestartableRedis startRedis() {
        try {
            RestartableRedis redis = new RestartableRedis(Files.createTempDirectory(
                    Files.createDirectories(Path.of("target").toAbsolutePath()), "redis"));
            redis.start();
            return redis;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stopRedis() throws IOException {
        REDIS.close();
    }

    private static Locator banner(Page page, String text) {
        return page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText(text));
    }

    private static HasTextOptions patient() {
        return new HasTextOptions().setTimeout(PATIENCE_MS);
    }

    @BeforeEach
    void begin() {
        browsing.api().deleteAll();
    }

    @Test
    void the_pages_report_a_hung_redis_while_the_status_stays_live() throws Exception {
        browsing.watch().expect("answer 503");
        browsing.target().up("/shop");
        browsing.api().create("Shop", browsing.target().url("/shop"));
        browsing.api().checkNow("Shop");
        Page status = browsing.open(Look.DESKTOP, "/");
        Page dashboard = browsing.openSignedIn(Look.DESKTOP, "/admin");
        assertThat(Find.title(status)).hasText("All systems are up");
        assertThat(Find.title(dashboard)).hasText("Dashboard");

        REDIS.pause();
        try {
            assertThat(status.locator("connection-banner"))
                    .hasText("The status is live. History and changes are temporarily unavailable.", patient());
            assertThat(Find.title(status)).hasText("All systems are up");
            assertThat(dashboard.locator(".troubles")).containsText("Checks continue", containing());
            Axe.noViolations(status);
            Axe.noViolations(dashboard);
        } finally {
            REDIS.goOn();
        }

        assertThat(banner(status, "temporarily unavailable")).hasCount(0, gone());
        assertThat(Find.title(status)).hasText("All systems are up");
    }

    @Test
    void services_that_this_node_cannot_see_show_their_last_known_status() throws Exception {
        browsing.watch().expect("answer 503");
        browsing.target().up("/office");
        JsonObject elsewhere = new JsonObject().put("locations", new JsonArray().add("elsewhere"));
        browsing.api().create("Office", browsing.target().url("/office"), elsewhere);
        Page status = browsing.open(Look.DESKTOP, "/");
        Page dashboard = browsing.openSignedIn(Look.DESKTOP, "/admin");
        assertThat(Find.title(dashboard)).hasText("Dashboard");

        REDIS.pause();
        try {
            assertThat(status.locator("connection-banner"))
                    .hasText("Live data is temporarily unavailable. Showing the last known status.", patient());
            assertThat(dashboard.locator(".down-list"))
                    .containsText("The current status of 1 service is unavailable.", containing());
            Axe.noViolations(dashboard);
        } finally {
            REDIS.goOn();
        }
        assertThat(banner(status, "temporarily unavailable")).hasCount(0, gone());
    }

    private static ContainsTextOptions containing() {
        return new ContainsTextOptions().setTimeout(PATIENCE_MS);
    }

    private static HasCountOptions gone() {
        return new HasCountOptions().setTimeout(PATIENCE_MS);
    }
}
