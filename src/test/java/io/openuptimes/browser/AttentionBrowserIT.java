package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.KeyboardModifier;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Services that need attention are listed first on the status page. */
class AttentionBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static final int MANY = 60;
    /** With the date if midnight has passed. */
    private static final Pattern WHY =
            Pattern.compile("Responding with errors since (\\w{3} \\d{1,2}, \\d{4}, )?\\d{1,2}:\\d\\d\\s[AP]M");

    static List<Look> looks() {
        return Look.ALL;
    }

    @BeforeEach
    void nothing() {
        browsing.api().deleteAll();
        List.of("/shop", "/search", "/wiki", "/many").forEach(browsing.target()::up);
    }

    private static void create(String name, String path, String group) {
        browsing.api().create(name, browsing.target().url(path), new JsonObject().put("group", group));
        browsing.api().checkNow(name);
    }

    private static void createTwoDown() {
        browsing.target().down("/search");
        browsing.target().down("/wiki");
        create("Shop", "/shop", "Sales");
        create("Search", "/search", "Sales");
        create("Wiki", "/wiki", "Zoo");
    }

    private static Locator rows(Page page) {
        return page.locator(".attention li");
    }

    private static double top(Locator locator) {
        return locator.boundingBox().y;
    }

    @ParameterizedTest
    @MethodSource("looks")
    void what_is_down_stands_first_with_what_visitors_notice_and_details_for_those_signed_in(Look look) {
        createTwoDown();

        Page page = browsing.open(look, "/");
        assertThat(rows(page)).hasCount(2);
        assertThat(rows(page).first()).containsText("Wiki"); // the newest
        assertThat(rows(page).first()).containsText("Zoo");
        assertThat(rows(page).first()).containsText(WHY);
        assertThat(rows(page).first()).containsText(Pattern.compile("for \\d+"));
        assertThat(page.locator("main")).not().containsText("503");
        assertThat(page.locator("service-row")).hasCount(3); // each is still listed in its group
        assertThat(top(page.locator(".attention"))).isLessThan(top(page.locator(".toolbar")));
        Layout.fits(page);
        Axe.noViolations(page);

        Page known = browsing.openSignedIn(look, "/");
        assertThat(rows(known).first()).containsText(WHY);
        assertThat(rows(known).first()).containsText("503");
        Layout.fits(known);
        Axe.noViolations(known);
        look.take(known, "attention");
    }

    @Test
    void who_recovers_leaves_live_and_the_keyboard_stays_near_by() {
        createTwoDown();
        Page page = browsing.open(Look.DESKTOP, "/");
        Find.link(page, "Wiki").first().focus();

        browsing.target().up("/wiki");
        browsing.api().checkNow("Wiki");

        assertThat(rows(page)).hasCount(1);
        assertThat(rows(page)).containsText("Search");
        assertThat(page.locator(".attention")).isFocused();
        page.keyboard().press("Tab");
        assertThat(Find.link(page, "Search").first()).isFocused();
        assertThat(page.locator("live-announcer [aria-live=polite]")).containsText("Wiki is back up.");

        browsing.target().up("/search");
        browsing.api().checkNow("Search");
        assertThat(page.locator(".attention")).hasCount(0);
        assertThat(page.locator("main")).isFocused();
    }

    @Test
    void headline_and_counts_are_links() {
        createTwoDown();
        BrowserContext visitor = browsing.visitor(Look.DESKTOP);
        Page page = browsing.open(visitor, "/");
        Find.link(page, "2 of 3 services are down").click();
        assertThat(page.locator(".attention")).isFocused();

        Locator down = page.locator("verdict-panel .counts a").filter(new Locator.FilterOptions().setHasText("down"));
        Page another = visitor.waitForPage(
                () -> down.click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.CONTROL))));
        assertThat(another).hasURL(Pattern.compile(".*[?]status=down"));
        assertThat(another.locator("service-row")).hasCount(2);
        assertThat(another.locator(".attention")).hasCount(0);
        assertThat(another.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("Down 2")))
                .isChecked();
        assertThat(page.locator("service-row")).hasCount(3);

        down.click();
        assertThat(page.locator("service-row")).hasCount(2);
        Axe.noViolations(page);
        page.goBack();
        assertThat(page.locator("service-row")).hasCount(3);
        assertThat(rows(page)).hasCount(2);
    }

    @Test
    void of_many_that_are_down_a_few_are_asked_for_and_a_link_leads_to_all() throws Exception {
        browsing.target().down("/many");
        new Seed(browsing).many(MANY);
        BrowserContext visitor = browsing.visitor(Look.DESKTOP);
        List<String> asked = new CopyOnWriteArrayList<>();
        visitor.onRequest(request -> asked.add(request.url()));
        Page page = browsing.open(visitor, "/");
        assertThat(rows(page)).hasCount(20);
        assertThat(page.locator(".attention")).containsText("Showing 20 of 60");
        assertThat(asked.stream().filter(url -> url.contains("status=down")))
                .isNotEmpty()
                .allSatisfy(url -> assertThat(url).contains("limit=20"));
        Layout.fits(page);
        Axe.noViolations(page);

        Find.link(page, "Show all 60 that are not up").click();
        assertThat(page).hasURL(Pattern.compile(".*[?]status=not-up"));
        assertThat(page.locator(".attention")).hasCount(0);
        assertThat(page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("Not up 60")))
                .isChecked();
    }

    @Test
    void whoever_reads_further_down_goes_on_reading_there() throws Exception {
        new Seed(browsing).many(MANY);
        create("Shop", "/shop", "Z");
        Page page = browsing.open(Look.DESKTOP, "/");
        assertThat(page.locator("service-row").first()).isVisible();
        page.evaluate("() => window.scrollTo(0, 2500)");
        Locator read = page.locator("service-row:has-text('Service 00015')");
        assertThat(read).isVisible();
        double before = top(read);

        browsing.target().down("/shop");
        browsing.api().checkNow("Shop");

        assertThat(rows(page)).hasCount(1);
        eventually(() -> assertThat(Math.abs(top(read) - before)).isLessThan(2));
    }

    @Test
    void one_that_nothing_is_heard_of_stands_there_too() {
        browsing.target().hold("/held");
        JsonObject fields = new JsonObject().put("interval", 60).put("timeout", 120_000);
        String id = browsing.api()
                .create("Silent", browsing.target().url("/held"), fields)
                .getString("id");
        long longAgo = System.currentTimeMillis() - 3_600_000;
        await(browsing.app().bus().request(StoreMessage.RECORD, new RecordResult(Seed.up(id, longAgo, 5))));

        Page page = browsing.open(Look.DESKTOP, "/");
        assertThat(rows(page)).containsText(Pattern.compile("Out of date: last check .*\\d:\\d\\d"));
        Axe.noViolations(page);
        browsing.target().letGo("/held");
    }

    @Test
    void before_the_first_check_there_is_a_dash_instead_of_a_share() {
        browsing.api().create("New", browsing.target().url("/shop"), new JsonObject().put("paused", true));
        Page page = browsing.open(Look.DESKTOP, "/");
        assertThat(page.locator("service-row .share")).hasText("–");
        assertThat(page.locator(".attention")).hasCount(0);
    }

    @Test
    void groups_stand_in_the_servers_order() {
        create("One", "/shop", "b");
        create("Two", "/shop", "a");
        create("Three", "/shop", "");
        List<String> names = browsing.api().get("/api/status?include=groups&sort=group").getJsonArray("groups").stream()
                .map(group -> ((JsonObject) group).getString("name"))
                .map(name -> name.isEmpty() ? "Other" : name)
                .toList();
        Page page = browsing.open(Look.DESKTOP, "/");
        assertThat(page.locator(".group-head .name")).hasText(names.toArray(String[]::new));
    }
}
