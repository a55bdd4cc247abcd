package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.testing.InTime.inTime;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.testing.Turns;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The public status page. */
class StatusBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    /** When the title first contains a text, epoch milliseconds of the page's clock. */
    private static final String WATCH_TITLE = "(text) => { window.seen = new Promise((done) => { const look = () =>"
            + " document.querySelector('h1')?.textContent.includes(text) && done(Date.now());"
            + " new MutationObserver(look).observe(document.body,"
            + " {subtree: true, childList: true, characterData: true}); look(); }); }";

    @BeforeEach
    void nothing() {
        browsing.api().deleteAll();
        browsing.target().up("/shop");
        browsing.target().up("/search");
    }

    private static void create(String name, String path, String group) {
        browsing.api().create(name, browsing.target().url(path), new JsonObject().put("group", group));
        browsing.api().checkNow(name);
    }

    private static Locator row(Page page, String name) {
        return page.locator("service-row").filter(new Locator.FilterOptions().setHas(Find.link(page, name)));
    }

    @Test
    void without_services_it_says_so_kindly_and_shows_the_first_one_by_itself() {
        Page page = browsing.open(Look.DESKTOP, "/");
        assertThat(Find.title(page)).hasText("No services yet");
        create("Shop", "/shop", "");
        assertThat(Find.title(page)).hasText("All systems are up");
        assertThat(row(page, "Shop")).isVisible();
    }

    @Test
    void what_goes_down_is_seen_within_a_second_of_being_judged() throws Exception {
        create("Shop", "/shop", "");
        Page page = browsing.open(Look.DESKTOP, "/");
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        BlockingQueue<Long> judged = new LinkedBlockingQueue<>();
        browsing.app().bus().listen(EventMessage.JUDGED, change -> judged.add(System.currentTimeMillis()));
        inTime(1_000, () -> {
            browsing.target().up("/shop");
            browsing.api().checkNow("Shop");
            assertThat(Find.title(page)).hasText("All systems are up");
            page.evaluate(WATCH_TITLE, "All systems are down");
            eventually(() -> assertThat(judged).isNotEmpty());
            judged.clear();
            browsing.target().down("/shop");
            browsing.api().checkNow("Shop");
            long at = Objects.requireNonNull(judged.poll(60, TimeUnit.SECONDS));
            long seen = ((Number) page.evaluate("() => window.seen")).longValue();
            System.out.printf("down: seen %d ms after it was judged%n", seen - at);
            return seen - at;
        });
        assertThat(row(page, "Shop")).containsText("Responding with errors since");
        assertThat(page.locator("live-announcer [aria-live=polite]")).containsText("Shop is down");
        assertThat(page).hasTitle(Pattern.compile("\\(1 down\\).*"));

        browsing.target().up("/shop");
        browsing.api().checkNow("Shop");
        assertThat(Find.title(page)).hasText("All systems are up");
    }

    @Test
    void two_tabs_show_the_same() {
        create("Shop", "/shop", "");
        BrowserContext visitor = browsing.visitor(Look.DESKTOP);
        Page one = browsing.open(visitor, "/");
        Page other = browsing.open(visitor, "/");
        assertThat(Find.title(one)).hasText("All systems are up");
        assertThat(Find.title(other)).hasText("All systems are up");
        browsing.target().down("/shop");
        browsing.api().checkNow("Shop");
        assertThat(Find.title(one)).hasText("All systems are down");
        assertThat(Find.title(other)).hasText("All systems are down");
    }

    @Test
    void groups_have_a_verdict_and_stay_folded_over_a_reload() {
        browsing.target().down("/search");
        create("Shop", "/shop", "Sales");
        create("Search", "/search", "Sales");
        create("Wiki", "/shop", "Office");
        Page page = browsing.open(Look.DESKTOP, "/");
        assertThat(Find.title(page)).hasText("1 of 3 services is down");
        Locator sales = page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("Sales.*1 of 2 down")));
        assertThat(sales).hasAttribute("aria-expanded", "true");
        sales.click();
        assertThat(sales).hasAttribute("aria-expanded", "false");
        assertThat(row(page, "Shop")).hasCount(0);
        assertThat(row(page, "Wiki")).isVisible();
        page.reload();
        assertThat(sales).hasAttribute("aria-expanded", "false");
        assertThat(row(page, "Wiki")).isVisible();
        assertThat(row(page, "Shop")).hasCount(0);
    }

    @Test
    void search_finds_by_part_of_a_name_and_the_filter_what_is_not_up() {
        browsing.target().down("/search");
        create("Shop", "/shop", "Sales");
        create("Search", "/search", "Sales");
        create("Wiki", "/shop", "");
        Page page = browsing.open(Look.DESKTOP, "/");
        Locator search = page.getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("Search services"));
        search.fill("wIk");
        assertThat(page.locator("service-row")).hasCount(1);
        assertThat(row(page, "Wiki")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*[?&]q=wIk.*"));
        search.fill("no such thing");
        assertThat(page.getByText("No services match “no such thing”.")).isVisible();
        Find.button(page, "Show all services").click();
        assertThat(page.locator("service-row")).hasCount(3);
        page.getByText("Not up").click();
        assertThat(page.locator("service-row")).hasCount(1);
        assertThat(row(page, "Search")).isVisible();
        browsing.target().up("/search");
        browsing.api().checkNow("Search");
        assertThat(page.getByText("All services are up.")).isVisible();
    }

    @Test
    void all_of_it_goes_by_keyboard() throws Exception {
        Turns.awayFromTheNext(Turns.HOUR, Duration.ofMinutes(1)); // so that the newest cell contains the checks
        create("Shop", "/shop", "Sales");
        create("Wiki", "/shop", "Sales");
        Page page = browsing.open(Look.DESKTOP, "/");
        assertThat(row(page, "Shop")).isVisible();
        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to content")).isFocused();
        page.keyboard().press("Control+k");
        Locator search = page.getByRole(AriaRole.SEARCHBOX);
        assertThat(search).isFocused();
        page.keyboard().type("shop");
        assertThat(page.locator("service-row")).hasCount(1);
        page.keyboard().press("Escape");
        assertThat(page.locator("service-row")).hasCount(2);

        tabTo(page, page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("Sales"))));
        page.keyboard().press("Enter");
        assertThat(page.locator("service-row")).hasCount(0);
        page.keyboard().press("Space");
        assertThat(page.locator("service-row")).hasCount(2);

        Locator bar = row(page, "Shop").getByRole(AriaRole.SLIDER);
        tabTo(page, bar);
        assertThat(bar).hasAttribute("aria-valuetext", Pattern.compile("(?!.*Not known).+")); // it has data
        String newest = bar.getAttribute("aria-valuetext");
        page.keyboard().press("ArrowLeft");
        assertThat(bar).not().hasAttribute("aria-valuetext", newest);
        assertThat(bar).hasAttribute("aria-valuetext", Pattern.compile(".*Not known.*"));
        page.keyboard().press("End");
        assertThat(bar).hasAttribute("aria-valuetext", newest);
    }

    private static void tabTo(Page page, Locator wanted) {
        for (int presses = 0; presses < 30; presses++) {
            page.keyboard().press("Tab");
            if ((Boolean) wanted.evaluate("(e) => e === document.activeElement")) {
                return;
            }
        }
        assertThat(wanted).isFocused();
    }

    @Test
    void a_paused_service_is_shown_as_such_and_does_not_count() {
        create("Shop", "/shop", "");
        create("Old", "/search", "");
        Page page = browsing.open(Look.DESKTOP, "/");
        browsing.api().change("Old", new JsonObject().put("paused", true));
        assertThat(row(page, "Old")).containsText("Paused");
        assertThat(Find.title(page)).hasText("All systems are up");
    }

    @Test
    void a_hidden_service_is_shown_to_nobody_who_is_not_signed_in() {
        create("Shop", "/shop", "");
        create("Secret", "/search", "");
        browsing.api().change("Secret", new JsonObject().put("visible", false));
        Page page = browsing.open(Look.DESKTOP, "/");
        assertThat(row(page, "Shop")).isVisible();
        assertThat(page.getByText("Secret")).hasCount(0);
        browsing.api().change("Secret", new JsonObject().put("visible", true));
        assertThat(row(page, "Secret")).isVisible();
        browsing.api().change("Secret", new JsonObject().put("visible", false));
        assertThat(row(page, "Secret")).hasCount(0);
        assertThat(row(browsing.openSignedIn(Look.DESKTOP, "/"), "Secret")).isVisible();
    }

    @Test
    void the_theme_is_switched_and_remembered() {
        Page page = browsing.open(Look.DESKTOP, "/");
        String light = background(page);
        Locator theme =
                page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("Theme: .*")));
        theme.click();
        theme.click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        String dark = background(page);
        assertThat(dark).isNotEqualTo(light);
        page.reload();
        assertThat(theme).isVisible();
        assertThat(background(page)).isEqualTo(dark);
    }

    private static String background(Page page) {
        return (String) page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor");
    }

    @Test
    void german_is_spoken_to_those_who_prefer_it() {
        create("Shop", "/shop", "");
        Page page = browsing.open(Look.DESKTOP.german(), "/");
        assertThat(page.locator("html")).hasAttribute("lang", "de");
        assertThat(row(page, "Shop")).isVisible();
        assertThat(page.getByText("All systems are up")).hasCount(0);
    }

    @Test
    void an_unreachable_status_is_said_kindly_and_tried_again() {
        create("Shop", "/shop", "");
        BrowserContext visitor = browsing.visitor(Look.DESKTOP);
        browsing.watch().expect("answer 503");
        boolean[] broken = {true};
        visitor.route("**/api/status?*", route -> {
            if (broken[0]) {
                route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                        .setStatus(503)
                        .setContentType("application/json")
                        .setBody("{\"error\":true,\"message\":\"The store cannot be reached\",\"status\":503}"));
            } else {
                route.resume();
            }
        });
        Page page = browsing.open(visitor, "/");
        assertThat(Find.title(page)).hasText("Status unavailable");
        Axe.noViolations(page);
        broken[0] = false;
        assertThat(Find.title(page)).hasText("All systems are up");
    }
}
