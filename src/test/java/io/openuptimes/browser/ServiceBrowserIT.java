package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The service page. */
class ServiceBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static final long MINUTE = 60_000;
    private static final String NAME = "Shop & Söhne / 1";
    private static final String PATH = "/services/" + Api.encoded(NAME);

    private static final Pattern OF_THE_DAY = Pattern.compile("2 of 27\\d checks failed");

    /** With the date if midnight has passed. */
    private static final Pattern SINCE =
            Pattern.compile("Responding with errors since (\\w{3} \\d{1,2}, \\d{4}, )?\\d{1,2}:\\d\\d\\s[AP]M");

    static List<Look> looks() {
        return List.of(Look.DESKTOP, Look.PHONE.dark().german());
    }

    /** Records a day of checks at five-minute intervals, two of which failed three hours ago. */
    @BeforeEach
    void oneDay() throws Exception {
        browsing.api().deleteAll();
        browsing.target().up("/shop");
        JsonObject fields = new JsonObject().put("paused", true).put("description", "All that we sell");
        String id = browsing.api()
                .create(NAME, browsing.target().url("/shop"), fields)
                .getString("id");
        List<CheckResult> results = new ArrayList<>();
        long now = System.currentTimeMillis();
        for (long ago = 23 * 60; ago > 0; ago -= 5) {
            boolean failed = ago == 180 || ago == 185;
            long at = now - ago * MINUTE;
            results.add(failed ? Seed.failure(id, at, Outcome.TIMEOUT) : Seed.up(id, at, 100 + (int) (ago % 60)));
        }
        new Seed(browsing).record(results);
        browsing.api().change(NAME, new JsonObject().put("paused", false));
        browsing.api().checkNow(NAME);
    }

    @Test
    void it_shows_uptime_response_times_and_failures_as_far_as_history_reaches() {
        Page page = browsing.open(Look.DESKTOP, PATH);
        assertThat(Find.title(page)).containsText(NAME);
        assertThat(page).hasTitle(Pattern.compile(".*Shop & Söhne / 1.*"));
        assertThat(page.locator(".uptime .figures")).containsText("99.2");
        assertThat(page.locator(".uptime")).containsText("The history starts on");
        assertThat(page.locator(".failure-list li")).hasCount(2);
        assertThat(page.locator(".failure-list li").first()).containsText("Not responding");
        assertThat(page.locator(".failure-list li").first()).not().containsText("10000 ms");
        assertThat(page.locator("response-plot canvas")).isVisible();
        Find.button(page, "Show as table").click();
        assertThat(page.getByRole(AriaRole.COLUMNHEADER, new Page.GetByRoleOptions().setName("Median")))
                .isVisible();
        Axe.noViolations(page);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void who_is_signed_in_sees_which_server_each_failure_reached(Look look) {
        browsing.target().down("/shop");
        browsing.api().checkNow(NAME);
        String address = "Server " + URI.create(browsing.target().url("/")).getAuthority() + " · HTTP/1.1";
        Page page = browsing.openSignedIn(look, PATH);
        Locator failures = page.locator(".failure-list li");
        assertThat(failures).hasCount(3);
        assertThat(failures.first().locator(".peer")).hasText(address);
        assertThat(page.locator("section.now .why")).containsText("503");
        assertThat(page.locator(".failure-list .peer")).hasCount(1);

        browsing.api().checkNow(NAME);
        assertThat(failures).hasCount(4);
        assertThat(failures.first().locator(".peer")).hasText(address);
        Layout.fits(page);
        Axe.noViolations(page);
        look.take(page, "service-failures");

        Page visitors = browsing.open(look, PATH);
        assertThat(visitors.locator(".failure-list li")).hasCount(4);
        assertThat(visitors.locator(".peer")).hasCount(0);
    }

    @Test
    void its_first_failure_shows_the_server_too() {
        browsing.target().up("/new");
        browsing.api().create("New", browsing.target().url("/new"), new JsonObject());
        browsing.api().checkNow("New");
        Page page = browsing.openSignedIn(Look.DESKTOP, "/services/New");
        assertThat(page.getByText("Edit")).isVisible(); // the page has detected the session
        assertThat(page.locator(".failures")).containsText("No failures on record.");
        assertThat(page.locator(".failure-list li")).hasCount(0);
        browsing.target().down("/new");

        browsing.api().checkNow("New");

        assertThat(page.locator(".failure-list .peer")).hasCount(1);
    }

    @Test
    void an_answer_without_failures_that_comes_late_does_not_take_a_newer_ones_place() {
        browsing.target().up("/new");
        browsing.api().create("New", browsing.target().url("/new"), new JsonObject());
        browsing.api().checkNow("New");
        BrowserContext visitor = browsing.visitor(Look.DESKTOP);
        browsing.signIn(visitor);
        AtomicReference<Route> held = new AtomicReference<>();
        AtomicReference<APIResponse> late = new AtomicReference<>();
        visitor.route("**/api/history?*", route -> {
            if (held.compareAndSet(null, route)) {
                late.set(route.fetch());
            } else {
                route.resume();
            }
        });
        Page page = browsing.open(visitor, "/services/New");
        page.waitForCondition(() -> late.get() != null);
        assertThat(page.getByText("Edit")).isVisible();
        assertThat(page.locator("service-uptime .cells path").first()).isVisible();
        browsing.target().down("/new");
        browsing.api().checkNow("New");
        assertThat(page.locator(".failure-list li")).hasCount(1);

        page.waitForResponse("**/api/history?*", () -> held.get()
                        .fulfill(new Route.FulfillOptions().setResponse(late.get())))
                .finished();

        page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
        assertThat(page.locator(".failure-list li")).hasCount(1);
    }

    @Test
    void the_chart_is_zoomed_by_mouse_and_read_and_zoomed_by_keyboard() {
        Page page = browsing.open(Look.DESKTOP, PATH);
        Locator summary = page.locator(".times .summary");
        Locator chart = page.locator("response-plot canvas");
        assertThat(chart).isVisible();
        assertThat(summary).hasText(OF_THE_DAY);
        assertThat(page.locator(".uptime .cells path").first()).isVisible(); // the layout above is final
        chart.scrollIntoViewIfNeeded();
        BoundingBox box = chart.boundingBox();
        page.mouse().move(box.x + box.width * 0.6, box.y + 60);
        page.mouse().down();
        page.mouse().move(box.x + box.width * 0.8, box.y + 60);
        page.mouse().up();
        assertThat(summary).not().hasText(OF_THE_DAY);
        Locator plot = Find.named(page, AriaRole.SLIDER, "Response times").first();
        plot.focus();
        page.keyboard().press("0");
        assertThat(summary).hasText(OF_THE_DAY);
        page.keyboard().press("ArrowLeft");
        assertThat(plot).hasAttribute("aria-valuetext", Pattern.compile(".*ms.*"));
        String newest = plot.getAttribute("aria-valuetext");
        page.keyboard().press("ArrowLeft");
        assertThat(plot).not().hasAttribute("aria-valuetext", newest);
        page.keyboard().press("+");
        assertThat(summary).not().hasText(OF_THE_DAY);
    }

    @Test
    void it_follows_its_service_live() {
        Page page = browsing.open(Look.DESKTOP, PATH);
        Locator failures = page.locator(".failure-list li");
        assertThat(failures).hasCount(2);
        browsing.target().down("/shop");
        browsing.api().checkNow(NAME);
        assertThat(page.locator("service-summary, .summary").first()).isVisible();
        assertThat(failures).hasCount(3);
        assertThat(failures.first()).containsText("Responding with errors");
        assertThat(page.locator("section.now .status")).containsText(SINCE);
        assertThat(page.locator("main")).not().containsText("503");
        assertThat(page.locator("main")).containsText("Down for");
        assertThat(page.locator("[aria-live=polite], [role=status]")
                        .getByText(Pattern.compile("is down"))
                        .first())
                .isAttached();
        browsing.api().change(NAME, new JsonObject().put("name", "Renamed"));
        assertThat(Find.title(page)).containsText("Renamed");
        browsing.api().delete("Renamed");
        assertThat(page.getByText("Renamed no longer exists")).isVisible();
    }

    @Test
    void before_the_first_check_there_is_no_uptime() {
        browsing.api().create("New", browsing.target().url("/new"), new JsonObject().put("paused", true));
        Page page = browsing.open(Look.DESKTOP, "/services/New");
        assertThat(page.locator(".uptime .figures .number")).hasText(new String[] {"–", "–", "–"});
        assertThat(page.locator(".uptime")).not().containsText("100");
    }

    @Test
    void state_and_uptime_come_before_the_chart_and_the_rest() {
        Page page = browsing.open(Look.PHONE, PATH);
        assertThat(page.locator("main section h2"))
                .hasText(new String[] {"Uptime", "Response times", "Recent failures"});
        assertThat(page.locator("main section").first()).hasAccessibleName("Now");
    }

    @Test
    void one_that_is_not_there_is_said_kindly() {
        Page page = browsing.open(Look.PHONE, "/services/Nobody%20knows");
        assertThat(Find.title(page)).hasText("Service not found");
        Find.link(page, "All services").first().click();
        assertThat(page).hasURL(Pattern.compile(".*/$"));
    }
}
