package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.testing.Turns;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The severity of a bar's cell reflects the share of time down. */
class BarsBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final int CHECKS_A_DAY = 96;
    private static final int CELLS = 90;
    private static final double WHOLE = 28;

    /** Failed checks of a day, by days ago. */
    private static final Map<Integer, Integer> FAILED = Map.of(30, CHECKS_A_DAY, 20, CHECKS_A_DAY / 2, 10, 1);

    private static final int FIRST_DAY = 40;

    @BeforeAll
    static void seed() throws Exception {
        Turns.awayFromTheNext(Turns.DAY, Duration.ofMinutes(5));
        browsing.api().call("PATCH", "/api/ping-history/ttl", new JsonObject().put("ttl", 0));
        JsonObject paused = new JsonObject().put("paused", true);
        String id = browsing.api()
                .create("Shop", browsing.target().url("/shop"), paused)
                .getString("id");
        browsing.api().create("New", browsing.target().url("/new"), paused);
        long today = System.currentTimeMillis() / DAY * DAY;
        List<CheckResult> results = new ArrayList<>();
        for (int daysAgo = FIRST_DAY; daysAgo >= 1; daysAgo--) {
            for (int i = 0; i < CHECKS_A_DAY; i++) {
                long at = today - daysAgo * DAY + i * DAY / CHECKS_A_DAY;
                boolean failed = i < FAILED.getOrDefault(daysAgo, 0);
                results.add(failed ? Seed.failure(id, at, Outcome.TIMEOUT) : Seed.up(id, at, 100));
            }
        }
        new Seed(browsing).record(results);
    }

    @Test
    void one_failure_is_a_small_mark_and_a_day_that_was_down_the_tallest_and_darkest_cell() {
        Locator bar = quarter(browsing.open(Look.DESKTOP, "/services/Shop"));

        double one = height(bar, 10, "failed");
        double half = height(bar, 20, "failed");
        double all = height(bar, 30, "failed");
        double healthy = height(bar, 5, "up");

        assertThat(one).isBetween(WHOLE / 6, WHOLE / 4);
        assertThat(half).isBetween(one * 2, healthy);
        assertThat(all).isEqualTo(WHOLE).isGreaterThan(healthy);
        assertThat(height(bar, 10, "up")).as("the rest of the day").isGreaterThan(one);
        assertThat(height(bar, 30, "up")).as("nothing of that day was up").isZero();
        assertThat(List.of(luminance(bar, 10), luminance(bar, 20), luminance(bar, 30)))
                .as("darker, the more failed")
                .isSortedAccordingTo((a, b) -> Double.compare(b, a))
                .doesNotHaveDuplicates();
    }

    @Test
    void days_before_the_first_check_are_grey_and_have_no_share() {
        Page page = browsing.open(Look.DESKTOP, "/services/Shop");
        Locator bar = quarter(page);
        assertThat(height(bar, FIRST_DAY + 1, "none")).isPositive().isLessThan(WHOLE / 4);
        assertThat(height(bar, FIRST_DAY + 1, "up")).isZero();
        assertThat(height(bar, FIRST_DAY, "none")).isZero();

        bar.focus();
        page.keyboard().press("Home");
        assertThat(bar).hasAttribute("aria-valuetext", Pattern.compile(".*, Not known"));

        Page board = browsing.open(Look.DESKTOP, "/");
        assertThat(board.locator("service-row")
                        .filter(new Locator.FilterOptions().setHasText("New"))
                        .locator(".share"))
                .hasText("–");
    }

    @Test
    void the_legend_has_the_dates_of_both_ends_and_their_time_zone() {
        Page page = browsing.open(Look.DESKTOP, "/services/Shop");
        Locator legends = page.locator(".uptime .bar-legend");
        Pattern day =
                Pattern.compile("\\s*[A-Z][a-z]{2} \\d{1,2}, \\d{4}\\s*UTC\\s*[A-Z][a-z]{2} \\d{1,2}, \\d{4}\\s*");
        assertThat(legends.last()).hasText(day);
        assertThat(legends.first()).hasText(Pattern.compile(".*\\d:00.*GMT\\+[12].*\\d:00.*", Pattern.DOTALL));
    }

    @Test
    void a_phone_gets_all_ninety_days() {
        Page page = browsing.open(Look.PHONE, "/services/Shop");
        page.setViewportSize(360, 740);
        Locator bar = quarter(page);
        assertThat(bar).hasAttribute("aria-valuemax", String.valueOf(CELLS));
        assertThat(bar.boundingBox().width / CELLS).as("a cell's width").isGreaterThan(2);
        Layout.fits(page);
        bar.tap();
        assertThat(page.locator(".tip")).isVisible();

        Page board = browsing.open(Look.PHONE, "/");
        board.setViewportSize(360, 740);
        board.getByText("90 days").click();
        Locator row = board.locator("service-row").filter(new Locator.FilterOptions().setHasText("Shop"));
        assertThat(row.locator(".cells")).hasAttribute("aria-valuemax", String.valueOf(CELLS));
        assertThat(row.locator(".cells").boundingBox().width / CELLS)
                .as("a cell's width")
                .isGreaterThan(2);
        Layout.fits(board);
    }

    /** The 90-day bar, once it has data. */
    private static Locator quarter(Page page) {
        Locator bar = page.locator(".uptime .cells").last();
        assertThat(bar.locator("path.up")).hasCount(1);
        return bar;
    }

    /** Height of a part of a day's cell, in the bar's units; 0 if absent. */
    private static double height(Locator bar, int daysAgo, String kind) {
        return ((Number) bar.evaluate("""
                        (bar, [index, cells, kind]) => {
                          const x = (index * 360) / cells;
                          const drawn = [...bar.querySelectorAll(`path[class^="${kind}"]`)]
                            .flatMap((path) => [...path.getAttribute('d').matchAll(/M(\\S+) \\S+?h\\S+?v([\\d.]+)/g)])
                            .find(([, left]) => Math.abs(Number(left) - x) < 0.1);
                          return drawn ? Number(drawn[2]) : 0;
                        }""", List.of(CELLS - 1 - daysAgo, CELLS, kind))).doubleValue();
    }

    /** Luminance of the failed part of a day's cell; 0 is black. */
    private static double luminance(Locator bar, int daysAgo) {
        return ((Number) bar.evaluate("""
                        (bar, [index, cells]) => {
                          const start = `M${Math.round((index * 36000) / cells) / 100} `;
                          const path = [...bar.querySelectorAll('path[class^="failed"]')]
                            .find((one) => one.getAttribute('d').includes(start));
                          const canvas = new OffscreenCanvas(1, 1).getContext('2d');
                          canvas.fillStyle = getComputedStyle(path).fill;
                          canvas.fillRect(0, 0, 1, 1);
                          const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
                          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                        }""", List.of(CELLS - 1 - daysAgo, CELLS))).doubleValue();
    }
}
