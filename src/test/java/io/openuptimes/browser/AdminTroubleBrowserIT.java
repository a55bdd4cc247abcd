package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How the admin's table shows failing services, and finding them among many. */
class AdminTroubleBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    @BeforeEach
    void oneDownAmongOthers() {
        browsing.api().deleteAll();
        browsing.target().up("/up");
        browsing.target().down("/down");
        create("Basket", "/down", "team", "core");
        create("Checkout", "/up", "team", "core");
        create("Mail", "/up", "team", "office");
        create("Plain", "/up", "tier", "1");
    }

    private static void create(String name, String path, String key, String value) {
        JsonObject labels = new JsonObject().put(key, value);
        browsing.api().create(name, browsing.target().url(path), new JsonObject().put("labels", labels));
    }

    private static Page open(Look look) {
        return browsing.openSignedIn(look, "/admin/services");
    }

    private static Locator row(Page page, String name) {
        return page.locator("service-line")
                .filter(new Locator.FilterOptions().setHas(Find.named(page, AriaRole.CHECKBOX, "Select " + name)));
    }

    @Test
    void a_row_says_why_its_service_is_down_and_the_rest_in_a_tip() {
        for (Look look : Look.ALL) {
            Page page = open(look);
            Locator reason = row(page, "Basket").locator(".reason");
            assertThat(reason).containsText("Unexpected status (503)");
            assertThat(reason)
                    .hasAccessibleName(
                            Pattern.compile("Unexpected status \\(503\\) ?: expected 200, got 503, since .+"));
            assertThat(row(page, "Mail").locator(".reason")).hasCount(0);
            reason.focus();
            assertThat(page.locator(".tip")).containsText("expected 200, got 503");
            page.keyboard().press("Escape");
            assertThat(page.locator(".tip")).isHidden();
            Layout.fits(page);
            Axe.noViolations(page);
            look.take(page, "services-trouble");
        }
    }

    @Test
    void what_needs_attention_is_a_click_away() {
        Page page = open(Look.DESKTOP);
        Locator attention = Find.named(page, AriaRole.NAVIGATION, "Needs attention");
        Find.named(page, AriaRole.LINK, "1 service down").click();
        assertThat(page.locator("service-line")).hasCount(1);
        assertThat(row(page, "Basket")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*\\?status=down$"));
        assertThat(attention.locator("a")).hasAttribute("aria-current", "true");

        browsing.target().up("/down");
        browsing.api().checkNow("Basket");
        assertThat(attention).hasCount(0);
        assertThat(page.getByText("No services match")).isVisible();
    }

    @Test
    void services_are_found_by_their_labels_and_the_address_keeps_it() {
        Page page = open(Look.DESKTOP);
        page.getByRole(AriaRole.SEARCHBOX).fill("team=core");
        assertThat(page.locator("service-line")).hasCount(2);
        page.getByRole(AriaRole.SEARCHBOX).fill("");
        assertThat(page.locator("service-line")).hasCount(4);

        Locator labels = Find.field(page, "Label");
        assertThat(labels.locator("option"))
                .hasText(new String[] {"All labels", "team (any value)", "team=core", "team=office", "tier=1"});
        labels.selectOption(new SelectOption().setLabel("team=office"));
        assertThat(page.locator("service-line")).hasCount(1);
        assertThat(row(page, "Mail")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*\\?label=team%3Doffice$"));
        page.reload();
        assertThat(page.locator("service-line")).hasCount(1);
        assertThat(labels).hasValue("team=office");
        Axe.noViolations(page);
        labels.selectOption(new SelectOption().setLabel("All labels"));
        assertThat(page.locator("service-line")).hasCount(4);
    }

    @Test
    void a_row_shows_uptime_and_response_times_and_leads_to_its_chart() {
        browsing.target().hold("/held");
        try {
            browsing.api().create("Not yet", browsing.target().url("/held"), new JsonObject().put("timeout", 60_000));
            Page page = open(Look.DESKTOP);
            assertThat(row(page, "Checkout").locator(".c-uptime")).hasText(Pattern.compile("100%"));
            assertThat(row(page, "Basket").locator(".c-uptime")).hasText(Pattern.compile("0%"));
            assertThat(row(page, "Not yet").locator(".c-uptime")).hasText(Pattern.compile("–"));
            Locator chart = row(page, "Checkout").locator("a.chart");
            assertThat(chart.locator("path").first()).isAttached();
            chart.click();
            assertThat(page).hasURL(Pattern.compile(".*/services/Checkout$"));
        } finally {
            browsing.target().letGo("/held");
        }
    }

    @Test
    void uptimes_are_asked_for_together_and_for_the_rows_that_are_seen_only() throws Exception {
        IntStream.range(0, 60).forEach(i -> create("Service %02d".formatted(i), "/up", "number", "n" + i));
        // the uptime of a service is reloaded when its state changes
        eventually(() -> assertThat(browsing.api()
                        .get("/api/status?limit=1")
                        .getJsonObject("counts")
                        .getInteger("unknown"))
                .isZero());
        List<String> asked = new CopyOnWriteArrayList<>();
        var visitor = browsing.visitor(Look.DESKTOP);
        browsing.signIn(visitor);
        visitor.onRequest(request -> {
            if (request.url().contains("/api/uptime")) {
                asked.add(request.url());
            }
        });
        Page page = browsing.open(visitor, "/admin/services");
        assertThat(row(page, "Checkout").locator(".c-uptime")).hasText(Pattern.compile("100%"));
        assertThat(asked).hasSizeLessThanOrEqualTo(2); // the viewport before and after its size is known
        assertThat(asked.get(asked.size() - 1).split("id=", -1)).hasSizeBetween(5, 40);
    }
}
